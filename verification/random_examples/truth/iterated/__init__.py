"""Repeated calculations of the oracle."""
