"""The independent oracle: 100 digits in mpmath, own forward formulas, derivatives by central differences; imports nothing of ours."""
