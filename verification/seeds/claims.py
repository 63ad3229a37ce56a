"""The fraction of seeds for which a sentence holds: the fixture's own sentences, and those that every block leads to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from adapters import Array
from verification.seeds import measures
from verification.seeds.setups import AT_STOP, Setup, label
from verification.seeds.trainings import Snapshot
from worked_examples import FixtureError, NetworkExample
from worked_examples.expression.evaluation import evaluate

Values: TypeAlias = dict[str, Any]


class Study(NamedTuple):
    """The runs of all seeds of one example: what is printed, and when, and what each seed gives then."""

    example: NetworkExample
    setup: Setup
    snapshots: list[Snapshot]

    @property
    def n_seeds(self) -> int:
        """The number of seeds."""
        return len(self.snapshots[0].epoch)


Find: TypeAlias = Callable[[str], Study]


def numbers_of(study: Study) -> Mapping[str, list[Array]]:
    """For every block the mean squared error, the loss and the epoch of each seed ``(seeds,)``."""
    targets = study.setup.targets
    return {
        "error": [measures.mean_squared_error(snapshot.output, targets) for snapshot in study.snapshots],
        "loss": [snapshot.loss for snapshot in study.snapshots],
        "epoch": [snapshot.epoch for snapshot in study.snapshots],
    }


def by_seed(study: Study) -> list[Values]:
    """For every seed its numbers by name, a list each, one entry a block."""
    columns = {name: np.array(arrays).T.tolist() for name, arrays in numbers_of(study).items()}
    return [{name: rows[seed] for name, rows in columns.items()} for seed in range(study.n_seeds)]


def stated(study: Study, find: Find) -> Iterator[tuple[str, float]]:
    """The fixture's own sentences, each with its fraction of seeds; ``find`` gives the study of another example.

    Raises:
        FixtureError: where a test has no value, or one that is no fraction.

    """
    claims = study.example.seeds.claims if study.example.seeds else []
    every, others = by_seed(study), dict[str, list[Values]]()

    def of_other(example_id: str) -> list[Values]:
        if example_id not in others:
            others[example_id] = by_seed(find(example_id))
        return others[example_id]

    for position, claim in enumerate(claims):
        results = []
        for seed, values in enumerate(every):
            output = [snapshot.output[..., seed].tolist() for snapshot in study.snapshots]
            names = {**values, "output": output, "target": study.setup.targets.tolist(), "all_seeds": of_other}
            names["same_seed"] = lambda example_id, at=seed: of_other(example_id)[at]
            results.append(fraction(study, position, claim.test, names))
        yield claim.says, float(np.mean(results))


def fraction(study: Study, position: int, test: str, names: Values) -> float:
    """What one seed gives: whether a sentence holds, or how often.

    Raises:
        FixtureError: where the test has no value, or one that is not from 0 to 1.

    """
    key = f"{study.example.file}: seeds.claims[{position}].test"
    try:
        value = evaluate(test, names)
    except ValueError as error:
        raise FixtureError(f"{key}: {error}") from None
    if isinstance(value, (str, list, dict)) or not 0 <= value <= 1:
        raise FixtureError(f"{key}: neither a truth value nor a number from 0 to 1")
    return float(value)


def of_blocks(study: Study) -> Iterator[tuple[str, float]]:
    """What every block leads to: that outputs are on their targets' sides, that training stops, that it never does."""
    setup = study.setup
    for moment, snapshot in zip(setup.moments, study.snapshots, strict=True):
        if len(setup.targets) > 1:
            correct = measures.all_correct(snapshot.output, setup.targets)
            yield f"{label(moment, setup.training)}: every output is on its target's side of 0.5", measures.fraction(correct)
        if moment == AT_STOP:
            stops = np.isfinite(snapshot.epoch)
            yield f"training stops within {setup.training.max_epochs:,} epochs", measures.fraction(stops)
            if setup.activations[0] == "relu":
                dead = "training never stops: all ReLU units of the first layer are dead"
                yield dead, measures.fraction(snapshot.dead_units == 1)


def fractions(study: Study, find: Find) -> Sequence[tuple[str, float]]:
    """All sentences, each with the fraction of seeds for which it holds."""
    return [*of_blocks(study), *stated(study, find)]
