"""The stopping criterion of a training, and the epoch at which the book prints that it holds."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from reference.optimization.stopping import ERRORS
from worked_examples.schema.base import Epoch, Model, Name, Number, Size, Word

THRESHOLDS = ("loss_below", "loss_at_most", "change_below", "change_at_most")
CRITERIA = (*THRESHOLDS, "no_errors", "patience")
OF_PATIENCE = ("of", "min_delta", "restores_best")


class StoppingCriterion(Model):
    """The stopping criterion, and the epoch at which training stops according to the book.

    Where an epoch is one update, the loss is tested before each update. Where an epoch is several updates, the sum of the losses is
    tested after each epoch; each loss is measured just before the update with its sample (numpy-dnn, 323_1). So errors are counted.
    """

    loss_below: Number | None = Field(None, description="stop when loss < this")
    loss_at_most: Number | None = Field(None, description="stop when loss <= this")
    change_below: Number | None = Field(None, description="stop when the loss is nearer than this to that of the epoch before")
    change_at_most: Number | None = Field(None, description="the same with <=")
    no_errors: Annotated[str, Word("a comparison", tuple(ERRORS))] | None = Field(
        None, description="stop after an epoch in which every output is on the side of its target, or the greatest one is"
    )
    patience: Size | None = Field(
        None, description="stop after so many epochs in turn of which none lowered the loss of further data below the least before"
    )
    of: Name | None = Field(None, description="for patience: the name of the further data")
    min_delta: Number | None = Field(None, description="for patience: by how much more than this the loss must be lower; absent: 0")
    restores_best: bool = Field(
        default=False, description="for patience: whether the program goes back to the parameters of the least loss in the end"
    )
    epoch: Epoch | None = Field(None, description="as the book counts; required unless provenance is 'ours' or 'random'")

    @model_validator(mode="after")
    def one_criterion(self) -> "StoppingCriterion":
        """One criterion, not two."""
        if len([key for key in CRITERIA if getattr(self, key) is not None]) != 1:
            raise ValueError(f"exactly one of {', '.join(CRITERIA[:-1])} and {CRITERIA[-1]} must be given")
        for key in ("change_below", "change_at_most"):
            text = getattr(self, key)
            if text is not None and Fraction(text) <= 0:
                raise ValueError(f"{key}: {text}; accepted: a number above 0")
        return self.complete()

    def complete(self) -> "StoppingCriterion":
        """Patience says of which data, and only it does."""
        if self.patience is None and (others := [key for key in OF_PATIENCE if getattr(self, key)]):
            raise ValueError(f"{others[0]}: belongs to patience, which is not given")
        if self.patience is not None and self.of is None:
            raise ValueError("of: missing; the name of the further data whose loss is watched")
        if self.min_delta is not None and Fraction(self.min_delta) < 0:
            raise ValueError(f"min_delta: {self.min_delta}; accepted: a number from 0")
        return self

    @cached_property
    def tests(self) -> str:
        """What is tested: ``loss``, ``change``, ``errors`` or ``patience``: how many epochs it lasts yet, which is at most 0."""
        if self.patience:
            return "patience"
        if self.no_errors:
            return "errors"
        return "change" if self.change_below or self.change_at_most else "loss"

    @property
    def test(self) -> str:
        """``<`` or ``<=``."""
        return "<" if self.loss_below or self.change_below else "<="

    @property
    def threshold(self) -> str:
        """The value of what is tested at which training stops."""
        return next((text for key in THRESHOLDS if (text := getattr(self, key))), "0")

    def __str__(self) -> str:
        """The criterion in words."""
        if self.patience:
            least = f" by more than {self.min_delta}" if self.min_delta else ""
            return f"no lower loss for {self.of}{least} in {self.patience} epochs"
        words = {"loss": "loss", "change": "change of the loss", "errors": f"errors by '{self.no_errors}'"}
        return f"{words[self.tests]} {self.test} {self.threshold}"


NEVER = StoppingCriterion(loss_below="-60000")  # a number of float16 too; cross entropy may be negative
