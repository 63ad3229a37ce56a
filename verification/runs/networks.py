"""The trainings of network examples: each runs once in a session, recorded where something is printed or compared."""

from typing import Any, NamedTuple

from adapters import Evaluation, Parameters
from adapters.capabilities import stops_by_further_data
from adapters.schedule import training_of
from adapters.training import DivergedError, Run, train
from verification.case import Case
from verification.independence.watched_epoch import WatchedEpoch, watched_epoch
from verification.session import Session
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.claims import claims, quantity_of
from worked_examples.schema.trainings.training import Training

LONG = 1000  # updates; up to here the eager path is quick enough, and it is the one that the reader would write


def updates_per_epoch(example: NetworkExample) -> int:
    """How many updates an epoch makes."""
    return training_of(example).updates(example.data.samples)


def is_long(example: NetworkExample) -> bool:
    """Whether training runs in the engine's compiled loop."""
    return training_of(example).expected * updates_per_epoch(example) > LONG and not stops_by_further_data(example)


def evaluate(case: Case[NetworkExample], parameters: list[Parameters] | None = None) -> Evaluation:
    """One pass with these parameters, or with the initial ones."""
    return case.engine.evaluate(case.example, parameters, case.dtype)


class WatchedRun(NamedTuple):
    """A training, and what its trainer did in one more epoch, watched; None on the reference, from which others might borrow."""

    run: Run
    epoch: WatchedEpoch | None


def run(case: Case[NetworkExample], compiled: bool | None = None, limit: int = 0) -> Run:
    """The case's training, compiled where it is long unless ``compiled`` says otherwise, for at most ``limit`` epochs.

    Raises:
        FixtureError: where it diverges; the message names file, key, engine and epoch.

    """
    return watched_run(case, compiled, limit).run


def first_updates(case: Case[NetworkExample]) -> Run:
    """The first updates of a long training, eager."""
    return run(case, compiled=False, limit=first_epochs(case.example))


def first_epochs(example: NetworkExample) -> int:
    """The epochs in which the compiled loop and eager training are compared."""
    return LONG // updates_per_epoch(example)


def watched_epochs(case: Case[NetworkExample]) -> list[WatchedEpoch]:
    """One more epoch of every trainer that trains the example on a framework, the compiled and the eager one."""
    trained = [watched_run(case)]
    if trained[0].run.path == "compiled":
        trained.append(watched_run(case, compiled=False, limit=first_epochs(case.example)))
    return [each.epoch for each in trained if each.epoch]


def watched_run(case: Case[NetworkExample], compiled: bool | None = None, limit: int = 0) -> WatchedRun:
    """The case's training as ``run`` gives it, and then one epoch of the same trainer from parameters that nobody has seen."""
    path = is_long(case.example) if compiled is None else compiled
    epochs = limit or training_of(case.example).max_epochs

    def compute() -> WatchedRun:
        trainer = case.engine.trainer(case.example, case.dtype, path)
        try:
            finished = train(trainer, epochs, recorded_epochs(case.example), n_last=n_last_epochs(case.example))
        except DivergedError as error:
            where = f"{case.example.file}: training.learning_rate"
            raise FixtureError(f"{where}: on {case.engine_name}, {error}") from None
        is_reference = case.engine_name == "reference"
        return WatchedRun(finished, None if is_reference else watched_epoch(case.example, trainer, finished.parameters[0]))

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


def n_last_epochs(example: NetworkExample) -> int:
    """How many epochs to record where the stopping criterion holds: those that tell it from the epoch before."""
    return 3 if training_of(example).criterion.tests == "change" else 2


def printed_epochs(example: NetworkExample) -> set[int]:
    """The epochs whose parameters the printed numbers need: their own, and the next where they hold after or over its updates."""
    of_claims = {(claim.epoch, quantity_of(example, claim)) for claim in claims(example)}
    epochs = {epoch + quantity.after_update for epoch, quantity in of_claims}
    epochs |= {epoch + quantity.n_epochs for epoch, quantity in of_claims}
    return epochs | {statement.epoch for statement in example.statements if statement.epoch is not None}
