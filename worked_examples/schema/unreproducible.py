"""Printed results of runs that nobody can repeat, and the runs of many seeds among which they get a percentile."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from worked_examples.expression.names import check
from worked_examples.schema.base import Line, Model, Word
from worked_examples.schema.page import PrintedBlock

CLAIM_NAMES = ("error", "loss", "epoch", "output", "target", "same_seed", "all_seeds")
ORDERS = ("sequential", "swap shuffle", "permutation")


class UnreproducibleBlock(PrintedBlock):
    """A printed block of a run that cannot be repeated; it is checked for what it says about itself."""

    solved: bool = Field(default=True, description="whether every printed output is on its target's side of 1/2")
    float32: bool = Field(default=False, description="whether the outputs are the shortest decimals of float32 numbers")
    at_stop: bool = Field(default=False, description="printed where training stops, at an epoch that another seed would not give")


class SeedClaim(Model):
    """A sentence, and how it is tested on the run of one seed.

    The test gives a truth value, or a number from 0 to 1 for how often the sentence holds. ``error`` (mean squared error),
    ``loss``, ``epoch`` and ``output`` have an entry for each unreproducible block; ``same_seed(ID)`` gives another example's by
    name, ``all_seeds(ID)`` a list of them, one for each seed.
    """

    says: Line
    test: str

    @field_validator("test")
    @classmethod
    def readable(cls, test: str) -> str:
        """Refuse what is no expression, or has an unknown name."""
        check(test, CLAIM_NAMES)
        return test


class SeedRuns(Model):
    """What differs in the runs of many seeds from the fixture's own, and what is claimed of them."""

    order: Annotated[str, Word("an order", ORDERS)] | None = Field(
        None, description="of the samples, where it is not the training's; permutation: a new one in each epoch"
    )
    claims: list[SeedClaim] = []

    @model_validator(mode="after")
    def claims_differ(self) -> "SeedRuns":
        """No sentence is there twice."""
        sentences = [claim.says for claim in self.claims]
        if twice := [says for says in sentences if sentences.count(says) > 1]:
            raise ValueError(f"claims: '{twice[0]}' is there twice")
        return self
