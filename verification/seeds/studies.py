"""The drawn examples that are placed among seeds: how each is trained, and what of it is printed."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from verification.seeds import percentiles as measures
from verification.seeds.percentiles import Quantity, SeedStudy, Texts
from verification.seeds.trainings import EPOCHS, LIMIT, STOP, XOR_EPOCHS, Report, last_pass, segments, stop, xor, xor_course
from verification.seeds.vectorized import Setup, VectorizedTraining
from worked_examples import NetworkExample
from worked_examples.loading import ROOT, load
from worked_examples.schema.page import lookup


class Row(NamedTuple):
    """One example: its trainings by name, what its recipe says besides, and how it is measured on ``seeds`` seeds."""

    setups: Mapping[str, Setup]
    words: Mapping[str, Any]
    measure: Callable[[int, Report], SeedStudy]


class Printed(NamedTuple):
    """A printed result: its epoch, the loss where it is printed, and the outputs, a pattern a row."""

    epoch: str
    loss: str
    outputs: Texts


def results(name: str) -> list[Printed]:
    """The printed results of an example's fixture, in the order of print."""
    example = load(ROOT / f"{name}.toml")
    assert isinstance(example, NetworkExample)
    found = []
    for block in example.unreproducible_results:
        parts = {lookup(example.names, block, item.name).part: item.values for item in block.items}
        outputs = tuple(tuple(row) for row in parts["output"])
        found.append(Printed(parts.get("epoch", str(block.epoch)), parts.get("loss", ""), outputs))
    return found


ONE, ORDERED, SHUFFLED = segments("sequential", slice(2, 3)), segments("sequential"), segments("swap shuffle")
TWO, THREE, PADDED = xor(2, 2), xor(2, 3), xor(4, 2)


def one_pattern(seeds: int, report: Report) -> SeedStudy:
    """numpy-dnn/321_1: the first epoch and the epoch where training stops."""
    (start, end), first, found = (
        results("numpy-dnn/321_1"),
        VectorizedTraining(ONE, range(seeds), 0).epoch(),
        stop(ONE, seeds, report),
    )
    quantities = [
        Quantity(f"error at epoch {start.epoch}", start.loss, first.error),
        *(
            Quantity(f"output {unit} at epoch {start.epoch}", text, first.outputs[0, unit])
            for unit, text in enumerate(start.outputs[0])
        ),
        Quantity("epoch where training stops", end.epoch, found["epoch"]),
        Quantity("error at the stop", end.loss, found["error"]),
        *(Quantity(f"output {unit} at the stop", text, found["output"][unit]) for unit, text in enumerate(end.outputs[0])),
    ]
    dead = "training never stops, for all hidden units are dead: only the output's biases still learn"
    stops = {"training stops within the book's 1,000,000 epochs": measures.share(found["epoch"] <= LIMIT)}
    return SeedStudy(quantities, stops | {dead: measures.share(found["dead"])})


def in_order(seeds: int, report: Report) -> SeedStudy:
    """numpy-dnn/322_1: the table after 10,000 epochs in the order of the page."""
    outputs = last_pass(ORDERED, seeds, report)
    claims = {"every output is on its target's side of 0.5": measures.share(measures.right(outputs, ORDERED.targets))}
    (shown,) = results("numpy-dnn/322_1")
    return SeedStudy(measures.table("epoch 10,000", shown.outputs, outputs, ORDERED.targets), claims)


def shuffled(seeds: int, report: Report) -> SeedStudy:
    """numpy-dnn/323_1: the table after 10,000 epochs in the book's shuffled order, and what the shuffle does."""
    outputs, t = last_pass(SHUFFLED, seeds, report), SHUFFLED.targets
    helps = measures.squared(outputs, t) < measures.squared(last_pass(ORDERED, seeds, report), t)
    claims = {
        "every output is on its target's side of 0.5": measures.share(measures.right(outputs, t)),
        "shuffling helps: from the same weights, a smaller mean squared error than in the order of 322_1": measures.share(helps),
    }
    (shown,) = results("numpy-dnn/323_1")
    return SeedStudy(measures.table("epoch 10,000", shown.outputs, outputs, t), claims)


def blocks(seeds: int, report: Report, *nets: tuple[Setup, str]) -> SeedStudy:
    """Printed outputs of XOR nets, each with its epoch; the claim is that of all examples: the net has learnt XOR."""
    found = SeedStudy([], {})
    for setup, shown in ((setup, shown) for setup, name in nets for shown in results(name)):
        epoch = int(shown.epoch)
        outputs, label = xor_course(setup, seeds, report)[epoch], f"{'-'.join(map(str, setup.units))}, epoch {epoch:,}"
        found.quantities.extend(measures.table(label, shown.outputs, outputs, setup.targets))
        solved = f"{label}: XOR is solved (all four outputs on the right side of 0.5)"
        found.claims[solved] = measures.share(measures.right(outputs, setup.targets))
    return found


def functional(seeds: int, report: Report) -> SeedStudy:
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
    found = blocks(seeds, report, (TWO, "backprop-notes/xor-functional"), (THREE, "backprop-notes/xor-functional-wide"))
    return SeedStudy(found.quantities, found.claims | claims)


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
    "backprop-notes/xor-four-inputs": Row(
        {"4-2-1": PADDED}, XOR, lambda *run: blocks(*run, (PADDED, "backprop-notes/xor-four-inputs"))
    ),
    "backprop-notes/xor-sequential": Row({"2-2-1": TWO}, XOR, lambda *run: blocks(*run, (TWO, "backprop-notes/xor-sequential"))),
}
