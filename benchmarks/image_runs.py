"""One example with images on one engine, timed in the process that this runs in."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from verification.images.image_data import DIRECTORY, initial, scaled

from adapters import Array, BatchMetrics, Engine, MinibatchTrainer, load_engine
from adapters.log_rows import train_with_log
from adapters.schedule import minibatches
from verification.images.inference import predicted, pretrained_parameters
from verification.images.training_runs import on_digits, on_page
from worked_examples import ImageExample, load_all
from worked_examples.errors import MissingDataError


class Run(NamedTuple):
    """The set of images, how it was computed, seconds of compilation and of the rest, the peak memory of the process in MiB."""

    data: str
    path: str
    compilation: float
    seconds: float
    peak: int


class Timed:
    """A learner that remembers how long each of its updates took, by the number of patterns handed to it."""

    def __init__(self, trainer: MinibatchTrainer) -> None:
        self.trainer, self.path, self.calls = trainer, trainer.path, dict[int, list[float]]()
        self.loss, self.outputs, self.parameters = trainer.loss, trainer.outputs, trainer.parameters

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        begun = time.perf_counter()
        found = self.trainer.train_batches(x, labels, batch_size)
        self.calls.setdefault(len(x), []).append(time.perf_counter() - begun)
        return found

    @property
    def compilation(self) -> float:
        """What the first calls took longer than the quickest later ones of as many patterns."""
        return sum(max(first - min(later), 0.0) for first, *later in self.calls.values() if later)


def learn(example: ImageExample, adapter: Engine) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of a course."""
    assert example.training, "only what learns has a course"
    train, test = (scaled(example.images.data_set, part, example.images.divisor) for part in ("training", "test"))
    lines = on_digits(example) if example.images.data_set == "sklearn_digits" else on_page(example)
    order, begun = minibatches(example.training, len(train.labels)), time.perf_counter()
    trainer = Timed(adapter.minibatch_trainer(example, initial(example, train.x.shape[1]), "float64", compiled=True))
    for _ in train_with_log(trainer, train, test, order, lines, {"n_correct", *example.names.values()}):
        pass
    return trainer.path, trainer.compilation, time.perf_counter() - begun


def ask(example: ImageExample, adapter: Engine) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of asking under every condition once."""
    digits = example.images.data_set == "sklearn_digits"
    weights = initial(example, scaled("sklearn_digits", "test", "255").x.shape[1]) if digits else pretrained_parameters(example)
    trainer = adapter.minibatch_trainer(example, weights, "float64", compiled=True)
    first, later = (sum(predicted(example, trainer, one).seconds for one in conditions(example)) for _ in range(2))
    return trainer.path, max(first - later, 0.0), first


def conditions(example: ImageExample) -> Iterator[Any]:
    """The conditions; on the digits those that ask one by one, for other batches leave a rest."""
    yield from (one for one in example.inference_settings if one.batch_size == 1 or example.images.data_set != "sklearn_digits")


def measure(name: str, engine_name: str, directory: Path | None) -> Run:
    """One example on one engine, in the process that this is called in."""
    DIRECTORY[:] = [directory] if directory else []
    example = chosen(name)
    try:
        scaled(example.images.data_set, "test", "255")
        if example.network.pretrained:
            pretrained_parameters(example)
    except MissingDataError:
        example = example.model_copy(update={"images": example.images.model_copy(update={"set": "sklearn_digits"})})
    path, compilation, seconds = (learn if example.training else ask)(example, load_engine(engine_name))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Run(example.images.data_set, path, compilation, seconds - compilation, peak)


def chosen(name: str) -> ImageExample:
    """An example by its id."""
    found = load_all()[name]
    assert isinstance(found, ImageExample), f"{name} has no images"
    return found
