"""Learning curves show print, engines and seeds, each once."""

from collections.abc import Callable

import numpy as np
import pytest

from report.pictures.learning_curves import learning_curves, seed_range, stretches
from verification.records import ExampleResult, ImageResult


@pytest.fixture
def example(trained_on_images: Callable[..., ExampleResult]) -> ExampleResult:
    """A training on images of which two log rows are printed."""
    return trained_on_images()


@pytest.fixture
def images(example: ExampleResult) -> ImageResult:
    """What is recorded of it."""
    assert example.images
    return example.images


def test_an_accuracy_has_the_seeds_of_its_correctly_classified_images(example: ExampleResult, images: ImageResult) -> None:
    """An accuracy without a percentile has that of its row's ``n_correct``, divided by all images; without that it has none."""
    _, _, first, _, _, last = images.printed
    assert seed_range(images, example.percentiles, first) == [0.70, 0.75, 0.80]
    assert np.isnan(seed_range(images, example.percentiles, last)).all()


def test_curves_leave_out_counts(example: ExampleResult, images: ImageResult) -> None:
    """``n_correct`` and ``n_wrong`` are not plotted beside their accuracy."""
    plotted = learning_curves(images, example.percentiles, ["reference", "keras"])
    assert plotted is not None
    figure, description = plotted
    assert [axes.get_title() for axes in figure.axes] == ["accuracy"]
    assert description == "accuracy at 2 printed log rows, printed from 0.76 to 0.85"


def test_curves_break_where_log_rows_are_far_apart() -> None:
    """A step of more than ten times the smallest begins a new stretch."""
    assert stretches([1, 2, 3, 998, 999]) == [slice(0, 3), slice(3, 5)]
    assert stretches([10_000, 20_000, 30_000]) == [slice(0, 3)]


@pytest.mark.parametrize("engines", [["reference", "keras"], ["keras"]])
def test_every_engine_has_its_curve(example: ExampleResult, images: ImageResult, engines: list[str]) -> None:
    """The legend names the engines of the run, the seeds and the print, each once."""
    plotted = learning_curves(images, example.percentiles, engines)
    assert plotted is not None
    assert [text.get_text() for text in plotted[0].legends[0].get_texts()] == ["all seeds", "their median", *engines, "printed"]


def test_one_log_row_makes_no_curve(images: ImageResult) -> None:
    """A curve needs two printed log rows of a quantity, and an engine that gave any."""
    assert learning_curves(images.model_copy(update={"printed": images.printed[:3]}), [], ["keras"]) is None
    assert learning_curves(images.model_copy(update={"log_rows": {}}), [], ["keras"]) is None
