"""What each function and parameter of formulas is, in words: operands, what is given, and the gradient."""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """The names of the operands (``[...]`` may be left out, ``...`` stands for more), what is given, and the gradient.

    ``dy`` is the upstream gradient, that of the function's value; ``dx`` is that of the operand ``x``.
    """

    operands: str
    gives: str
    gradient: str


IMAGE = "x, (N, C, H, W)"
JUMPS = "0: a jump has no slope"
FIRST = "dy to the selected entry, the first of equal ones; 0 to the others"
EVERY = "of every operand, as in the layer's backward pass; summed over time"
WORDS: Mapping[str, Words] = {
    "add": Words(
        "a, b",
        "a + b; NumPy's broadcasting, as for all signs of two operands",
        "da = dy, db = dy, each summed over what was broadcast",
    ),
    "subtract": Words("a, b", "a - b", "da = dy, db = -dy"),
    "multiply": Words("a, b", "a b, entry by entry", "da = b dy, db = a dy"),
    "divide": Words("a, b", "a / b, entry by entry", "da = dy / b, db = -a dy / b^2"),
    "power": Words(
        "a, b",
        "a to the power b; of a negative a for whole b only",
        "da = b a^(b-1) dy; db = a^b ln(a) dy where all a are positive, else none",
    ),
    "negative": Words("a", "-a", "da = -dy"),
    "dot": Words("a, b", "the product of vectors or matrices, or of stacks of matrices", "da = dy b^T, db = a^T dy"),
    "greater": Words("a, b", "1 where a > b, else 0; a < b is the same with a and b exchanged", JUMPS),
    "equal": Words("a, b", "1 where a and b are equal, else 0; for a != b write 1 - (a == b)", JUMPS),
    "greater or equal": Words("a, b", "1 where a >= b, else 0; a <= b is the same with a and b exchanged", JUMPS),
    "transpose": Words("a", "a with its axes in reverse", "da = dy with its axes in reverse"),
    "index": Words("a", "the entries at an index of whole numbers and slices", "dy at these entries, 0 at the others"),
    "exp": Words("x", "e^x", "dx = e^x dy"),
    "log": Words("x", "the natural logarithm", "dx = dy / x"),
    "sqrt": Words("x", "the square root", "dx = dy / (2 sqrt(x)); infinite at 0"),
    "abs": Words("x", "the absolute value", "dx = dy for positive x, -dy for negative x, 0 at 0"),
    "sin": Words("x", "the sine of radians", "dx = cos(x) dy"),
    "cos": Words("x", "the cosine of radians", "dx = -sin(x) dy"),
    "identity": Words("x", "x itself, with a gradient of its own", "dx = dy"),
    "sigmoid": Words("x", "1 / (1 + e^-x)", "dx = y (1 - y) dy"),
    "tanh": Words("x", "the hyperbolic tangent", "dx = (1 - y^2) dy"),
    "relu": Words("x", "x where x > 0, else 0", "dx = dy where x > 0, else 0; 0 at 0"),
    "softmax": Words(
        "x", "e^x / sum e^x over the last axis, safe from overflow; 0 where x is -inf", "dx = y (dy - sum dy y) over the last axis"
    ),
    "naive softmax": Words(
        "x", "e^x / sum e^x over all entries, which overflows as a program without a guard does", "dx = y (dy - sum dy y)"
    ),
    "step": Words("x", "1 where x > 0, else 0", JUMPS),
    "step at zero": Words("x", "1 where x >= 0, else 0", JUMPS),
    "sum": Words("x", "the sum of all entries, or along an axis", "dx = dy, repeated"),
    "mean": Words("x", "the mean of all entries, or along an axis", "dx = dy / n, repeated; n entries are in a mean"),
    "max": Words("x", "the greatest of all entries, or along an axis", FIRST),
    "min": Words("x", "the least of all entries, or along an axis", FIRST),
    "argmax": Words("x", "the place of the greatest entry, the first of equal ones, of all or along an axis", JUMPS),
    "maximum": Words("a, b", "the greater of a and b, entry by entry", "dy to the greater, to a where they are equal"),
    "minimum": Words("a, b", "the smaller of a and b, entry by entry", "dy to the smaller, to a where they are equal"),
    "where": Words("condition, a, b", "a where the condition is not 0, else b", "dy to the selected one; 0 to the condition"),
    "half squared error": Words("y, t", "sum (y - t)^2 / 2", "by y: (y - t) times the upstream gradient; by t: its negative"),
    "cross entropy": Words("y, t, delta", "-sum t ln(y + delta)", "by y and delta: -t / (y + delta); by t: -ln(y + delta)"),
    "pick": Words(
        "x, labels", "of every row of x the entry whose column is its label", "dy at the picked entries; 0 to the labels"
    ),
    "arange": Words(
        "[start,] stop[, step]",
        "start, start + step, ... below stop; start 0 and step 1 may be left out",
        "dstart = sum dy_i, dstep = sum i dy_i, dstop = 0",
    ),
    "linspace": Words(
        "start, stop",
        "num numbers from start to stop, both among them",
        "dstart = sum (1 - i/(num-1)) dy_i, dstop = sum i/(num-1) dy_i",
    ),
    "reshape": Words("x", "the entries in another shape; -1 stands for what is left", "dy in the shape of x"),
    "flatten": Words("x", "all entries in one axis", "dy in the shape of x"),
    "rows": Words("x", "every sample in one row", "dy in the shape of x"),
    "stack": Words("[a, b, ...]", "arrays of one shape along a new axis, the first by default", "each operand its part of dy"),
    "concatenate": Words("[a, b, ...]", "arrays joined along an axis that they have", "each operand its part of dy"),
    "split": Words(
        "x",
        "equal parts, each with a name on the left (_ for none); an array of several axes needs axis",
        "each part's dy in its place",
    ),
    "assign": Words(
        "x, entries",
        "a copy of x in which x[index] is replaced by the entries",
        "dx = dy with 0 at the index; to the entries dy at the index",
    ),
    "sum of products": Words("a, b[, c, d ...]", "sum a b + sum c d + ...", "da = b dy, db = a dy"),
    "convolution": Words(
        "x, filters, bias",
        f"{IMAGE}; filters (FN, C, FH, FW), not flipped: (N, FN, OH, OW)",
        "of every operand, by the layer's backward pass",
    ),
    "max pooling": Words("x", f"{IMAGE}: the greatest entry of every window", FIRST),
    "average pooling": Words(
        "x", f"{IMAGE}: the mean of every window without its padding", "dy / n to each of the window's n entries"
    ),
    "average pooling, padding counted": Words(
        "x", f"{IMAGE}: the mean of every window, the padding's zeros counted", "dy / n, n the size of the window"
    ),
    "stochastic pooling": Words(
        "x, draws",
        f"{IMAGE}: of every window the entry that its draw from [0, 1) selects",
        "dy to the selected entry; none to the draws",
    ),
    "expected pooling": Words("x", f"{IMAGE}: sum x^2 / sum x of every window", "dx = (2 x - y) dy / sum x"),
    "batch normalization": Words(
        "x, gamma, beta, epsilon",
        "gamma (x - mean) / sqrt(variance + epsilon) + beta for each channel (axis 1) of a batch",
        "through mean and variance too; none to epsilon",
    ),
    "batch normalization at inference": Words(
        "x, gamma, beta, running_mean, running_variance, epsilon",
        "the same with given mean and variance",
        "to x, gamma and beta; none to the others",
    ),
    "dropout": Words(
        "x, mask, keep_prob", "x mask / keep_prob", "dx = mask dy / keep_prob, dmask = x dy / keep_prob; none to keep_prob"
    ),
    "recurrent": Words(
        "x, kernel, recurrent_kernel, bias",
        "h_t = tanh(x_t W + h_(t-1) U + b), all states (N, T, units); x is (N, T, inputs)",
        EVERY,
    ),
    "lstm": Words(
        "x, kernel, recurrent_kernel, bias[, recurrent_bias]",
        "all states of an LSTM; gates in the order input, forget, candidate, output",
        EVERY,
    ),
    "gru": Words(
        "x, kernel, recurrent_kernel, bias, recurrent_bias",
        "all states of a GRU, its reset gate before the recurrent product; gates in the order update, reset, candidate",
        EVERY,
    ),
    "gru reset after": Words(
        "x, kernel, recurrent_kernel, bias, recurrent_bias", "the same with the reset gate after the product", EVERY
    ),
    "hidden units": Words(
        "v, kernel, bias", "sigmoid(v W + c), of a Boltzmann machine", "dz = y (1 - y) dy; dv = dz W^T, dW = v^T dz, dc = sum dz"
    ),
    "visible units": Words(
        "h, kernel, bias", "sigmoid(h W^T + b), of a Boltzmann machine", "dz = y (1 - y) dy; dh = dz W, dW = dz^T h, db = sum dz"
    ),
    "flip": Words("x", "the entries along an axis in reverse", "dy in reverse"),
    "crop": Words("x", f'{IMAGE}: a part of the rows and columns, such as index="0:4,1:5"', "dy in its place, 0 outside"),
}
OF_PARAMETERS: Mapping[str, str] = {
    "axis": "a whole number; -1 is the last axis; without it, all entries",
    "keepdims": "True: the axis stays, with one entry",
    "shape": "whole numbers, one for each axis, such as (2, 3)",
    "index": 'a text, such as "0:4,1": whole numbers and slices',
    "size": "of a window: a whole number, or (rows, columns)",
    "stride": "of a window: a whole number, or (rows, columns); 1 by default, also in pooling",
    "padding": "zeros on either side: a whole number, or (rows, columns); 0 by default",
    "num": "how many numbers",
    "sections": "how many parts",
}
