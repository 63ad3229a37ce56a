"""Conventions: the exact values of their formulas, how far engines are from them, and what fixtures state of that."""
