"""Exact arithmetic, and comparison with it."""
