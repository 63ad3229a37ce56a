"""Estimated seconds: longer trainings cost more, and images that are not there cost nothing."""

from pathlib import Path

import pytest

from verification.case import Case
from verification.cost import COMPILATION, LEAST, TRAINED_ON_DIGITS, cost, epochs
from verification.registry import checks_of
from verification.runs.networks import LONG
from verification.session import Session
from worked_examples import Example, NetworkExample, load_all


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    """Ours."""
    return load_all()


def test_longer_trainings_cost_more(examples: dict[str, Example]) -> None:
    """79 updates, 12,000, 236,410 and 1,078,011; what only is evaluated costs least."""
    names = ["numpy-dnn/matrix-2x2", "numpy-dnn/311_1", "backprop-notes/xor-functional", "numpy-dnn/317_2", "numpy-dnn/317_1"]
    seconds = [cost(examples[name]) for name in names]
    assert seconds == sorted(seconds)
    assert seconds[0] == LEAST


def test_compiled_trainings_cost_more_than_any_eager_one(examples: dict[str, Example]) -> None:
    """Whatever is compiled takes at least the compilation; up to 1,000 updates no training does."""
    example = examples["numpy-dnn/311_1"]
    assert isinstance(example, NetworkExample)
    assert example.training
    assert epochs(example) == 79 < LONG
    assert cost(example) < COMPILATION <= cost(examples["backprop-notes/network-class"])


def test_where_the_book_prints_no_epoch_the_certified_one_counts(examples: dict[str, Example]) -> None:
    """321_1 may take a million epochs, and stops after 25,266; 322_1 has a criterion that never holds in its 10,000."""
    certified, other = (examples[name] for name in ("numpy-dnn/321_1", "numpy-dnn/322_1"))
    assert isinstance(certified, NetworkExample)
    assert isinstance(other, NetworkExample)
    assert (epochs(certified), epochs(other)) == (25_266, 10_000)


def test_images_that_are_not_there_cost_nothing(
    examples: dict[str, Example], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only the checks on scikit-learn's digits remain; without a session the images count."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    name = "numpy-dnn/325_1"
    assert cost(examples[name], Session()) == TRAINED_ON_DIGITS < cost(examples[name])


def test_every_example_has_a_cost(examples: dict[str, Example]) -> None:
    """More than nothing, and at most ten minutes, for every example that has checks."""
    for example in examples.values():
        assert checks_of(Case(example, "reference"))
        assert 0 < cost(example) < 600
