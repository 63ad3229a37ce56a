"""The independent oracle: mpmath at 200 digits, own formulas, derivatives by central differences; it imports nothing of ours."""
