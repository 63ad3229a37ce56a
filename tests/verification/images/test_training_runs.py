"""Trainings on images, on scikit-learn's handwritten digits."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import ENGINES, Parameters, installed
from adapters.log_rows import LogRow
from adapters.schedule import training_of
from verification.case import Case
from verification.images.data import DIGITS, initial, scaled
from verification.images.training_runs import (
    IN_BALLS,
    TrainingRun,
    batches,
    differently_classified,
    first_batch,
    n_in_balls,
    on_first_batch,
    rows_on_digits,
    rows_on_page,
    train_on_images,
    trained,
    training_samples,
)
from verification.session import Session
from worked_examples import FixtureError, ImageExample
from worked_examples.schema.layers.sizes import counts_of

ImageExamples = Callable[[str], ImageExample]
MEAN, ONLINE, LENET = "dl-python/twolayer-backprop", "numpy-dnn/325_2", "ours/lenet"


def run(n_correct: float, weight: float = 0.0) -> TrainingRun:
    """A run with one log row and one weight."""
    parameters = [Parameters(np.array([[weight]]), np.zeros(1))]
    return TrainingRun([LogRow(8, {"n_correct": n_correct}, 1.0)], parameters, "eager", 0.0, 0.0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_diverging_training_is_one_clear_error(session: Session, image_example: ImageExamples, engine: str) -> None:
    """A learning rate that is too large is named with file and key, on every engine."""
    if not installed(engine):
        pytest.skip(f"{engine} is not installed")
    example = image_example(MEAN)
    wild = example.model_copy(update={"training": training_of(example).model_copy(update={"learning_rate": "1e300"})})
    with pytest.raises(FixtureError, match=rf"training\.learning_rate: on {engine}, the loss is (inf|nan) by update 8; "):
        train_on_images(Case(wild, engine, session), DIGITS, [8], compiled=True)


def test_an_epoch_must_be_a_whole_number_of_batches(image_example: ImageExamples) -> None:
    """A batch size that leaves some images over is refused with file and key."""
    example = image_example("backprop-notes/mnist-keras")
    with pytest.raises(FixtureError, match=r"mnist-keras\.toml: training\.batch_size: 33 "):
        batches(example, training_of(example).batch + 1, 1)


def test_the_first_batch_has_the_samples_of_the_first_update(session: Session, image_example: ImageExamples) -> None:
    """Inputs and labels in the order of the schedule."""
    batch, train = first_batch(Case(image_example(MEAN), "reference", session), DIGITS), scaled(session, DIGITS, "training", "255")
    rows = batches(image_example(MEAN), len(train.t), 1)[0]
    assert np.array_equal(batch.x, train.x[rows])
    assert np.array_equal(batch.t, train.t[rows])


def test_other_parameters_may_start_a_training(session: Session, image_example: ImageExamples) -> None:
    """From the same parameters it is the same run, from others another."""
    case = Case(image_example(MEAN), "reference", session)
    start = initial(case.example, 64)
    usual, same = (train_on_images(case, DIGITS, [2], compiled=False, start=parameters) for parameters in (None, start))
    other = train_on_images(case, DIGITS, [2], compiled=False, start=[layer._replace(kernel=2 * layer.kernel) for layer in start])
    assert usual.distance(same) == 0
    assert usual.distance(other) > 0
    assert usual.path == "eager"


def test_rows_on_the_digits_are_the_quarters_of_two_epochs(image_example: ImageExamples) -> None:
    """One sample an update: 3,072 updates; a hundred: 30."""
    assert rows_on_digits(image_example(ONLINE)) == [768, 1536, 2304, 3072]
    assert rows_on_digits(image_example(MEAN)) == [7, 15, 22, 30]


def test_the_training_on_enlarged_digits_is_a_quarter_as_long(image_example: ImageExamples) -> None:
    """768 samples in batches of 20; large batches make four updates at least."""
    example = image_example(LENET)
    assert rows_on_digits(example) == [9, 19, 28, 38]
    training = training_of(example).model_copy(update={"batch_size": 2000})
    assert rows_on_digits(example.model_copy(update={"training": training})) == [1, 2, 3, 4]


@pytest.mark.parametrize(("size", "count"), [(20, 1520), (2000, 2000), (32, 1536)])
def test_whole_batches_stand_in_for_the_page_s(session: Session, image_example: ImageExamples, size: int, count: int) -> None:
    """Those of 1,536 digits, or a single one with digits in it twice."""
    example = image_example(LENET)
    training = training_of(example).model_copy(update={"batch_size": size})
    case = Case(example.model_copy(update={"training": training}), "reference", session)
    samples, all_digits = training_samples(case, "enlarged_digits"), scaled(session, "enlarged_digits", "training", "255")
    assert len(samples.x) == len(samples.t) == count
    assert np.array_equal(samples.x[-1], all_digits.x[(count - 1) % 1536])


def test_balls_see_few_images_of_a_convolution(session: Session, image_example: ImageExamples) -> None:
    """As many as 400,000 multiplications allow, the first of the first batch; of a dense network on 64 pixels the whole batch."""
    case = Case(image_example(LENET), "reference", session)
    macs = sum(count.macs for count in counts_of(case.example.network.layers, 784))
    assert n_in_balls(case.example) == IN_BALLS // macs == 3
    first, batch = on_first_batch(case, "enlarged_digits").example, first_batch(case, "enlarged_digits")
    assert np.array_equal(first.data.pair[0], batch.x[:3])
    assert n_in_balls(image_example(MEAN)) is None
    assert on_first_batch(Case(image_example(MEAN), "reference", session), DIGITS).example.data.samples == 100


def test_late_rows_of_large_batches_are_left_to_the_seeds(image_example: ImageExamples) -> None:
    """Rows later than 10,000 updates are computed on every engine only where an update sees one sample."""
    assert rows_on_page(image_example("study-notes/twolayer"))[-1] == 9601
    assert rows_on_page(image_example(ONLINE))[-1] == 180_000


def test_a_session_trains_once(session: Session, image_example: ImageExamples) -> None:
    """The same run is returned again; another engine has its own."""
    case = Case(image_example(MEAN), "reference", session)
    assert trained(case, DIGITS) is trained(case, DIGITS)
    assert [row.updates for row in trained(case, DIGITS).rows] == rows_on_digits(case.example)


def test_different_counts_are_one_line_a_row() -> None:
    """The updates, and both numbers of correctly classified samples; equal ones are left out."""
    assert list(differently_classified(run(3), run(4))) == ["after 8 updates: 3 classified correctly, not 4"]
    assert not list(differently_classified(run(3), run(3)))
    assert run(3, 2.0).distance(run(3, -1.0)) == 3.0
