"""How a network is trained: epochs and batches, optimizers, learning rates, and trainings that change nothing."""
