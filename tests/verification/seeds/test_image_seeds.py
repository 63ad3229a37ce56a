"""The committed seeds of image learnings: made as the fixtures say, complete, and judged by their own values."""

import numpy as np
import pytest

from verification.images.image_data import with_percentile
from verification.seeds.image_seeds import FEWER, SEEDS, recipe
from verification.seeds.percentiles import Quantity, entry
from verification.seeds.seed_files import committed
from worked_examples import ImageExample, load_all

LEARNT = {name: found for name, found in load_all().items() if isinstance(found, ImageExample) and found.training}


@pytest.mark.parametrize("name", LEARNT)
def test_the_seeds_are_those_of_the_fixture(name: str) -> None:
    """Network, images and learning in the committed recipe are the fixture's, and there are at least 20 seeds."""
    seeds = FEWER.get(name, SEEDS)
    assert seeds >= 20
    assert committed(name)["recipe"] == recipe(LEARNT[name], seeds)


@pytest.mark.parametrize("name", LEARNT)
def test_every_printed_result_has_its_place(name: str) -> None:
    """The committed quantities are the printed results, text by text, and no others."""
    kept = [(quantity["name"], quantity["printed"]) for quantity in committed(name)["quantities"]]
    assert kept == [(place.title, place.text) for place in with_percentile(LEARNT[name])]


@pytest.mark.parametrize("name", LEARNT)
def test_places_follow_from_the_values(name: str) -> None:
    """Quantiles, percentile and verdict are those of the committed values of all seeds."""
    for quantity in committed(name)["quantities"]:
        values = np.array(quantity["values"])
        assert len(values) == FEWER.get(name, SEEDS)
        right = entry(Quantity(quantity["name"], quantity["printed"], values))
        assert {key: quantity[key] for key in right} == right
