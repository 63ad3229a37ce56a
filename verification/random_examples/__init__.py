"""Random examples against an independent oracle: printed from a truth that shares no code with the suite."""
