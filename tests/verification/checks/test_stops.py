"""Stops that rounding alone explains: notes, and nothing that is printed after them fails for the engine."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.training import Run
from verification.case import Case
from verification.checks.stops import does_as_it_computes
from verification.records import Findings, Outcome
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]

TIED = """
kind = "network"
network = {{ loss = "half squared error", layers = [{{ kernel = [["0.1"]], bias = ["0"], activation = "identity" }}] }}
data = {{ input = [["1"]], target = [["0"]] }}

[training]
optimizer = "gradient descent"
learning_rate = "0.1"
max_epochs = 50
stopping_criterion = {{ loss_at_most = "{threshold}", epoch = {epoch} }}
"""


PRINTED = """
[names]
w = "layer 1 kernel [0, 0]"

[[printed]]
where = "console"
epoch = 1
text = "w = 0.059"
"""


@pytest.mark.parametrize(
    ("threshold", "epoch", "outcome"),
    [
        ("0.005", 0, Outcome.PASSED),
        ("0.005", 1, Outcome.PASSED),
        ("0.005", 2, Outcome.FAILED),
        ("0.004999", 0, Outcome.FAILED),
        ("0.004999", 1, Outcome.PASSED),
    ],
)
def test_a_stop_that_hangs_on_rounding_is_a_note(
    threshold: str, epoch: int, outcome: Outcome, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The exact loss 0.1^2 / 2 is the threshold 0.005 itself, and in float64 it is above; a third epoch nothing excuses."""
    findings = judged("epochs", written(TIED.format(threshold=threshold, epoch=epoch)))
    assert findings.outcome is outcome
    assert findings.epochs
    assert findings.epochs.reached == 1
    assert any(note.startswith("the stop hangs on rounding in float64") for note in findings.notes) == (threshold == "0.005")


@pytest.mark.parametrize(("threshold", "is_note"), [("0.205", True), ("0.204", False)])
def test_a_stop_on_the_losses_of_an_epoch_may_hang_on_rounding_too(
    threshold: str, is_note: bool, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """One sample an update: 0.5^2 / 2 + 0.4^2 / 2 is 0.205 exactly, and in float64 a little more."""
    text = TIED.format(threshold=threshold, epoch=1).replace('[["1"]]', '[["1"], ["1"]]').replace('[["0"]]', '[["0"], ["0"]]')
    text = text.replace('[["0.1"]]', '[["0.5"]]').replace("max_epochs = 50", "max_epochs = 50\nbatch_size = 1")
    findings = judged("epochs", written(text))
    assert findings.epochs
    assert findings.epochs.reached == 2
    assert any(note.startswith("the stop hangs on rounding in float64") for note in findings.notes) == is_note
    assert findings.outcome is (Outcome.PASSED if is_note else Outcome.FAILED)


@pytest.mark.parametrize(("epoch", "outcome"), [(1, Outcome.PASSED), (0, Outcome.PASSED), (2, Outcome.FAILED)])
def test_a_stop_that_rounding_alone_reaches_is_a_note(
    epoch: int, outcome: Outcome, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """(0.01 - 0.5)^2 / 2 is 0.12005 exactly, which is not below 0.12005; in float64 it is, and training stops at once."""
    text = TIED.format(threshold="0.12005", epoch=epoch).replace("loss_at_most", "loss_below")
    findings = judged("epochs", written(text.replace('[["0.1"]]', '[["0.01"]]').replace('target = [["0"]]', 'target = [["0.5"]]')))
    assert findings.outcome is outcome
    assert findings.epochs
    assert (findings.epochs.reached, findings.epochs.certified) == (0, 1)
    assert any(note.startswith("the stop hangs on rounding in float64") for note in findings.notes)


PENALIZED = """
kind = "network"
data = {{ input = [["0"]], target = [["0"]] }}

[network]
loss = "half squared error"
penalty = {{ l1 = "1" }}
layers = [{{ kernel = [["{kernel}"]], bias = "none", activation = "identity" }}]

[training]
optimizer = "gradient descent"
learning_rate = "0.1"
max_epochs = 50
stopping_criterion = {{ change_below = "0.01", epoch = 4 }}
"""


@pytest.mark.parametrize(("kernel", "is_note"), [("0.3", True), ("0.35", False)])
def test_a_stop_behind_a_turned_comparison_hangs_on_rounding(
    kernel: str, is_note: bool, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Steps of 0.1 bring 0.3 to 0, where it stays, but in float64 past it and back again; 0.35 goes back and forth in both."""
    findings = judged("epochs", written(PENALIZED.format(kernel=kernel)))
    assert findings.outcome is Outcome.PASSED
    assert findings.epochs
    assert (findings.epochs.certified, findings.epochs.reached) == (4, None if is_note else 4)
    assert any(note.startswith("the stop hangs on rounding in float64") for note in findings.notes) == is_note


def test_a_stop_against_the_engine_s_own_loss_does_not_hang_on_rounding(network: Network) -> None:
    """0.125 is the threshold, and no rounding is in it: a loop that stops there, or goes on, does what the criterion says."""
    case = Case(network("ours/stop-rule"), "reference", Session())
    for loss, stop, expected in ((0.125, 3, False), (0.125, 4, True), (0.1249999, 3, True), (0.1249999, 4, False)):
        run = Run(stop, stop, {}, {3: loss}, "eager")
        assert does_as_it_computes(case, run, 3) is expected
    assert does_as_it_computes(case, Run(3, 3, {}, {}, "eager"), 3)


def test_a_number_after_an_early_stop_is_judged_without_the_engine(
    written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Where rounding alone stops the engine at once, what is printed at epoch 1 is confirmed, or wrong, by the certified value."""
    text = TIED.format(threshold="0.12005", epoch=1).replace("loss_at_most", "loss_below").replace('[["0.1"]]', '[["0.01"]]')
    text = text.replace('target = [["0"]]', 'target = [["0.5"]]') + PRINTED
    findings = judged("printed", written(text))
    assert findings.outcome is Outcome.PASSED
    assert [number.verdict for number in findings.printed_numbers or []] == [Verdict.CONFIRMED]
    assert "reference ends its training at epoch 0, and its stop hangs on rounding" in findings.notes[0]
    (line,) = judged("printed", written(text.replace("0.059", "0.058"))).problems
    assert "printed 0.058, " in line
    assert "should read 0.059" in line
