"""The recipes in the committed files are those of the fixtures."""

import pytest

from verification.seeds.image_study import ENGINE, n_seeds
from verification.seeds.recipes import image_recipe, setup_recipe
from verification.seeds.seed_files import committed_seeds
from verification.seeds.setups import Setup
from verification.seeds.study_files import STUDIES, recipe
from worked_examples import ImageExample, load_all

IMAGES = {name: example for name, example in load_all().items() if isinstance(example, ImageExample) and example.training}


@pytest.mark.parametrize("name", STUDIES)
def test_the_committed_recipe_is_that_of_the_fixture(name: str) -> None:
    """Data, network and hyperparameters from the fixture, in words, are what the committed file says was trained."""
    seed_file = committed_seeds(name)
    assert seed_file
    assert seed_file.recipe == recipe(name)


@pytest.mark.parametrize("name", IMAGES)
def test_the_committed_recipe_of_images_is_that_of_the_fixture(name: str) -> None:
    """Network, images and training in the committed recipe are the fixture's, and there are at least 20 seeds."""
    seed_file, seeds = committed_seeds(name), n_seeds(IMAGES[name])
    assert seed_file
    assert seed_file.recipe == image_recipe(IMAGES[name], seeds, ENGINE)
    assert seeds >= 20


def test_a_setup_in_words(one_sample: Setup) -> None:
    """Every field of the setup is there, samples one a line."""
    words = setup_recipe(one_sample)
    assert words.training == "half squared error, batch size 1, learning rate 0.01"
    assert words.samples == ["1 1 0 1 1 0 1 -> 0 0 1 0"]
    assert words.kernels[0] == "he: standard_normal times sqrt(2 / inputs)"


def test_an_image_network_without_training_has_no_recipe() -> None:
    """A pretrained network has no seeds."""
    with pytest.raises(ValueError, match="no training"):
        image_recipe(next(e for e in load_all().values() if isinstance(e, ImageExample) and not e.training), 20, ENGINE)
