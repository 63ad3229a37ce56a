"""The trainings of network examples."""

from pathlib import Path

import pytest

from adapters import ENGINES
from verification.case import Case
from verification.certification.files import certified_run, is_certifiable
from verification.runs.networks import run
from worked_examples import FixtureError, NetworkExample, load, load_all
from worked_examples.loading import ROOT


def case(name: str) -> Case[NetworkExample]:
    """One of our networks on the reference."""
    example = load_all()[name]
    assert isinstance(example, NetworkExample)
    return Case(example, "reference")


def test_without_a_stopping_criterion_a_training_ends_at_its_last_epoch() -> None:
    """The one before is recorded too."""
    finished = run(case("linear-algebra/cheese"))
    assert (finished.stop, finished.epochs) == (None, 100)
    assert {99, 100} <= set(finished.parameters)


def test_every_epoch_of_a_large_network_is_recorded() -> None:
    """A network of more parameters than are written down has no certified file; its every epoch is checked by itself."""
    large = case("numpy-dnn/324_1")
    assert not is_certifiable(large.example)
    assert certified_run(large.example) is None
    finished = run(large)
    assert sorted(finished.parameters) == list(range(finished.epochs + 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_diverging_run_is_reported_with_its_epoch(tmp_path: Path, engine: str) -> None:
    """A learning rate that makes the loss overflow ends in one error that names file, key, engine and epoch."""
    file = tmp_path / "numpy-dnn" / "313_1.toml"
    file.parent.mkdir()
    text = (ROOT / "numpy-dnn" / "313_1.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('learning_rate = "0.01"', 'learning_rate = "100"'), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        run(Case(load(file), engine))
    assert str(caught.value) == (
        f"{file}: training.learning_rate: on {engine}, the loss is inf at epoch 49; "
        "the learning rate is too large for these weights"
    )
