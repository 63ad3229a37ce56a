"""A net in the layout of books whose samples are columns: A = f(W X + b), every array compared as it is printed."""

from collections.abc import Callable

from verification.records import Findings

FIXTURE = """
kind = "network"
layout = "samples as columns"
training = { optimizer = "gradient descent", learning_rate = "0.5", max_epochs = 1 }

[data]
input = [["1", "0", "2"], ["0", "1", "1"]]
target = [["1", "0", "1"]]

[network]
loss = "half squared error"
reduction = "mean"
layers = [
  { name = "hidden", kernel = [["1", "2"], ["0", "1"]], bias = [["1"], ["-1"]], activation = "relu" },
  { name = "last", kernel = [["1", "-1"]], bias = [["0"]], activation = "identity" },
]

[names]
X = "input"
Z1 = "hidden pre-activation"
A1 = "hidden output"
Y = "output"
dZ2 = "gradient of last pre-activation"
dW1 = "gradient of hidden kernel"
db1 = "gradient of hidden bias"
b1 = "hidden bias after update"
W2 = "last kernel after update"

[quantities]
row = "mean(A1, axis=1)"

[[printed]]
where = "page"
epoch = 0
text = \"\"\"
X = [[1 0 2] [0 1 1]]
Z1 = [[2 3 5] [-1 0 0]]
A1 = [[2 3 5] [0 0 0]]
Y = [[2 3 5]]
dZ2 = [[0.33333 1.00000 1.33333]]
dW1 = [[3.0 2.33333] [0 0]]
db1 = [[2.66667] [0]]
b1 = [[-0.33333] [-1]]
W2 = [[-4.16667 -1]]
row = [3.33333 0]
\"\"\"
"""


def test_every_engine_computes_what_is_printed_in_columns(checked: Callable[[str], list[Findings]]) -> None:
    """All numbers are worked out by hand: hidden units 2, 3 and 5, errors 1, 3 and 4 over 3 samples."""
    checked(FIXTURE)
