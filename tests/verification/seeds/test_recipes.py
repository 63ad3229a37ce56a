"""The recipes in the committed files are those of the fixtures."""

import pytest

from verification.images.printed_rows import unreproducible_results
from verification.seeds.image_study import ENGINE, n_seeds
from verification.seeds.recipes import image_recipe, study_recipe
from verification.seeds.seed_files import committed_seeds
from verification.seeds.setups import setup_of
from worked_examples import ImageExample, NetworkExample, load_all

EXAMPLES = load_all()
NETWORKS = {
    name: example for name, example in EXAMPLES.items() if isinstance(example, NetworkExample) and example.unreproducible_results
}
IMAGES = {
    name: example for name, example in EXAMPLES.items() if isinstance(example, ImageExample) and unreproducible_results(example)
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_committed_recipe_is_that_of_the_fixture(name: str) -> None:
    """Draw, network and hyperparameters of the fixture are what the committed file says was trained, from 1,000 seeds."""
    seed_file = committed_seeds(name)
    assert seed_file
    assert seed_file.recipe == study_recipe(NETWORKS[name], setup_of(NETWORKS[name]), 1000)


@pytest.mark.parametrize("name", IMAGES)
def test_the_committed_recipe_of_images_is_that_of_the_fixture(name: str) -> None:
    """Network, images and training in the committed recipe are the fixture's, and there are at least 20 seeds."""
    seed_file, seeds = committed_seeds(name), n_seeds(IMAGES[name])
    assert seed_file
    assert seed_file.recipe == image_recipe(IMAGES[name], seeds, ENGINE)
    assert seeds >= 20


def test_a_recipe_says_what_is_drawn_and_in_which_order() -> None:
    """The statements of the fixture, the seeds, and the order in words."""
    example = NETWORKS["backprop-notes/xor-sequential"]
    recipe = study_recipe(example, setup_of(example), 20)
    assert recipe.seeds == "s from 0 to 19: numpy.random.seed(s), the draw, then the numbers for the orders"
    assert recipe.draw[0] == "W1 = uniform(-sqrt(6 / 4), sqrt(6 / 4), (2, 2))"
    assert recipe.order == "permutation: in each epoch the order that sorts as many random numbers"


def test_a_network_on_images_without_training_has_no_recipe() -> None:
    """A pretrained network has no seeds."""
    with pytest.raises(ValueError, match="no training"):
        image_recipe(next(e for e in load_all().values() if isinstance(e, ImageExample) and not e.training), 20, ENGINE)
