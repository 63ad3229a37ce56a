"""The typed content of ``fixtures/seeds/<document>/<id>.json``: how seeds were trained, and each printed result among them."""

from collections.abc import Mapping
from typing import Any, Literal

from worked_examples.schema.base import Model

SeedVerdict = Literal["typical", "rare", "outside"]
Outputs = list[list[list[float]]]


class StudyRecipe(Model):
    """How the seeds of a network on given data were trained: recipe, network, data and training are those of the fixture."""

    seeds: str
    n_seeds: int
    arithmetic: str
    generator: str
    draw: list[str]
    activations: list[str]
    loss: str
    order: str
    training: dict[str, Any]


class ImageRecipe(Model):
    """How the seeds of a network on images were trained: recipe, network, data and training are those of the fixture."""

    seeds: str
    n_seeds: int
    arithmetic: str
    draw: list[str]
    network: dict[str, Any]
    data: dict[str, Any]
    training: dict[str, Any]


class SeedQuantity(Model):
    """A printed result among the seeds; None means a seed that never stops.

    ``derived``: the result is not printed but follows from printed numbers. ``values``: the result of every seed, where it is kept.
    """

    name: str
    printed: str
    derived: bool
    min: float | None
    quantiles: dict[str, float | None]
    max: float | None
    fraction_never_stopped: float
    n_seeds: int
    percentile: float
    verdict: SeedVerdict
    values: list[float] = []

    @property
    def median(self) -> float | None:
        """The median of the seeds."""
        return self.quantiles["0.50"]


class SeedClaim(Model):
    """A sentence, and the fraction of seeds for which it holds."""

    claim: str
    fraction: float


class SeedFile(Model):
    """The seeds of one example.

    ``early_outputs``: the outputs ``(samples, outputs, 2)`` of seeds 0 and 1 after ``early_epochs`` epochs.
    """

    id: str
    recipe: StudyRecipe | ImageRecipe
    quantities: list[SeedQuantity]
    claims: list[SeedClaim]
    early_epochs: int = 0
    early_outputs: Outputs = []
    versions: Mapping[str, str]
    seconds: float
