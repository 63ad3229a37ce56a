"""What a worker has computed already: engines are imported once, trainings run once."""

from functools import cache
from typing import Any, NamedTuple

from adapters import Engine, Evaluation, Parameters, load_engine
from adapters.capabilities import reason_unsupported
from adapters.training import DivergedError, Run, train
from worked_examples import Example, FixtureError, NetworkExample, load_all
from worked_examples.printed.claims import claims, quantity_of
from worked_examples.schema.training import Training

LONG = 1000  # updates; up to here the ordinary path is quick enough, and it is the one the reader would write

adapter = cache(load_engine)


class Case(NamedTuple):
    """An example on an engine."""

    example: NetworkExample
    engine: str
    dtype: str = "float64"

    @property
    def adapter(self) -> Engine:
        """The engine."""
        return adapter(self.engine)

    @property
    def training(self) -> Training:
        """The example's training."""
        assert self.example.training is not None, f"{self.example.id} has no training"
        return self.example.training

    @property
    def is_long(self) -> bool:
        """Whether training runs in the engine's compiled loop."""
        return self.training.expected * self.updates > LONG

    @property
    def updates(self) -> int:
        """How many updates an epoch makes."""
        return self.training.updates(self.example.data.samples)

    def evaluate(self, parameters: list[Parameters] | None = None) -> Evaluation:
        """One pass with these parameters, or with the initial weights."""
        return self.adapter.evaluate(self.example, parameters, self.dtype)


EXAMPLES: dict[str, Example] = {}
MOMENTS: dict[tuple[str, str, str, int], Any] = {}
RUNS: dict[tuple[str, str, str, bool, int], Run] = {}


def missing(case: Case) -> str:
    """Why an engine does not support an example: the first reason; empty where it supports it."""
    return reason_unsupported(case.example, case.adapter.unsupported)


def forget() -> None:
    """Empty the caches: for tests that change what computes."""
    RUNS.clear()
    MOMENTS.clear()


def run(case: Case, compiled: bool | None = None, limit: int = 0) -> Run:
    """The case's training, from the cache where it ran before; recorded where the page prints something too."""
    compiled = case.is_long if compiled is None else compiled
    limit = limit or case.training.max_epochs
    key = case.example.id, case.engine, case.dtype, compiled, limit
    if key not in RUNS:
        try:
            RUNS[key] = train(case.adapter.trainer(case.example, case.dtype, compiled), limit, recorded_epochs(case.example))
        except DivergedError as error:
            raise FixtureError(f"{case.example.file}: training.learning_rate: on {case.engine}, {error}") from None
    return RUNS[key]


def training_of(name: str) -> Training:
    """The training of another example of this run, or of ours.

    Raises:
        FixtureError: where there is none of this id.

    """
    example = EXAMPLES.get(name) or load_all().get(name)
    if not isinstance(example, NetworkExample) or example.training is None:
        raise FixtureError(f"'{name}' is no example with a training")
    return example.training


def recorded_epochs(example: NetworkExample) -> set[int]:
    """The epochs to record besides the checkpoints: those in print, and the last but one where no stop rule ends the training."""
    training = example.training
    return printed_epochs(example) | ({training.max_epochs - 1} if training and not training.stopping_criterion else set())


def printed_epochs(example: NetworkExample) -> set[int]:
    """The epochs whose parameters the printed numbers need: their own, and the next where they hold after the update."""
    epochs = {claim.epoch + quantity_of(example, claim).after_update for claim in claims(example)}
    return epochs | {statement.epoch for statement in example.statements if statement.epoch is not None}
