"""The 2-2-2 net with one bias for both hidden units: it is one parameter, whose gradient is the sum of theirs."""

from collections.abc import Callable

from verification.records import Findings

FIXTURE = """
kind = "network"
data = { input = [["0.05", "0.10"]], target = [["0.01", "0.99"]] }
training = { optimizer = "gradient descent", learning_rate = "0.5", max_epochs = 1 }

[network]
loss = "half squared error"
layers = [
  { kernel = [["0.15", "0.25"], ["0.20", "0.30"]], bias = "0.35", shared_bias = true, activation = "sigmoid" },
  { kernel = [["0.40", "0.50"], ["0.45", "0.55"]], bias = "0.60", shared_bias = true, activation = "sigmoid" },
]

[names]
E_total = "loss"
b1 = "layer 1 bias after update"
b2 = "layer 2 bias after update"
delta_h = "gradient of layer 1 pre-activation"
db1 = "gradient of layer 1 bias"
db2 = "gradient of layer 2 bias"

[quantities]
added = "sum(delta_h)"

[[printed]]
where = "page"
epoch = 0
text = "E_total = 0.298371109, db1 = 0.018725609, db2 = 0.100400325, b1 = 0.340637195, b2 = 0.549799837, added = 0.018725609"
"""


def test_every_engine_trains_one_bias_for_two_units(checked: Callable[[str], list[Findings]]) -> None:
    """The deltas of the hidden units are 0.00877135 and 0.00995425, of which the gradient is the sum."""
    checked(FIXTURE)
