"""The independent oracle: mpmath at 100 digits, own formulas, derivatives by central differences; it imports nothing of ours."""
