"""The reference behind the interface of the engines: NumPy, by the formulas in ``reference``."""
