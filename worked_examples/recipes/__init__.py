"""Seed recipes: the numbers that a book's program draws from a seeded generator, in the order of its calls; nothing is executed."""
