"""The files of the studies against their code, without the long trainings."""

import numpy as np
import pytest

from verification.progress import ProgressLines
from verification.seeds.seed_files import committed_seeds
from verification.seeds.study_files import EARLY, STUDIES, early_outputs, study_file
from verification.seeds.trainings import SeedTrainings


@pytest.mark.parametrize("name", STUDIES)
def test_the_first_two_seeds_come_out_as_committed(name: str) -> None:
    """After a few epochs the outputs of two seeds are the committed ones.

    At most 200 updates of some 20 operations: 4,000 roundings of 2^-53, which so short trainings do not amplify, stay below 2^-40.
    """
    seed_file = committed_seeds(name)
    assert seed_file
    assert seed_file.early_epochs == EARLY
    assert list(seed_file.early_outputs) == list(early_outputs(name))
    for label, outputs in early_outputs(name).items():
        np.testing.assert_allclose(outputs, seed_file.early_outputs[label], rtol=0, atol=2.0**-40)


@pytest.mark.parametrize("name", STUDIES)
def test_quantities_and_claims_are_the_committed_ones(name: str, constant_trainings: SeedTrainings) -> None:
    """The code measures the committed quantities and claims, of the printed texts; what is derived may depend on the seeds."""
    seed_file, recomputed = committed_seeds(name), study_file(name, constant_trainings, ProgressLines())
    assert seed_file
    committed_texts, texts = (
        [(quantity.name, quantity.derived or quantity.printed) for quantity in content.quantities]
        for content in (seed_file, recomputed)
    )
    assert texts == committed_texts
    assert [claim.claim for claim in recomputed.claims] == [claim.claim for claim in seed_file.claims]


def test_a_study_file_is_complete(constant_trainings: SeedTrainings) -> None:
    """Constant trainings stop at epoch 1, so that the printed 27818 lies outside all seeds."""
    content = study_file("numpy-dnn/321_1", constant_trainings, ProgressLines())
    assert content.quantities[5].verdict == "outside"
    assert content.recipe.n_seeds == 2
    assert set(content.versions) == {"python", "numpy"}
