"""How seeds are trained, in words and numbers, for the files."""

from collections.abc import Mapping
from typing import Any

from verification.seeds.random_numbers import DISTRIBUTIONS, ORDERS
from verification.seeds.records import ImageRecipe, SetupRecipe, StudyRecipe
from verification.seeds.setups import Setup
from worked_examples import ImageExample


def setup_recipe(setup: Setup) -> SetupRecipe:
    """One training in words."""
    samples = zip(setup.inputs, setup.targets, strict=True)
    return SetupRecipe(
        units=setup.label,
        activations=", ".join(setup.activations),
        kernels=[f"{name}: {DISTRIBUTIONS[name]}" for name in setup.kernels],
        biases="0, trained",
        training=f"half squared error, batch size 1, learning rate {setup.learning_rate}",
        order=f"{setup.order}: {ORDERS[setup.order]}",
        samples=[f"{numbers(x)} -> {numbers(t)}" for x, t in samples],
    )


def numbers(row: tuple[float, ...]) -> str:
    """A row of numbers with blanks between them."""
    return " ".join(f"{number:g}" for number in row)


def study_recipe(setups: list[Setup], details: Mapping[str, Any], n_seeds: int) -> StudyRecipe:
    """How the seeds of a study are trained; ``details`` are further fields of the recipe.

    Their texts may name fields of the first setup, as in ``{loss_below}``.
    """
    return StudyRecipe(
        seeds=f"numpy.random.RandomState(s) for s from 0 to {n_seeds - 1}; kernels first, then the numbers for the orders",
        n_seeds=n_seeds,
        arithmetic="float64",
        max_epochs=setups[0].max_epochs,
        trainings={setup.label: setup_recipe(setup) for setup in setups},
        **{name: text.format(**setups[0]._asdict()) if isinstance(text, str) else text for name, text in details.items()},
    )


def image_recipe(example: ImageExample, n_seeds: int, engine: str) -> ImageRecipe:
    """How the seeds of a network on images are trained.

    Raises:
        ValueError: where the example has no training.

    """
    if example.training is None:
        raise ValueError(f"{example.id}: no training")
    return ImageRecipe(
        seeds=f"s from 1 to {n_seeds}: kernels from numpy.random.RandomState(s), the order from seed 1000 + s",
        n_seeds=n_seeds,
        arithmetic=f"float64, {engine}, compiled",
        network=example.network.model_dump(exclude={"random": {"seed"}}, exclude_none=True),
        images=example.images.model_dump(),
        training=example.training.model_dump(exclude={"seed", "finite_difference_step"}, exclude_none=True),
    )
