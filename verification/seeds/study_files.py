"""The file of one study: the trainings of all its seeds, what they gave, and the first epochs of two seeds for a quick check."""

import platform
import time
from collections.abc import Mapping

import numpy as np

from verification.progress import ProgressLines
from verification.seeds.percentiles import among_seeds
from verification.seeds.recipes import study_recipe
from verification.seeds.records import Outputs, SeedClaim, SeedFile, StudyRecipe
from verification.seeds.seven_segments import SEVEN_SEGMENTS
from verification.seeds.study import SeedStudy
from verification.seeds.trainings import SeedTrainings, outputs_at
from verification.seeds.xor import XOR

STUDIES: Mapping[str, SeedStudy] = {**SEVEN_SEGMENTS, **XOR}
SEEDS = 1000
EARLY = 20  # epochs after which the first two seeds are compared with the committed file


def recipe(example_id: str, n_seeds: int = SEEDS) -> StudyRecipe:
    """How the seeds of an example are trained."""
    return study_recipe(STUDIES[example_id].setups, STUDIES[example_id].details, n_seeds)


def early_outputs(example_id: str) -> dict[str, Outputs]:
    """The outputs ``(samples, outputs, 2)`` of seeds 0 and 1 after ``EARLY`` epochs, for each network of a study."""
    setups = STUDIES[example_id].setups
    return {setup.label: outputs_at(setup, (0, 1), (EARLY,), lambda _: None)[EARLY].tolist() for setup in setups}


def study_file(example_id: str, trainings: SeedTrainings, progress: ProgressLines) -> SeedFile:
    """The file of one example; its seconds leave out a training that an example before it has already needed."""
    started, progress.label = time.perf_counter(), example_id
    results = STUDIES[example_id].measure(trainings)
    return SeedFile(
        id=example_id,
        recipe=recipe(example_id, trainings.n_seeds),
        quantities=[among_seeds(quantity) for quantity in results.quantities],
        claims=[SeedClaim(claim=claim, fraction=fraction) for claim, fraction in results.claims.items()],
        early_epochs=EARLY,
        early_outputs=early_outputs(example_id),
        versions={"python": platform.python_version(), "numpy": np.__version__},
        seconds=round(time.perf_counter() - started, 1),
    )
