"""The formulas and expressions in fixtures: parsed by Python, evaluated by rules, never executed."""
