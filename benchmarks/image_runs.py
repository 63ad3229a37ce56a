"""One example with images on one engine, timed in the present process."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from verification.images.image_data import DIRECTORY, initial, scaled

from adapters import Array, BatchMetrics, Engine, MinibatchTrainer, load_engine
from adapters.log_rows import train_with_log
from adapters.schedule import minibatches
from benchmarks.examples import chosen
from verification.images.inference import predicted, pretrained_parameters
from verification.images.training_runs import on_digits, on_page
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError
from worked_examples.schema.kinds.images import InferenceSetting
from worked_examples.schema.minibatch import MinibatchTraining

SKLEARN_DIGITS = "digits"
"""The data set that is always there: scikit-learn's handwritten digits."""


class Run(NamedTuple):
    """The data set, the path, seconds of compilation and of the rest, and the peak memory of the process in MiB."""

    data_set: str
    path: str
    compilation: float
    seconds: float
    peak: int


class TimedTrainer:
    """A trainer that records the seconds of each call that trains, by the number of samples."""

    def __init__(self, trainer: MinibatchTrainer) -> None:
        self.trainer, self.path = trainer, trainer.path
        self.calls = dict[int, list[float]]()
        self.loss, self.outputs, self.parameters = trainer.loss, trainer.outputs, trainer.parameters

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """See ``adapters.MinibatchTrainer``."""
        begun = time.perf_counter()
        metrics = self.trainer.learn(x, labels, batch)
        self.calls.setdefault(len(x), []).append(time.perf_counter() - begun)
        return metrics

    @property
    def compilation(self) -> float:
        """The seconds that first calls took longer than the quickest later ones with as many samples."""
        return sum(max(first - min(later), 0.0) for first, *later in self.calls.values() if later)


def train(example: ImageExample, training: MinibatchTraining, engine: Engine) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of a training run."""
    train, test = (scaled(example.images.data_set, part, example.images.divisor) for part in ("training", "test"))
    log_updates = on_digits(example) if example.images.data_set == SKLEARN_DIGITS else on_page(example)
    batches, begun = minibatches(training, len(train.labels)), time.perf_counter()
    trainer = TimedTrainer(engine.minibatch_trainer(example, initial(example, train.x.shape[1]), "float64", compiled=True))
    for _ in train_with_log(trainer, train, test, batches, log_updates, {"n_correct", *example.names.values()}):
        pass
    return trainer.path, trainer.compilation, time.perf_counter() - begun


def infer(example: ImageExample, engine: Engine) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of inference under every setting once; a second time tells compilation."""
    if example.images.data_set == SKLEARN_DIGITS:
        parameters = initial(example, scaled(SKLEARN_DIGITS, "test", "255").x.shape[1])
    else:
        parameters = pretrained_parameters(example)
    trainer = engine.minibatch_trainer(example, parameters, "float64", compiled=True)
    first, later = (sum(predicted(example, trainer, setting).seconds for setting in settings(example)) for _ in range(2))
    return trainer.path, max(first - later, 0.0), first


def settings(example: ImageExample) -> Iterator[InferenceSetting]:
    """The inference settings; on the digits only those of batch size 1, for other sizes do not divide their number."""
    yield from (
        setting for setting in example.inference_settings if setting.batch_size == 1 or example.images.data_set != SKLEARN_DIGITS
    )


def with_available_images(example: ImageExample) -> ImageExample:
    """The example itself where its images and pretrained parameters are available, else the same network on the digits."""
    try:
        scaled(example.images.data_set, "test", "255")
        if example.network.pretrained:
            pretrained_parameters(example)
    except MissingDataError:
        images = example.images.model_copy(update={"data_set": SKLEARN_DIGITS})
        return example.model_copy(update={"images": images})
    return example


def measure(name: str, engine_name: str, directory: Path | None) -> Run:
    """One example on one engine, in the process that calls this."""
    DIRECTORY[:] = [directory] if directory else []
    example, engine = with_available_images(chosen(name, ImageExample)), load_engine(engine_name)
    path, compilation, seconds = train(example, example.training, engine) if example.training else infer(example, engine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Run(example.images.data_set, path, compilation, seconds - compilation, peak)
