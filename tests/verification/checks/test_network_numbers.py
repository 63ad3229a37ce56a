"""Printed numbers of a network: judged at their epoch, where training gets there."""

from collections.abc import Callable

import pytest

from verification.records import Findings, Outcome
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample

Judged = Callable[..., Findings]


def printed(example: NetworkExample, old: str, new: str) -> NetworkExample:
    """The example with another text in its first block."""
    first, *others = example.printed
    assert old in first.text
    return example.model_copy(update={"printed": [first.model_copy(update={"text": first.text.replace(old, new, 1)}), *others]})


@pytest.fixture
def example(network: Callable[[str], NetworkExample]) -> NetworkExample:
    """311_1, whose print is right."""
    return network("numpy-dnn/311_1")


def test_every_printed_number_has_its_epoch(example: NetworkExample, judged: Judged) -> None:
    """As the book counts; printed epochs are claims, too."""
    findings = judged("printed", example)
    assert findings.outcome is Outcome.PASSED
    assert findings.printed_numbers
    assert {number.verdict for number in findings.printed_numbers} == {Verdict.CONFIRMED}
    assert {number.epoch for number in findings.printed_numbers} == {78, 79}
    assert [number.printed for number in findings.printed_numbers if number.name == "epoch"] == ["78", "79", "78", "79"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "1.571 -2.286",
            "1.572 -2.286",
            "B[0, 0] (layer 1 bias after update [0, 0]) at epoch 78, console of 311_1.py: printed 1.572, ",
        ),
        ("-0.002 -0.004", "-0.002 0.004", "Xb[0, 1] (gradient of input [0, 1]) at epoch 78, console of 311_1.py: printed 0.004, "),
        ("E = 0.0000001\n Xb", "E = 0.0000002\n Xb", "should read 0.0000001"),
    ],
)
def test_a_wrong_number_is_told_with_its_place(old: str, new: str, line: str, example: NetworkExample, judged: Judged) -> None:
    """Name, quantity, epoch, block, and what it should read."""
    (problem,) = judged("printed", printed(example, old, new)).problems
    assert line in problem


def test_without_training_no_epoch_is_told(network: Callable[[str], NetworkExample], judged: Judged) -> None:
    """A number of a network that is not trained has its block alone as its place."""
    (problem,) = judged("printed", printed(network("numpy-dnn/matrix-2x2"), "y1 = 19", "y1 = 18")).problems
    assert problem.startswith("y1 (output [0, 0]), the forward pass in numbers, as matrices and written out: printed 18, ")


def test_the_epoch_is_told_as_the_book_counts(example: NetworkExample, judged: Judged) -> None:
    """Where the first epoch has number 1, the place of a number has the printed epoch."""
    assert example.training
    criterion = example.training.stopping_criterion
    assert criterion
    counted = example.training.model_copy(
        update={"first_epoch": 1, "stopping_criterion": criterion.model_copy(update={"epoch": 80})}
    )
    text = example.printed[0].text.replace("epoch = 79", "epoch = 80").replace("epoch = 78", "epoch = 79").replace("1.571", "1.572")
    block = example.printed[0].model_copy(update={"text": text})
    (problem,) = judged("printed", example.model_copy(update={"training": counted, "printed": [block]})).problems
    assert problem.startswith("B[0, 0] (layer 1 bias after update [0, 0]) at epoch 79, ")


def test_a_number_beyond_the_end_of_training_is_wrong(example: NetworkExample, judged: Judged) -> None:
    """The epoch and what is printed of it; after the last update nothing is known."""
    findings = judged("printed", printed(example, "epoch = 79", "epoch = 90"))
    assert any("epoch" in line and "training ends at epoch 79, before the printed 90" in line for line in findings.problems)
    assert any(line.endswith("but training ends before epoch 90") for line in findings.problems)
    assert Verdict.WRONG in {number.verdict for number in findings.printed_numbers or []}


def test_without_a_certificate_the_engine_s_own_number_judges(example: NetworkExample, judged: Judged) -> None:
    """Another learning rate has no certified file: the print is then wrong by the computed value."""
    assert example.training
    other = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.02"})})
    problems = judged("printed", other).problems
    assert any("computed " in line or "training ends" in line for line in problems)
    assert not any("certified " in line for line in problems)
