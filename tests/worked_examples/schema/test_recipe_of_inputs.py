"""Recipes of networks on data sets: what is drawn depends on the number of inputs."""

import pytest
from pydantic import ValidationError

from worked_examples.schema.recipe_of_inputs import RecipeOfInputs

TABLE = {"generator": "numpy.random.seed", "seed": 1, "draw": "W = rand(inputs, 2) / inputs"}


def test_inputs_are_those_of_the_data() -> None:
    """The images' 784 pixels, or as many as are asked for."""
    recipe = RecipeOfInputs.model_validate(TABLE)
    assert (recipe.arrays["W"].shape, recipe.for_inputs(64)["W"].shape) == ((784, 2), (64, 2))


def test_every_parameter_has_a_name() -> None:
    """Shapes are known only with the data."""
    with pytest.raises(ValidationError, match="parameters: accepted where the fixture has the data; write draw, and names in the"):
        RecipeOfInputs.model_validate(TABLE | {"parameters": "rand(shape)"})
