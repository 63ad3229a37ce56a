"""The checks, each a function that yields problems."""
