"""The tables of a network's layers, one class for each type: its parameters and options, and the shape of its output."""
