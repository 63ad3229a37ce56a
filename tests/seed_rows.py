"""The drawn examples that are placed among seeds: how each is trained, and what of it is printed."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests import seed_measures as measures
from tests.seed_courses import EPOCHS, LIMIT, STOP, XOR_EPOCHS, Report, last_pass, segments, stop, xor, xor_course
from tests.seed_measures import Found, Quantity, Texts
from tests.seed_nets import Course, Setup


class Row(NamedTuple):
    """One example: its trainings by name, what its recipe says besides, and how it is measured on ``seeds`` seeds."""

    setups: Mapping[str, Setup]
    words: Mapping[str, Any]
    measure: Callable[[int, Report], Found]


def texts(lines: str) -> Texts:
    """A pasted table of printed numbers."""
    return tuple(tuple(line.split()) for line in lines.strip().splitlines())


def column(line: str) -> Texts:
    """Printed outputs of one unit, a pattern each."""
    return tuple((text,) for text in line.split())


ONE, ORDERED, SHUFFLED = segments("as printed", slice(2, 3)), segments("as printed"), segments("swapped")
TWO, THREE, PADDED = xor(2, 2), xor(2, 3), xor(4, 2)

FUNCTIONAL = (
    (TWO, 3000, "0.09299458 0.92828345 0.9286832 0.06187142"),
    (TWO, 2000, "0.20424953 0.7612141 0.8331123 0.24002047"),
    (TWO, 1000, "0.47590804 0.59198976 0.44076583 0.48591116"),
    (THREE, 3000, "0.14312275 0.8884742 0.905 0.06803803"),
)
FOUR_INPUTS = (
    (PADDED, 3000, "0.08088168 0.91865736 0.8910634 0.09297055"),
    (PADDED, 0, "0.5535673 0.5976966 0.5891924 0.64340854"),
)
SEQUENTIAL = (TWO, 3000, "0.06960659 0.9049232 0.93003523 0.08085")
FIRST, LAST = texts("0.4955 0.5135 0.4960 0.4873\n0.0070 0.0073 0.9927 0.0066")
TABLE_322 = texts("""
0.03 0.00 0.00 0.03
0.01 0.05 0.04 0.97
0.03 0.00 1.00 0.00
0.02 0.03 0.97 0.99
0.03 0.97 0.00 0.01
0.01 0.98 0.03 0.98
0.00 1.00 0.97 0.00
0.00 0.95 0.96 1.00
0.95 0.00 0.02 0.00
0.97 0.03 0.00 0.99
""")
TABLE_323 = texts("""
0.05 0.01 0.02 0.01
0.00 0.04 0.03 0.98
0.03 0.00 1.00 0.02
0.00 0.03 0.97 1.00
0.01 0.97 0.00 0.03
0.03 0.99 0.03 0.97
0.00 1.00 0.97 0.00
0.00 0.95 0.97 1.00
0.94 0.00 0.00 0.01
0.99 0.02 0.00 0.99
""")


def one_pattern(seeds: int, report: Report) -> Found:
    """numpy-dnn/321_1: the first epoch and the epoch where training stops."""
    first, found = Course(ONE, range(seeds), 0).epoch(), stop(ONE, seeds, report)
    quantities = [
        Quantity("error at epoch 1", "0.5003", first.error),
        *(Quantity(f"output {unit} at epoch 1", text, first.outputs[0, unit]) for unit, text in enumerate(FIRST)),
        Quantity("epoch where training stops", "27818", found["epoch"]),
        Quantity("error at the stop", "0.0001", found["error"]),
        *(Quantity(f"output {unit} at the stop", text, found["output"][unit]) for unit, text in enumerate(LAST)),
    ]
    dead = "training never stops, for all hidden units are dead: only the output's biases still learn"
    stops = {"training stops within the book's 1,000,000 epochs": measures.share(found["epoch"] <= LIMIT)}
    return Found(quantities, stops | {dead: measures.share(found["dead"])})


def in_order(seeds: int, report: Report) -> Found:
    """numpy-dnn/322_1: the table after 10,000 epochs in the order of the page."""
    outputs = last_pass(ORDERED, seeds, report)
    claims = {"every output is on its target's side of 0.5": measures.share(measures.right(outputs, ORDERED.targets))}
    return Found(measures.table("epoch 10,000", TABLE_322, outputs, ORDERED.targets), claims)


def shuffled(seeds: int, report: Report) -> Found:
    """numpy-dnn/323_1: the table after 10,000 epochs in the book's shuffled order, and what the shuffle does."""
    outputs, t = last_pass(SHUFFLED, seeds, report), SHUFFLED.targets
    helps = measures.squared(outputs, t) < measures.squared(last_pass(ORDERED, seeds, report), t)
    claims = {
        "every output is on its target's side of 0.5": measures.share(measures.right(outputs, t)),
        "shuffling helps: from the same weights, a smaller mean squared error than in the order of 322_1": measures.share(helps),
    }
    return Found(measures.table("epoch 10,000", TABLE_323, outputs, t), claims)


