"""Judges worked examples: what is printed, and what each engine computes."""
