"""The reference as an engine: NumPy, by the formulas in ``reference``.

It computes in every number type. NumPy has no compiled training: every trainer is eager. ``layers`` holds the layers of
``conventions``; those of calculations are the functions of ``reference.graph``.
"""
