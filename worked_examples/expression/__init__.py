"""The expressions in fixtures: read by Python's parser, evaluated by our own rules, never executed."""
