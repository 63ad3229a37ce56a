"""How an example trains: what one epoch is, what is updated, and when it stops."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from worked_examples.schema.base import Model, Number, Word


class Stop(Model):
    """The stop rule and the epoch that the book prints where it stops.

    Where an epoch is one update, it is asked of the loss before each update. Where an epoch is several updates, it is asked after
    each epoch of the sum of the losses, each measured just before its own pattern's update (numpy-dnn, 323_1).
    """

    loss_below: Number | None = Field(None, description="stop when loss < this")
    loss_at_most: Number | None = Field(None, description="stop when loss <= this")
    epoch: int | None = Field(None, ge=0, description="as the book counts; required unless provenance is 'ours' or 'drawn'")

    @model_validator(mode="after")
    def one_threshold(self) -> "Stop":
        """Either comparison, not both."""
        if (self.loss_below is None) == (self.loss_at_most is None):
            raise ValueError("exactly one of loss_below and loss_at_most must be given")
        return self

    @property
    def test(self) -> str:
        """``<`` or ``<=``."""
        return "<=" if self.loss_below is None else "<"

    @property
    def threshold(self) -> str:
        """The loss at which training stops."""
        return self.loss_below or self.loss_at_most or ""


NEVER = Stop(loss_below="-1")  # no loss is negative


class Training(Model):
    """Gradient descent. One epoch is one pass over all patterns: one update with all of them, or one update for each."""

    optimizer: Annotated[str, Word("an optimizer", ("gradient descent",))]
    learning_rate: Number
    max_epochs: Annotated[int, Field(ge=1, description="the end of the book's loop")]
    batch: Annotated[str, Word("a batch", ("all", "one"))] = Field("all", description="how many patterns an update sees")
    order: Annotated[str, Word("an order", ("given", "shuffled"))] = Field(
        "given", description="of the patterns within an epoch; shuffled: before each epoch, by the swaps of numpy-dnn, 323_1"
    )
    seed: int | None = Field(None, description="of Python's random.Random, for a shuffled order")
    biases_train: bool = Field(default=True, description="false: only kernels are updated")
    counts_from: Literal[0, 1] = Field(0, description="the number that the book gives the epoch before any update")
    stop: Stop | None = Field(None, description="absent: training ends after max_epochs")

    @model_validator(mode="after")
    def order_known(self) -> "Training":
        """A shuffled order needs a seed and more than one update an epoch, and only it has a seed."""
        if (self.order == "shuffled") != (self.seed is not None):
            raise ValueError("seed: a shuffled order, and only that, needs a seed")
        if self.order == "shuffled" and self.batch == "all":
            raise ValueError('order: "shuffled" needs batch = "one"; all patterns in one update have no order')
        return self

    @property
    def rule(self) -> Stop:
        """The stop rule, or one that never holds."""
        return self.stop or NEVER

    @property
    def expected(self) -> int:
        """The epochs that a training will take, as far as the book says."""
        return self.rule.epoch or self.max_epochs

    def updates(self, patterns: int) -> int:
        """How many updates an epoch makes."""
        return patterns if self.batch == "one" else 1
