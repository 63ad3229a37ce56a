"""The kinds of example, one module each."""
