"""The trainings of network examples: each runs once in a session, recorded where something is printed or compared."""

from typing import Any

from adapters import Evaluation, Parameters
from adapters.schedule import training_of
from adapters.training import DivergedError, Run, train
from verification.case import Case
from verification.session import Session
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.claims import claims, quantity_of
from worked_examples.schema.training import Training

LONG = 1000  # updates; up to here the eager path is quick enough, and it is the one that the reader would write


def updates_per_epoch(example: NetworkExample) -> int:
    """How many updates an epoch makes."""
    return training_of(example).updates(example.data.samples)


def is_long(example: NetworkExample) -> bool:
    """Whether training runs in the engine's compiled loop."""
    return training_of(example).expected * updates_per_epoch(example) > LONG


def evaluate(case: Case[NetworkExample], parameters: list[Parameters] | None = None) -> Evaluation:
    """One pass with these parameters, or with the initial ones."""
    return case.engine.evaluate(case.example, parameters, case.dtype)


def run(case: Case[NetworkExample], compiled: bool | None = None, limit: int = 0) -> Run:
    """The case's training, compiled where it is long unless ``compiled`` says otherwise, for at most ``limit`` epochs.

    Raises:
        FixtureError: where it diverges; the message names file, key, engine and epoch.

    """
    path = is_long(case.example) if compiled is None else compiled
    epochs = limit or training_of(case.example).max_epochs

    def compute() -> Run:
        trainer = case.engine.trainer(case.example, case.dtype, path)
        try:
            return train(trainer, epochs, recorded_epochs(case.example))
        except DivergedError as error:
            where = f"{case.example.file}: training.learning_rate"
            raise FixtureError(f"{where}: on {case.engine_name}, {error}") from None

    return case.session.once(("run", *case.key, path, epochs), compute)


def training_by_id(session: Session, name: str) -> Training:
    """The training of another example of this run, or of ours.

    Raises:
        FixtureError: where there is none of this id.

    """
    example: Any = session.example(name)
    if not isinstance(example, NetworkExample) or example.training is None:
        raise FixtureError(f"'{name}' is not an example with a training")
    return example.training


def recorded_epochs(example: NetworkExample) -> set[int]:
    """The epochs to record besides the checkpoints: those in print, and the last but one where no criterion ends the training."""
    ends_by_count = example.training is not None and example.training.stopping_criterion is None
    return printed_epochs(example) | ({training_of(example).max_epochs - 1} if ends_by_count else set())


def printed_epochs(example: NetworkExample) -> set[int]:
    """The epochs whose parameters the printed numbers need: their own, and the next where they hold after the update."""
    epochs = {claim.epoch + quantity_of(example, claim).after_update for claim in claims(example)}
    return epochs | {statement.epoch for statement in example.statements if statement.epoch is not None}
