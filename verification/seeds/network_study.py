"""The file of one network on given data: the trainings of all its seeds, and two seeds' first epochs for a quick check."""

import platform
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from verification.progress import ProgressLines
from verification.seeds import measures
from verification.seeds.claims import Study, fractions
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.recipes import study_recipe
from verification.seeds.records import Outputs, SeedClaim, SeedFile
from verification.seeds.resumption import digest, resumed
from verification.seeds.seed_files import unfinished_path
from verification.seeds.setups import AT_STOP, Moment, Setup, label, setup_of
from verification.seeds.trainings import Snapshot, as_columns, from_columns, outputs_after, snapshots
from worked_examples import FixtureError, NetworkExample
from worked_examples.loading import load
from worked_examples.schema.page import lookup
from worked_examples.schema.unreproducible import UnreproducibleBlock

SEEDS = 1000
PART = 500  # seeds that are trained at once
EARLY = 20  # epochs after which the first two seeds are compared with the committed file


class Studies:
    """The studies of one run of the command: an example that another one's claims need is trained once."""

    def __init__(self, n_seeds: int, progress: ProgressLines) -> None:
        self.n_seeds, self.progress, self.studies = n_seeds, progress, dict[Path, Study]()

    def of(self, example: NetworkExample) -> Study:
        """The study of an example; an interrupted one goes on."""
        file = example.file.absolute()
        if file not in self.studies:
            setup = setup_of(example)
            compute = partial(self.columns, example.id, setup)
            unfinished, key = unfinished_path(example), f"{digest(example)} {self.n_seeds}"
            columns = resumed(unfinished, key, range(self.n_seeds), PART, compute)
            self.studies[file] = Study(example, setup, from_columns(setup, columns))
        return self.studies[file]

    def columns(self, example_id: str, setup: Setup, seeds: range) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """The trainings of some seeds as a table."""
        self.progress.label = f"{example_id}, seeds {seeds[0]} to {seeds[-1]} of {self.n_seeds:,}"
        return as_columns(snapshots(setup, seeds, self.progress))

    def beside(self, example: NetworkExample, other: str) -> Study:
        """The study of another example, whose fixture is where its id says.

        Raises:
            FixtureError: where there is none, or it is no network.

        """
        found = load(example.file.absolute().parent.parent / f"{other}.toml")
        if not isinstance(found, NetworkExample):
            raise FixtureError(f"{example.file}: seeds.claims: '{other}' is not a network")
        return self.of(found)


def network_file(example: NetworkExample, studies: Studies) -> SeedFile:
    """The file of one example; its seconds leave out a training that an example before it has already needed.

    Raises:
        FixtureError: where no seed has a printed result, or a claim cannot be tested.

    """
    started = time.perf_counter()
    study = studies.of(example)
    claims = fractions(study, partial(studies.beside, example))
    try:
        measured = [among_seeds(quantity) for quantity in quantities(study)]
    except ValueError as error:
        raise FixtureError(f"{example.file}: {error}; take more seeds, or check the training") from None
    return SeedFile(
        id=example.id,
        recipe=study_recipe(example, study.setup, study.n_seeds),
        quantities=measured,
        claims=[SeedClaim(claim=claim, fraction=fraction) for claim, fraction in claims],
        early_epochs=EARLY,
        early_outputs=early_outputs(study.setup),
        versions={"python": platform.python_version(), "numpy": np.__version__},
        seconds=round(time.perf_counter() - started, 1),
    )


def early_outputs(setup: Setup) -> Outputs:
    """The outputs ``(samples, outputs, 2)`` of seeds 0 and 1 after ``EARLY`` epochs."""
    values: Outputs = outputs_after(setup, (0, 1), EARLY).tolist()
    return values


def quantities(study: Study) -> Iterator[Quantity]:
    """Every printed result among the seeds, block by block."""
    blocks = study.example.unreproducible_results
    for block, moment, snapshot in zip(blocks, study.setup.moments, study.snapshots, strict=True):
        yield from of_block(study, block, moment, snapshot)


def of_block(study: Study, block: UnreproducibleBlock, moment: Moment, snapshot: Snapshot) -> Iterator[Quantity]:
    """The printed results of one block; a table of several samples is measured as a whole too."""
    when = label(moment, study.setup.training)
    for item in block.items:
        part = lookup(study.example.names, block, item.name).part
        if part == "loss":
            yield Quantity(f"{when}, {part}", str(item.values), snapshot.loss)
        elif part == "epoch" and moment == AT_STOP:
            yield Quantity(f"{when}, {part}", str(item.values), snapshot.epoch)
        elif part == "output":
            printed = tuple(tuple(row) for row in item.values)
            yield from measures.single_outputs(when, printed, snapshot.output)
            if len(printed) > 1:
                yield from measures.whole_table(when, printed, snapshot.output, study.setup.targets)
