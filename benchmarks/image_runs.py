"""One example with images on one engine, timed in the present process."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from adapters import Array, BatchMetrics, Trainer
from adapters.log_rows import train_with_log
from benchmarks.examples import chosen
from verification.case import Case
from verification.images.data import STAND_INS, as_network, initial, is_available, pretrained_parameters, scaled, stand_in
from verification.images.inference import predicted
from verification.images.training_runs import batches, rows_on_digits, rows_on_page
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.schema.kinds.images import InferenceSetting


class Run(NamedTuple):
    """The data set, the path, seconds of compilation and of the rest, and the peak memory of the process in MiB."""

    data_set: str
    path: str
    compilation: float
    seconds: float
    peak: int


class TimedTrainer:
    """A trainer on batches that records the seconds of each call that trains, by the number of samples."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.path = trainer, trainer.path
        self.calls = dict[int, list[float]]()
        self.loss_on, self.outputs_for, self.parameters = trainer.loss_on, trainer.outputs_for, trainer.parameters
        self.advance, self.before_updates, self.restore = trainer.advance, trainer.before_updates, trainer.restore

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        started = time.perf_counter()
        metrics = self.trainer.train_batches(x, t, batch_size)
        self.calls.setdefault(len(x), []).append(time.perf_counter() - started)
        return metrics

    @property
    def compilation(self) -> float:
        """The seconds that first calls took longer than the quickest later ones with as many samples."""
        return sum(max(first - min(later), 0.0) for first, *later in self.calls.values() if later)


def train(case: Case[ImageExample]) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of a training run."""
    example, data_set = case.example, case.example.data.images
    train, test = (scaled(case.session, data_set, split, example.data.divisor) for split in ("training", "test"))
    log_updates = rows_on_digits(example) if data_set in STAND_INS else rows_on_page(example)
    schedule, started = batches(example, len(train.t), log_updates[-1]), time.perf_counter()
    parameters = initial(example, train.x.shape[1])
    trainer = TimedTrainer(case.engine.trainer(as_network(example, parameters, train), case.dtype, compiled=True))
    for _ in train_with_log(trainer, train, test, schedule, log_updates, {"n_correct", *example.names.values()}):
        pass
    return trainer.path, trainer.compilation, time.perf_counter() - started


def infer(case: Case[ImageExample]) -> tuple[str, float, float]:
    """Path, seconds of compilation and all seconds of inference under every setting once; a second time tells compilation."""
    example, session = case.example, case.session
    none = scaled(session, example.data.images, "test", "255").rows(slice(0))
    is_stand_in = example.data.images in STAND_INS
    parameters = initial(example, none.x.shape[1]) if is_stand_in else pretrained_parameters(session, example)
    trainer = case.engine.trainer(as_network(example, parameters, none), case.dtype, compiled=True)
    first, later = (sum(predicted(session, example, trainer, setting).seconds for setting in settings(example)) for _ in range(2))
    return trainer.path, max(first - later, 0.0), first


def settings(example: ImageExample) -> Iterator[InferenceSetting]:
    """The inference settings; on the digits only those of batch size 1, for other sizes do not divide their number."""
    is_stand_in = example.data.images in STAND_INS
    yield from (setting for setting in example.inference_settings if setting.batch_size == 1 or not is_stand_in)


def with_available_images(session: Session, example: ImageExample) -> ImageExample:
    """The example itself where its images and pretrained parameters are available, else the same network on the digits."""
    if is_available(session, example):
        return example
    return example.model_copy(update={"data": example.data.model_copy(update={"images": stand_in(example)})})


def measure(name: str, engine_name: str, directory: Path | None) -> Run:
    """One example on one engine, in the process that calls this."""
    session = Session(data=directory)
    case = Case(with_available_images(session, chosen(name, ImageExample)), engine_name, session)
    path, compilation, seconds = train(case) if case.example.training else infer(case)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Run(case.example.data.images, path, compilation, seconds - compilation, peak)
