"""The checks that need the page's images can fail: planted faults, with scikit-learn's digits in the place of MNIST."""

from collections.abc import Iterator

import numpy as np
import pytest
from tests.faults.faulty_trainers import CountsAfter, Faulty, OneRow, Single
from tests.faults.injection import plant
from verification.checks.images.registry import LEARNING_CHECKS
from verification.images.image_data import initial

from adapters import Parameters
from adapters.reference.minibatch import EagerMinibatchTrainer
from verification.checks.images import original_images, sklearn_digits
from verification.images import image_data, inference, training_runs
from verification.seeds import seed_files
from verification.seeds.percentiles import Quantity, among_seeds
from verification.session import Case
from worked_examples import ImageExample, load_all
from worked_examples.datasets import sets

EXAMPLES = load_all()
LEARNS, ASKS, PRINTS = "dl-python/twolayer-backprop", "study-notes/mnist-inference", "numpy-dnn/325_1"


def example(name: str) -> ImageExample:
    """An example with images."""
    found = EXAMPLES[name]
    assert isinstance(found, ImageExample)
    return found


def steep(found: ImageExample) -> list[Parameters]:
    """Drawn weights, fifty times as great: as drawn they answer the same to every digit."""
    return [Parameters(50 * kernel, bias) for kernel, bias in initial(found, 64)]


@pytest.fixture(autouse=True)
def digits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The digits are MNIST, drawn weights are the supplied ones, and no seeds are committed; nothing computed so is kept."""
    monkeypatch.setattr(image_data, "load", lambda _, directory: sets.load("sklearn_digits", directory))
    monkeypatch.setattr(inference, "supplied", steep)
    monkeypatch.setattr(seed_files, "quantities", lambda _: [])
    monkeypatch.setattr(original_images, "pictured_answers", lambda _: {})
    kept = image_data.images, image_data.scaled, training_runs.COURSES, inference.ANSWERS, sklearn_digits.BOUNDS
    for cache in kept:
        (cache.cache_clear if callable(cache) else cache.clear)()
    yield
    for cache in kept:
        (cache.cache_clear if callable(cache) else cache.clear)()


@pytest.mark.parametrize(
    ("fault", "name", "check", "message"),
    [
        (CountsAfter, LEARNS, "lines", "after 1 updates: "),
        (Single, LEARNS, "lines", "iteration 999, loss: "),
        (OneRow, ASKS, "answers", "test, scaled, in batches of 100: "),
        (OneRow, ASKS, "answers", "test, scaled, one by one and test, scaled, in batches of 100: "),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_planted_fault_is_caught(
    monkeypatch: pytest.MonkeyPatch, fault: type[EagerMinibatchTrainer], name: str, check: str, message: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    shorter = [
        one.model_copy(update={"batch_size": min(one.batch_size, 87)}) for one in example(name).inference_settings
    ]  # 261 are 3 times 87
    found = example(name).model_copy(update={"conditions": shorter})
    LEARNING_CHECKS[check](Case(found, "reference"), {})  # type: ignore[arg-type]  # see OTHER_CHECKS
    plant(monkeypatch, lambda: Faulty(fault))
    with pytest.raises(pytest.fail.Exception) as caught:
        LEARNING_CHECKS[check](Case(found, "faulty"), {})  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_lines_unlike_the_committed_seed_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that is not that of the first committed seed fails, with both numbers and the file."""
    committed = among_seeds(Quantity("iteration 999, loss", "0.5", np.array([0.5]))).model_copy(update={"values": [0.5]})
    monkeypatch.setattr(seed_files, "quantities", lambda _: [committed])
    with pytest.raises(pytest.fail.Exception, match=r"iteration 999, loss: 0\.\d+, but 0\.5 in .*twolayer-backprop\.json"):
        LEARNING_CHECKS["lines"](Case(example(LEARNS), "reference"), {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("miss: 2371", "miss: 2372", "miss, line 1, console of 325_1.py: printed 2372, computed"),
        ("accuracy: 0.952200", "accuracy: 0.952201", "accuracy, line 18, console of 325_1.py: printed 0.952201"),
        ("epoch: 2 rc: 30000", "epoch: 2 rc: 30001", "rc, line 9, console of 325_1.py: printed 30001"),
        ("epoch: 3 rc: 10000", "epoch: 2 rc: 10000", "epoch, line 13, console of 325_1.py: printed 2"),
        ("epoch: 3 rc: 10000", "epoch: 2 rc: 10000", "console of 325_1.py: lines after [10000, 20000"),
        ("percent = 95.22", "percent = 95.23", "percent, line 1, time below the lines"),
    ],
)
def test_a_wrong_number_in_a_table_is_caught(old: str, new: str, message: str) -> None:
    """A printed number that its line, or the tables before it, contradict fails with its line and place."""
    right = example(PRINTS)
    changed = [table.model_copy(update={"text": table.text.replace(old, new)}) for table in right.printed]
    assert [table.text for table in changed] != [table.text for table in right.printed]
    LEARNING_CHECKS["printed"](Case(right, "reference"), {})  # type: ignore[arg-type]
    with pytest.raises(pytest.fail.Exception) as caught:
        LEARNING_CHECKS["printed"](Case(right.model_copy(update={"printed": changed}), "reference"), {})  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_a_printed_result_without_a_place_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where seeds are committed every printed result must be among them; where none are, a note says so."""
    record: dict[str, object] = {}
    LEARNING_CHECKS["printed"](Case(example(PRINTS), "reference"), record)  # type: ignore[arg-type]
    assert record["notes"] == ["the printed results are not placed among seeds: there is no file of them"]
    another = among_seeds(Quantity("another result", "0", np.zeros(2)))
    monkeypatch.setattr(seed_files, "quantities", lambda _: [another])
    with pytest.raises(pytest.fail.Exception, match="epoch 1, rc 10000, hit has no percentile among the seeds"):
        LEARNING_CHECKS["printed"](Case(example(PRINTS), "reference"), {})  # type: ignore[arg-type]
