"""The reference as an engine: NumPy, by the formulas in ``reference``.

It computes in every number type. Long trainings run ``traced``, at the speed of C. ``layers`` holds the layers of
``conventions``; those of calculations are the functions of ``reference.graph``.
"""
