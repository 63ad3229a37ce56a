"""Claims in words about precision: that a smaller floating-point type is enough to train with."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from worked_examples.schema.base import Model, Word
from worked_examples.schema.page import ExampleBase


class Training(Model):
    """A training of this suite, and whether it stops at the printed epoch in the smaller type too."""

    example: str
    reaches_printed_epoch: bool


class PrecisionExample(ExampleBase):
    """A claim, judged by the trainings of this suite in a smaller type, as recorded in ``fixtures/precision.json``."""

    judged: ClassVar[tuple[str, ...]] = ()
    kind: Literal["precision"]
    dtype: Annotated[str, Word("a smaller type", ("float32", "float16"))]
    says: str = Field(description="the claim, in our words")
    trainings: Annotated[list[Training], Field(min_length=1, description="those that confirm or refute the claim")]
