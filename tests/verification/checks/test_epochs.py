"""The stop epoch: by whom it is expected, how a wrong one is told, and its margin."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from adapters.training import Run
from verification.case import Case
from verification.certification.files import committed_run
from verification.checks.epochs import as_counted, check_epochs, margin, note_margin, wrong_stop
from verification.records import EpochCount, Findings, Outcome
from verification.runs.networks import run
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.schema.trainings.training import Training

Network = Callable[[str], NetworkExample]


def finished(stop: int | None, epochs: int, loss: float = 0.125) -> Run:
    """A run that ended there."""
    return Run(stop, epochs, {}, {epochs: loss}, "eager")


@pytest.fixture
def settings(network: Network) -> Training:
    """A training that stops where the loss is below 0.125."""
    return training_of(network("ours/stop-rule"))


@pytest.mark.parametrize(
    ("reached", "text"),
    [
        (
            3,
            "stop at epoch 3, printed epoch 4 (loss < 0.125; the loss there is 0.125); one epoch off: `<` or `<=`, or ",
        ),
        (5, "stop at epoch 5, printed epoch 4 (loss < 0.125; the loss there is 0.125); one epoch off: "),
        (6, "stop at epoch 6, printed epoch 4 (loss < 0.125; the loss there is 0.125)"),
    ],
)
def test_a_wrong_stop_is_told_with_its_loss(settings: Training, reached: int, text: str) -> None:
    """One epoch beside the right one has a hint, two have none."""
    line = wrong_stop(settings, finished(reached, reached), "printed", 4)
    assert line.startswith(text)
    assert ("one epoch off" in line) is (abs(reached - 4) == 1)


def test_a_training_that_never_stops_is_told_so(settings: Training) -> None:
    """With the number of epochs that it had."""
    line = wrong_stop(settings, finished(None, 10), "certified", 4)
    assert line == "the stopping criterion (loss < 0.125) never held in 10 epochs; certified epoch 4"


def test_epochs_are_counted_as_the_book_counts(settings: Training) -> None:
    """From its first epoch; without a criterion the last epoch is the end; None where the criterion never holds."""
    from_one = settings.model_copy(update={"first_epoch": 1})
    without = settings.model_copy(update={"stopping_criterion": None})
    assert [as_counted(training_settings, 4) for training_settings in (settings, from_one)] == [4, 5]
    assert [as_counted(training_settings, None) for training_settings in (settings, without)] == [None, settings.max_epochs]


def test_printed_and_certified_epochs_must_both_be_reached(network: Network, judged: Callable[..., Findings]) -> None:
    """Each that the engine does not reach is a line of its own."""
    example = network("numpy-dnn/311_1")
    assert example.training
    criterion = example.training.criterion.model_copy(update={"epoch": 80})
    changed = example.model_copy(update={"training": example.training.model_copy(update={"stopping_criterion": criterion})})
    (line,) = judged("epochs", changed).problems
    assert line.startswith("stop at epoch 79, printed epoch 80 (")
    findings = judged("epochs", example)
    assert findings.outcome is Outcome.PASSED
    assert findings.epochs
    assert (findings.epochs.printed, findings.epochs.certified, findings.epochs.reached) == (79, 79, 79)


def test_beyond_the_budget_the_reference_is_expected(network: Network) -> None:
    """Without a committed file and without a budget no stop is certified, and the run says so."""
    example = network("numpy-dnn/316_1")
    assert example.training
    changed = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.0101"})})
    findings = Findings(example=example.id, engine="reference", check="epochs", dtype="float64")
    session = Session([changed], engine_names=("reference",), certification=0.0)
    assert [line for line in check_epochs(Case(changed, "reference", session), findings) if "printed epoch" not in line] == []
    assert findings.epochs
    assert (findings.epochs.certified, findings.epochs.margin) == (None, None)
    assert findings.notes == [
        "the stop epoch is not certified: certified to epoch 0, as far as --certify 0 allows; --certify 1 may reach epoch 665"
    ]


HALVED = """
kind = "network"

[network]
loss = "half squared error"
layers = [{{ kernel = [["3"]], bias = ["1"], activation = "identity" }}]

[data]
input = [["1"]]
target = [["0"]]

