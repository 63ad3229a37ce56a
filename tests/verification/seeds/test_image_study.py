"""The committed seeds of networks on images: complete, and consistent with their own values."""

import numpy as np
import pytest
from verification.images.image_data import with_percentile

from adapters.log_rows import LogRow
from verification.seeds import image_study
from verification.seeds.image_study import column, n_seeds, quantities
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import committed
from worked_examples import ImageExample, load_all

TRAINED = {name: found for name, found in load_all().items() if isinstance(found, ImageExample) and found.training}


@pytest.fixture(params=list(TRAINED))
def seeds(request: pytest.FixtureRequest) -> SeedFile:
    """The committed seeds of each example with a training on images."""
    found = committed(request.param)
    assert found
    return found


def test_every_printed_result_has_its_percentile(seeds: SeedFile) -> None:
    """The committed quantities are the printed results, text by text, and no others."""
    printed = [(quantity.name, quantity.printed) for quantity in seeds.quantities]
    assert printed == [(result.title, result.text) for result in with_percentile(TRAINED[seeds.id])]


def test_percentiles_follow_from_the_values(seeds: SeedFile) -> None:
    """Quantiles, percentile and verdict are those of the committed values of all seeds."""
    for quantity in seeds.quantities:
        assert len(quantity.values) == n_seeds(TRAINED[seeds.id])
        computed = among_seeds(Quantity(quantity.name, quantity.printed, np.array(quantity.values)))
        assert quantity.model_copy(update={"values": []}) == computed


def test_a_long_training_has_fewer_seeds() -> None:
    """Ten million samples are trained from 20 seeds, 180,000 from 50."""
    assert (n_seeds(TRAINED["study-notes/twolayer"]), n_seeds(TRAINED["numpy-dnn/325_1"])) == (20, 50)


def test_results_are_read_from_the_log_rows_of_all_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column has one value a seed, that of the row after the result's updates, and is kept in the file."""
    example = TRAINED["dl-python/twolayer-backprop"]
    results = with_percentile(example)
    seeds = [[LogRow(result.updates, {result.quantity: seed}, 0.0) for result in results] for seed in (2.0, 3.0)]
    assert column(seeds, results[0]).tolist() == [2.0, 3.0]
    assert [quantity.values for quantity in quantities(example, seeds)] == [[2.0, 3.0]] * len(results)
    assert image_study.ENGINE == "keras"
