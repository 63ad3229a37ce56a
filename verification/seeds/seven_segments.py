"""The studies of numpy-dnn, 321_1 to 323_1: the 7-8-4 network on seven-segment samples."""

from collections.abc import Mapping

import numpy as np

from adapters import Array
from verification.seeds import measures
from verification.seeds.percentiles import Quantity
from verification.seeds.study import PrintedSnapshot, SeedResults, SeedStudy, snapshots, training_setup
from verification.seeds.trainings import SeedTrainings

ONE_SAMPLE, ORDERED, SHUFFLED = "numpy-dnn/321_1", "numpy-dnn/322_1", "numpy-dnn/323_1"


def one_sample(trainings: SeedTrainings) -> SeedResults:
    """numpy-dnn/321_1: the first epoch and the epoch where training stops."""
    setup, (start, end) = training_setup(ONE_SAMPLE), snapshots(ONE_SAMPLE)
    (outputs, loss), stopped = trainings.first_epoch(setup), trainings.until_stopped(setup)
    quantities = [
        Quantity(f"error at epoch {start.epoch}", start.loss, loss),
        *of_units(f"at epoch {start.epoch}", start, outputs[0]),
        Quantity("epoch where training stops", end.epoch, stopped.epoch),
        Quantity("error at the stop", end.loss, stopped.loss),
        *of_units("at the stop", end, stopped.output),
    ]
    claims = {
        f"training stops within the book's {setup.max_epochs:,} epochs": np.isfinite(stopped.epoch),
        "training never stops: all hidden ReLU units are dead, and only the output biases are updated": stopped.dead_units,
    }
    return SeedResults(quantities, {claim: measures.fraction(holds) for claim, holds in claims.items()})


def of_units(when: str, printed: PrintedSnapshot, output: Array) -> list[Quantity]:
    """Every printed output of one sample; ``output`` is ``(outputs, seeds)``."""
    return [Quantity(f"output {unit} {when}", text, output[unit]) for unit, text in enumerate(printed.outputs[0])]


def last_table(example_id: str, trainings: SeedTrainings) -> SeedResults:
    """The table of outputs of the last epoch: numpy-dnn/322_1 and 323_1."""
    setup, (printed,) = training_setup(example_id), snapshots(example_id)
    outputs, targets = trainings.last_epoch(setup), np.array(setup.targets)
    correct = measures.fraction(measures.all_correct(outputs, targets))
    quantities = measures.table_quantities(f"epoch {setup.max_epochs:,}", printed.outputs, outputs, targets)
    return SeedResults(quantities, {"every output is on its target's side of 0.5": correct})


def ordered(trainings: SeedTrainings) -> SeedResults:
    """numpy-dnn/322_1: the table after 10,000 epochs in the order of the page."""
    return last_table(ORDERED, trainings)


def shuffled(trainings: SeedTrainings) -> SeedResults:
    """numpy-dnn/323_1: the table after 10,000 epochs in the book's shuffled order, and whether the shuffle helps."""
    results = last_table(SHUFFLED, trainings)
    errors = [
        measures.mean_squared_error(trainings.last_epoch(setup), np.array(setup.targets))
        for setup in (training_setup(SHUFFLED), training_setup(ORDERED))
    ]
    claim = "shuffling helps: from the same weights, a smaller mean squared error than in the order of 322_1"
    return results._replace(claims=results.claims | {claim: measures.fraction(errors[0] < errors[1])})


STOP = {"stopping_criterion": "the first epoch, counted from 1, whose loss before the update is below {loss_below}"}
TABLE = {"outputs": "of the last epoch, each computed before its own sample's update"}
SEVEN_SEGMENTS: Mapping[str, SeedStudy] = {
    ONE_SAMPLE: SeedStudy((ONE_SAMPLE,), STOP, one_sample),
    ORDERED: SeedStudy((ORDERED,), TABLE, ordered),
    SHUFFLED: SeedStudy((SHUFFLED,), TABLE, shuffled),
}
