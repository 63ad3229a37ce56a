"""What a study of seeds is: trainings read from fixtures, printed results of runs that cannot be repeated, and what is measured."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from verification.seeds.measures import PrintedOutputs
from verification.seeds.percentiles import Quantity
from verification.seeds.setups import Setup, setup_of
from verification.seeds.trainings import SeedTrainings
from worked_examples import FixtureError, NetworkExample
from worked_examples.loading import ROOT, load
from worked_examples.schema.page import lookup


class PrintedSnapshot(NamedTuple):
    """What a page prints at one epoch: the epoch, the loss (empty where it is not printed), and the outputs, a sample a row."""

    epoch: str
    loss: str
    outputs: PrintedOutputs


class SeedResults(NamedTuple):
    """What the seeds gave: the quantities, and for each claim the fraction of seeds for which it holds."""

    quantities: list[Quantity]
    claims: dict[str, float]


class SeedStudy(NamedTuple):
    """One study: the examples whose networks are trained, further fields of its recipe, and how it is measured.

    ``order`` replaces the fixtures' order of the samples.
    """

    examples: tuple[str, ...]
    details: Mapping[str, Any]
    measure: Callable[[SeedTrainings], SeedResults]
    order: str = ""

    @property
    def setups(self) -> list[Setup]:
        """The trainings of the study."""
        return [training_setup(name, self.order) for name in self.examples]


def network(example_id: str) -> NetworkExample:
    """An example of ours that is a network.

    Raises:
        FixtureError: where it is of another kind.

    """
    example = load(ROOT / f"{example_id}.toml")
    if not isinstance(example, NetworkExample):
        raise FixtureError(f"'{example_id}' is not a network")
    return example


def training_setup(example_id: str, order: str = "") -> Setup:
    """The training of an example."""
    return setup_of(network(example_id), order)


def snapshots(example_id: str) -> list[PrintedSnapshot]:
    """The unreproducible results of an example, in the order of print."""
    example, printed_snapshots = network(example_id), list[PrintedSnapshot]()
    for block in example.unreproducible_results:
        parts = {lookup(example.names, block, item.name).part: item.values for item in block.items}
        outputs = tuple(tuple(row) for row in parts["output"])
        printed_snapshots.append(PrintedSnapshot(parts.get("epoch", str(block.epoch)), parts.get("loss", ""), outputs))
    return printed_snapshots
