"""How seeds are trained, in words and numbers, for the files."""

from typing import Any

from verification.seeds.random_numbers import ORDERS
from verification.seeds.records import ImageRecipe, StudyRecipe
from verification.seeds.setups import Setup
from worked_examples import ImageExample, NetworkExample
from worked_examples.schema.layers.network import OfLoss

NOT_OF_SEEDS: Any = {"seed": True, "order": True, "rule": True, "epoch_counts": True, "stopping_criterion": {"restores_best"}}
"""What of a training is the fixture's own, or never another in a study."""


def study_recipe(example: NetworkExample, setup: Setup, n_seeds: int) -> StudyRecipe:
    """How the seeds of a network on given data are trained."""
    return StudyRecipe(
        seeds=f"s from 0 to {n_seeds - 1}: {setup.recipe.generator}(s), the draw, then the numbers for the orders",
        n_seeds=n_seeds,
        arithmetic="float64",
        generator=setup.recipe.generator,
        draw=setup.recipe.draw.strip().splitlines(),
        activations=list(setup.activations),
        loss=example.network.loss,
        order=f"{setup.order}: {ORDERS[setup.order]}",
        training=setup.training.model_dump(exclude=NOT_OF_SEEDS, exclude_none=True),
    )


def image_recipe(example: ImageExample, n_seeds: int, engine: str) -> ImageRecipe:
    """How the seeds of a network on images are trained.

    Raises:
        ValueError: where the example has no training.

    """
    if example.training is None or example.recipe is None:
        raise ValueError(f"{example.id}: no training")
    return ImageRecipe(
        seeds=f"s from 1 to {n_seeds}: {example.recipe.generator}(s), the draw, and the order from seed 1000 + s",
        n_seeds=n_seeds,
        arithmetic=f"float64, {engine}, compiled",
        draw=example.recipe.draw.strip().splitlines(),
        network={**example.network.model_dump(include=set(OfLoss.model_fields)), "layers": example.written["layers"]},
        data=example.data.model_dump(),
        training=example.training.model_dump(
            exclude={"seed", "finite_difference_step", "rule", "first_epoch", "epoch_counts"}, exclude_none=True
        ),
    )
