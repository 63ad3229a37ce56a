"""The learning rate of a training: one number, or one for every epoch by a formula or a list."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from worked_examples.schema.base import Model, Number, Size


class LearningRates(Model):
    """A learning rate that changes from epoch to epoch; the first epoch is number 0, whatever the book calls it."""

    start: Number
    times: Number | None = Field(None, description="start times^(epoch // every): multiplied by it after every so many epochs")
    every: Size | None = Field(None, description="of times, in epochs; 1 where it is absent")
    decay: Number | None = Field(None, description="start / (1 + decay epoch)")

    @model_validator(mode="after")
    def one_formula(self) -> "LearningRates":
        """Either formula, not both."""
        if (self.times is None) == (self.decay is None):
            raise ValueError("exactly one of times and decay must be given")
        if self.every is not None and self.times is None:
            raise ValueError("every: accepted with times only")
        return self


def kind_of_rate(value: Any) -> str:
    """Which way a learning rate is written; no key has a blank, so that no message shows this word."""
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict | LearningRates) else "a number"


LearningRate = Annotated[
    Annotated[Number, Tag("a number")]
    | Annotated[LearningRates, Tag("a table")]
    | Annotated[list[Number], Field(min_length=1), Tag("a list")],
    Discriminator(kind_of_rate),
]
"""A number, a formula, or a list with one number for every epoch, the last of which holds for all further ones."""


def given_rates(learning_rate: str | LearningRates | list[str]) -> list[str]:
    """The learning rates that a fixture writes: all of a list, or the first one."""
    if isinstance(learning_rate, LearningRates):
        return [learning_rate.start]
    return [learning_rate] if isinstance(learning_rate, str) else learning_rate