[training]
optimizer = "gradient descent"
learning_rate = "0.25"
max_epochs = 50
stopping_criterion = {{ {criterion}, epoch = {epoch} }}
"""


@pytest.mark.parametrize(
    ("criterion", "epoch", "outcome"),
    [
        ('change_at_most = "1.5"', 2, Outcome.PASSED),
        ('change_below = "1.5"', 3, Outcome.PASSED),
        ('change_below = "1.5"', 2, Outcome.FAILED),
        ('change_at_most = "0.375"', 3, Outcome.PASSED),
    ],
)
def test_a_stop_by_the_change_of_the_loss_is_certified(
    criterion: str, epoch: int, outcome: Outcome, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """The error halves each epoch: losses 8, 2, 0.5, 0.125, changes 6, 1.5, 0.375, all exact in float64."""
    findings = judged("epochs", written(HALVED.format(criterion=criterion, epoch=epoch)))
    assert findings.epochs
    assert (findings.epochs.certified, findings.epochs.margin) == (findings.epochs.reached, "exact")
    assert (findings.epochs.reached == epoch) == (outcome is Outcome.PASSED)
    assert findings.outcome is outcome


def test_a_wrong_stop_by_change_names_the_criterion(written: Callable[[str], Any]) -> None:
    """In words."""
    settings = training_of(written(HALVED.format(criterion='change_below = "1.5"', epoch=2)))
    assert wrong_stop(settings, finished(3, 3), "printed", 2) == (
        "stop at epoch 3, printed epoch 2 (change of the loss < 1.5; the loss there is 0.125); one epoch off: `<` or `<=`, or "
        "counted from 1 instead of 0?"
    )


@pytest.mark.parametrize(("epoch", "outcome"), [(6, Outcome.PASSED), (5, Outcome.FAILED)])
def test_a_stop_without_errors_is_certified(
    epoch: int, outcome: Outcome, network: Network, judged: Callable[..., Findings]
) -> None:
    """It has no margin: numbers of errors are whole."""
    example = network("ours/perceptron")
    assert example.training
    assert example.training.stopping_criterion
    criterion = example.training.stopping_criterion.model_copy(update={"epoch": epoch})
    changed = example.training.model_copy(update={"stopping_criterion": criterion})
    findings = judged("epochs", example.model_copy(update={"training": changed}))
    assert findings.epochs
    assert (findings.epochs.certified, findings.epochs.reached, findings.epochs.margin) == (6, 6, None)
    assert findings.outcome is outcome


def test_what_an_engine_computes_by_hand_is_a_note(network: Network, judged: Callable[..., Findings]) -> None:
    """Of a perceptron, which PyTorch does not have."""
    findings = judged("epochs", network("ours/perceptron"), "torch")
    assert "PyTorch has no perceptron: nn.Linear and SGD, with a step of ours whose derivative is taken to be 1" in findings.notes


@pytest.mark.parametrize(("threshold", "outcome"), [("0.00375", Outcome.PASSED), ("0.0037", Outcome.FAILED)])
def test_a_stop_by_change_may_hang_on_rounding_too(
    threshold: str, outcome: Outcome, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """Outputs 0.1 and 0.05 have losses that differ by 0.00375 exactly, and in float64 by a little more."""
    text = HALVED.format(criterion=f'change_at_most = "{threshold}"', epoch=1)
    findings = judged("epochs", written(text.replace('"3"', '"0.1"').replace('bias = ["1"]', 'bias = ["0"]')))
    assert findings.epochs
    assert findings.epochs.reached == 2
    assert any(note.startswith("the stop hangs on rounding in float64") for note in findings.notes) == (threshold == "0.00375")
    assert findings.outcome is outcome


def test_a_margin_is_measured_in_the_engine_s_own_errors(network: Network) -> None:
    """By hand: losses 0.01 and 0.02 from the threshold, wrong by 0.001 at most, are 10 errors away."""
    example = network("numpy-dnn/311_1")
    known = committed_run(example)
    assert known
    settings, computed = training_of(example), run(Case(example, "reference"))
    assert computed.stop == 79
    losses = {epoch: known.loss(epoch).decimal for epoch in (78, 79)}
    threshold = Decimal(settings.criterion.threshold)
    nearest = min(abs(loss - threshold) for loss in losses.values())
    wrong = computed._replace(losses={epoch: float(loss + nearest / 4) for epoch, loss in losses.items()})
    assert margin(settings, wrong, known) == pytest.approx(4, rel=1e-6)


@pytest.mark.parametrize(
    ("margin", "recorded", "is_fragile"),
    [(float("inf"), "exact", False), (10.0, 10.0, False), (9.996, 10.0, True), (0.5, 0.5, True)],
)
def test_a_small_margin_is_a_note(margin: float, recorded: Any, is_fragile: bool) -> None:
    """Below ten errors the epoch count is fragile; ten are safe."""
    findings = Findings(example="a/b", engine="reference", check="epochs", dtype="float64")
    count = EpochCount(printed=None, certified=None, reached=None)
    note_margin(findings, count, margin)
    assert count.margin == recorded
    assert bool(findings.notes) is is_fragile


@pytest.mark.parametrize(
    ("unsupported", "problems", "notes"),
    [
        (
            {},
            ["trained eagerly although the compiled loop was requested, and 'compiled training' is not said to be unsupported"],
            [],
        ),
        ({"compiled training": "no compiler"}, [], ["no compiled training: no compiler"]),
    ],
)
def test_an_eager_run_in_the_place_of_a_compiled_one_is_explained(
    unsupported: dict[str, str], problems: list[str], notes: list[str], network: Network, judged: Callable[..., Findings]
) -> None:
    """A note where the engine says why it does not compile; a line, and no KeyError, where it does not."""

    class Eager(Engine):
        """The reference, eager and with other capabilities."""

        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
            """The book's loop."""
            return Trainer(example, dtype)

    Eager.unsupported = unsupported
    findings = judged("epochs", network("backprop-notes/network-class"), Eager())
    assert findings.problems == problems
    assert [note for note in findings.notes if "compiled" in note] == notes


BY_ERRORS = """
kind = "network"
data = {{ input = [["1.1", "0.9"], ["0.0", "0.0"]], target = [["1"], ["1"]] }}
[network]
loss = "half squared error"
layers = [{{ kernel = [["-0.093"], ["0.591"]], bias = ["{bias}"], activation = "step at zero" }}]
[training]
optimizer = "gradient descent"
rule = "perceptron"
learning_rate = "0.1"
max_epochs = 20
stopping_criterion = {{ no_errors = "above 0", epoch = 4 }}
"""


@pytest.mark.parametrize(("bias", "outcome"), [("-0.400", Outcome.PASSED), ("-0.401", Outcome.FAILED)])
def test_a_stop_by_errors_may_hang_on_rounding_too(
    bias: str, outcome: Outcome, written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """-0.4 + 4 * 0.1 is 0 exactly, which a step at zero reaches, and in float64 it is not; from -0.401 it is the fifth epoch's."""
    findings = judged("epochs", written(BY_ERRORS.format(bias=bias)))
    assert findings.epochs
    assert findings.epochs.reached == 5
    assert findings.outcome is outcome
    assert any("hangs on rounding in float64: stop at epoch 5" in note for note in findings.notes) == (outcome is Outcome.PASSED)
