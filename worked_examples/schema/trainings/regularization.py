"""What keeps weights small: a penalty in the loss, or weight decay in the step."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field, model_validator

from reference.optimization import penalties
from worked_examples.number_types import numbers
from worked_examples.schema.base import Model, Number, Word

ParameterNames = Annotated[list[Annotated[str, Word("a parameter", ("kernel", "bias"))]], Field(min_length=1, max_length=2)]


class Regularization(Model):
    """What a penalty and a weight decay have in common: coefficients above 0, and the parameters that they are of."""

    @model_validator(mode="after")
    def coefficients_positive(self) -> "Regularization":
        """Every coefficient is above 0, and no parameter is named twice."""
        for key in sorted(self.model_fields_set - {"half", "of"}):
            if (text := getattr(self, key)) is not None and Fraction(text) <= 0:
                raise ValueError(f"{key}: {text}; accepted: a number above 0")
        if len(set(self.of)) < len(self.of):
            raise ValueError('of: accepted: ["kernel"], ["bias"] and ["kernel", "bias"]')
        return self

    of: ParameterNames = []


class Penalty(Regularization):
    """``l1 sum |w| + l2 sum w^2``, added to the loss of every batch after its reduction over samples."""

    l1: Number | None = Field(None, description="of the sum of absolute values")
    l2: Number | None = Field(None, description="of the sum of squares")
    half: bool = Field(default=False, description="whether the sum of squares is halved: l2 / 2 sum w^2")
    of: ParameterNames = Field(["kernel"], description="the parameters of every layer that are penalized")

    @model_validator(mode="after")
    def some_penalty(self) -> "Penalty":
        """At least one of both sums is penalized, and half is said of the sum of squares."""
        if self.l1 is None and self.l2 is None:
            raise ValueError("at least one of l1 and l2 must be given")
        if self.half and self.l2 is None:
            raise ValueError("half: accepted with l2 only")
        return self

    def rule(self, number_type: str) -> penalties.Penalty:
        """The penalty in a number type."""
        l1, l2 = (numbers(text or "0", number_type)[()] for text in (self.l1, self.l2))
        return penalties.Penalty(l1, l2 / 2 if self.half else l2, tuple(self.of))


class WeightDecay(Regularization):
    """Weight decay by an optimizer's step: in the gradient (L2), or of the parameters themselves, decoupled from the gradient."""

    l2: Number | None = Field(None, description="g = g + l2 w before the step (weight_decay of torch.optim, but AdamW's)")
    decoupled: Number | None = Field(None, description="w = w - lr decoupled w before the step (AdamW; weight_decay of Keras)")
    of: ParameterNames = Field(
        ["kernel", "bias"],
        description="the parameters of every layer that decay; scales are kernels, offsets biases, as recurrent ones are",
    )

    @model_validator(mode="after")
    def one_form(self) -> "WeightDecay":
        """Either form, not both."""
        if (self.l2 is None) == (self.decoupled is None):
            raise ValueError("exactly one of l2 and decoupled must be given")
        return self

    @property
    def form(self) -> str:
        """The name of the formula in ``reference.optimization.weight_decay``."""
        return "l2" if self.decoupled is None else "decoupled"

    @property
    def coefficient(self) -> str:
        """The coefficient of either form."""
        return self.l2 or self.decoupled or ""
