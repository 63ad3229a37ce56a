"""Random examples against an independent oracle: calculations and small networks, printed from a truth that shares no code with the suite."""
