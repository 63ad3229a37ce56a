"""A slip of many programs: hidden deltas are taken from output weights that are updated already."""

from collections.abc import Callable

from verification.records import Findings

FIXTURE = """
kind = "network"
data = { input = [["1"]], target = [["0"]] }

[network]
loss = "half squared error"
layers = [
  { kernel = [["2"]], bias = "none", activation = "identity" },
  { kernel = [["3"]], bias = "none", activation = "identity" },
]

[training]
rule = "updated weights"
optimizer = "gradient descent"
learning_rate = "0.1"
max_epochs = 2

[names]
w1 = "layer 1 kernel"
w2 = "layer 2 kernel"
dw1 = "gradient of layer 1 kernel"

[[printed]]
where = "page"
text = \"\"\"
epoch = 0, w1 = 2, w2 = 3, dw1 = 18
epoch = 1, w1 = 0.92, w2 = 1.8
\"\"\"
"""


def test_every_engine_makes_the_slip_that_is_stated(checked: Callable[[str], list[Findings]]) -> None:
    """By hand: the error is 6, w2 becomes 3 - 0.1 * 6 * 2 = 1.8, and w1 2 - 0.1 * 6 * 1.8; the gradient is 6 * 3 all the same."""
    notes = [note for findings in checked(FIXTURE) if findings.check == "epochs" for note in findings.notes]
    assert not notes or "of ours goes back through updated ones" in notes[0]
