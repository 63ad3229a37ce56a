"""Sentences about a training: those that hold pass, and an erratum must be one, with the right correction."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.records import Findings, Outcome
from worked_examples import NetworkExample
from worked_examples.schema.errata import Erratum
from worked_examples.schema.page import Statement
from worked_examples.schema.trainings.stopping import StoppingCriterion

PASSES, FEWER = {"passes": 80}, {"fewer_epochs_than": "numpy-dnn/3110_2"}


@pytest.fixture
def stated(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> Callable[..., Findings]:
    """``stated(correct, **fields)``: the findings on 311_1 with one sentence, and an erratum of it if a correction is given."""

    def findings(correct: str = "", **fields: object) -> Findings:
        errata = [Erratum(printed="wrong", correct=correct, why="a slip", cause="author", weight="statement")] if correct else []
        statement = Statement.model_validate({"where": "below", "says": "so", "errata": errata} | fields)
        return judged("statements", network("numpy-dnn/311_1").model_copy(update={"statements": [statement]}))

    return findings


@pytest.mark.parametrize(
    "fields", [PASSES, {"updates": 79}, {"loss_above": "0.00000005", "epoch": 78}, FEWER | {"at_least_times": 2000}]
)
def test_a_sentence_that_holds_passes(fields: dict[str, object], stated: Callable[..., Findings]) -> None:
    """Passes are one more than updates; a loss above a number; a training so many times quicker."""
    findings = stated(**fields)
    assert findings.outcome is Outcome.PASSED
    assert findings.statements
    assert (findings.statements[0].holds, findings.statements[0].is_erratum) == (True, False)


@pytest.mark.parametrize(
    ("fields", "observed"),
    [
        ({"passes": 79}, "training stops on pass 80"),
        ({"passes": 81}, "training stops on pass 80"),
        ({"updates": 78}, "training stops after 79 updates"),
        ({"loss_above": "1000", "epoch": 78}, "the loss there is "),
        (FEWER | {"at_least_times": 3000}, "79 epochs, 263"),
    ],
)
def test_a_sentence_that_does_not_hold_is_told_with_what_the_run_shows(
    fields: dict[str, object], observed: str, stated: Callable[..., Findings]
) -> None:
    """On both sides of the number."""
    (line,) = stated(**fields).problems
    assert line.startswith(f"'so', below: does not hold; {observed}")


def test_a_loss_at_an_epoch_that_is_not_trained_is_refused(stated: Callable[..., Findings]) -> None:
    """Whether or not an erratum is listed."""
    for correct in ("", "None"):
        findings = stated(correct, loss_above="0", epoch=77777)
        assert findings.problems[0].endswith("statements: epoch: 77777 has no loss; accepted: 0 to 79")
        assert findings.next_step == "correct the fixture"


@pytest.mark.parametrize(
    ("criterion", "claim", "observed"),
    [
        (None, {"updates": 30}, ""),
        (None, {"passes": 30}, ""),
        (None, {"updates": 31}, "training stops after 30 updates"),
        (None, {"passes": 31}, "training stops on pass 30"),
        ({"loss_below": "1e-9"}, {"updates": 30}, "training never stops: 30 epochs are made"),
        ({"loss_below": "1e-9"}, {"passes": 30}, "training never stops: 30 epochs are made"),
    ],
)
def test_a_training_that_ends_by_its_count_has_as_many_updates_and_passes(
    criterion: dict[str, str] | None,
    claim: dict[str, int],
    observed: str,
    network: Callable[..., Any],
    judged: Callable[..., Findings],
) -> None:
    """One that has a criterion which never holds does not stop at all."""
    example = network("numpy-dnn/311_1")
    stopping = StoppingCriterion.model_validate(criterion | {"epoch": 79}) if criterion else None
    training = example.training.model_copy(update={"stopping_criterion": stopping, "max_epochs": 30})
    statement = Statement.model_validate({"where": "below", "says": "so"} | claim)
    findings = judged("statements", example.model_copy(update={"training": training, "statements": [statement], "printed": []}))
    assert findings.problems == ([f"'so', below: does not hold; {observed}"] if observed else [])


@pytest.mark.parametrize(
    ("passes", "correct", "line"),
    [
        (79, "80", ""),
        (79, "81", "'so', below: the erratum says 81; training stops on pass 80"),
        (79, "8", "'so', below: the erratum says 8; training stops on pass 80"),
        (80, "80", "'so', below: the erratum is none; training stops on pass 80"),
    ],
)
def test_an_erratum_of_a_sentence_must_be_one(passes: int, correct: str, line: str, stated: Callable[..., Findings]) -> None:
    """The sentence does not hold, and the correction is what the run shows."""
    assert stated(correct, passes=passes).problems == ([line] if line else [])


def test_a_comparison_with_nothing_is_an_error_of_the_fixture(stated: Callable[..., Findings]) -> None:
    """The other example must be there, and must train."""
    for name, words in (
        ("numpy-dnn/nothing", "is not the id of an example"),
        ("numpy-dnn/matrix-2x2", "is not an example with a training"),
    ):
        findings = stated(fewer_epochs_than=name)
        (problem,) = findings.problems
        assert problem.endswith(f".toml: '{name}' {words}")
        assert findings.next_step == "correct the fixture"


def test_a_sentence_is_not_blamed_for_an_engine(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """Where the reference says otherwise, the line points to the engine; where both say the same, to nobody."""

    class Doubled(Engine):
        """Steps twice as long."""

        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
            """As the reference, with doubled steps."""
            trainer = super().trainer(example, dtype, compiled)
            trainer.learning_rate = 2 * trainer.learning_rate
            return trainer

    def problem(engine: Engine, passes: int) -> str:
        statement = Statement.model_validate({"where": "below", "says": "so", "errata": [], "passes": passes})
        (line,) = judged("statements", network("numpy-dnn/311_1").model_copy(update={"statements": [statement]}), engine).problems
        return str(line)

    assert problem(Doubled(), 80).endswith("; by the reference it holds: look at faulty, not at the sentence")
    assert "look at" not in problem(Engine(), 79)
