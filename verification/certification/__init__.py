"""Certified values: the reference in ball arithmetic, and the files of its results."""
