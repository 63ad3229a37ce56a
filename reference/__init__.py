"""The books' arithmetic, written in NumPy to be read beside the book.

Every function is pure and generic over the number type: the same code runs on float64, float32 and float16 arrays and on
object arrays of exact rationals or of balls. Therefore only whole numbers appear as literals, and no dtype is ever named.
Arrays are in the books' layout: one sample a row, ``(batch, features)``; kernels ``(inputs, outputs)``, biases ``(outputs,)``;
images ``(N, C, H, W)``, filters ``(FN, C, FH, FW)``, sequences ``(N, T, inputs)``. A function and its gradient are in one place;
``dy`` is the upstream gradient, that of the loss with respect to ``y``.
"""
