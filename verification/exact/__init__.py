"""Exact arithmetic, comparison with it, and bounds for what rounding may do."""