def blocks(seeds: int, report: Report, *printed: tuple[Setup, int, str]) -> Found:
    """Printed outputs of XOR nets, each with its epoch; the claim is that of all examples: the net has learnt XOR."""
    found = Found([], {})
    for setup, epoch, line in printed:
        outputs, label = xor_course(setup, seeds, report)[epoch], f"{'-'.join(map(str, setup.units))}, epoch {epoch:,}"
        found.quantities.extend(measures.table(label, column(line), outputs, setup.targets))
        solved = f"{label}: XOR is solved (all four outputs on the right side of 0.5)"
        found.claims[solved] = measures.share(measures.right(outputs, setup.targets))
    return found


def functional(seeds: int, report: Report) -> Found:
    """backprop-notes/xor-functional: 2-2-1 after 1,000, 2,000 and 3,000 epochs, 2-3-1 after 3,000."""
    narrow, wide = (xor_course(setup, seeds, report) for setup in (TWO, THREE))
    errors = [measures.squared(narrow[epoch], TWO.targets) for epoch in XOR_EPOCHS[1:]]
    claims = {
        "more epochs help: the mean squared error falls from 1,000 to 2,000 to 3,000 epochs": measures.share(
            measures.sequence(errors)
        ),
        "a wider hidden layer is no better: of all pairs of a 2-3-1 and a 2-2-1 run, its mean squared error is no smaller": (
            measures.pairs(measures.squared(wide[3000], THREE.targets), errors[-1])
        ),
    }
    found = blocks(seeds, report, *FUNCTIONAL)
    return Found(found.quantities, found.claims | claims)


STOPPING = {"stop": f"the first epoch, counted from 1, whose error before the update is below {STOP}", "limit": LIMIT}
TABLE = {"epochs": EPOCHS, "outputs": "of the last epoch, each computed before its own pattern's update"}
XOR = {
    "epochs": XOR_EPOCHS,
    "outputs": "of the weights after the last update",
    "loss": "Keras's squared error of one pattern and one output, rate 0.1: the half squared error with rate 0.2",
    "float32": "Keras computes in float32; the seeds are in float64",
}
LOST = {"print": "0.905 of 2-3-1 is not padded to 8 decimals as NumPy would: digits may have been lost; it is placed as it stands"}
ROWS: Mapping[str, Row] = {
    "numpy-dnn/321_1": Row({"7-8-4": ONE}, STOPPING, one_pattern),
    "numpy-dnn/322_1": Row({"7-8-4": ORDERED}, TABLE, in_order),
    "numpy-dnn/323_1": Row({"7-8-4": SHUFFLED}, TABLE, shuffled),
    "backprop-notes/xor-functional": Row({"2-2-1": TWO, "2-3-1": THREE}, XOR | LOST, functional),
    "backprop-notes/xor-four-inputs": Row({"4-2-1": PADDED}, XOR, lambda *run: blocks(*run, *FOUR_INPUTS)),
    "backprop-notes/xor-sequential": Row({"2-2-1": TWO}, XOR, lambda *run: blocks(*run, SEQUENTIAL)),
}
