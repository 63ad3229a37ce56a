"""Gradient descent and the optimizers."""
