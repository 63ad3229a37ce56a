"""Dialects: one concept as a book's formula, in Keras and in PyTorch; what differs by default, with which settings nothing.

Expressions are data: a name from the lists in ``fixtures/calls.py`` and its options. Nothing else is ever called. How far an
engine is from the formula is a printed number, judged as printed numbers are, or a word: ``rounding`` (within the derived bound of
float64), ``shape`` (another number of entries), ``infinite``.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from worked_examples.errors import nearest
from worked_examples.schema.base import DECIMAL, Model, Word
from worked_examples.schema.call_names import CALLS
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.page import ExampleBase

FAMILIES = tuple(CALLS)
WORDS = ("rounding", "shape", "infinite")


def distance(text: Any) -> Any:
    """Check a distance: a decimal string, or one of the words."""
    if not isinstance(text, str) or not (DECIMAL.fullmatch(text) or text in WORDS):
        raise ValueError(f"'{text}' is no distance; accepted: a decimal string such as \"1.6e-2\", {', '.join(WORDS)}")
    return text


Distance = Annotated[str, BeforeValidator(distance)]


class EngineConvention(Model):
    """A framework's half: what one writes, how far that is from the book's formula, and how to get to it."""

    default: FrameworkCall
    default_difference: Distance
    aligned: FrameworkCall | None = Field(None, description="the call whose result equals the formula's; absent: the default")
    residual_difference: Distance = "rounding"
    actual_formula: FrameworkCall | None = Field(
        None, description="the formula that it computes to the last digit, where a difference remains"
    )
    why: str = Field("", description="where the remaining difference comes from")

    @property
    def best(self) -> FrameworkCall:
        """The expression that is as near to the formula as can be."""
        return self.aligned or self.default


class PairDifference(Model):
    """How far two engines are from each other, by default and with aligned settings."""

    engines: tuple[str, str]
    default: Distance
    aligned: Distance = "rounding"


class Convention(Model):
    """One concept."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    concept: str
    family: Annotated[str, Word("a family", FAMILIES)]
    formula: str
    source: str
    differs: str = Field(description="what differs, in our words")
    settings: str = Field("", description="the settings of equality in words, where the expressions do not say it all")
    book: FrameworkCall
    engines: dict[str, EngineConvention] = Field(description="by the name of the engine")
    pairs: list[PairDifference] = Field([], description="how far engines are from each other")
    quantities: list[str] = Field([], description="what is compared, such as value, gradient; absent: all that is measured")
    probe: Probe | None = Field(None, description="absent: that of the file")

    @model_validator(mode="after")
    def calls_known(self) -> "Convention":
        """Every call is in the list of its family and engine."""
        called = [("book", self.book)] + [("book", side.actual_formula) for side in self.engines.values() if side.actual_formula]
        called += [(engine, found) for engine, side in self.engines.items() for found in (side.default, side.aligned) if found]
        for engine, expression in called:
            for name in expression.calls():
                if name not in (accepted := CALLS[self.family][engine]):
                    raise ValueError(f"{self.name}: '{name}' is no {self.family} of {engine}; {nearest(name, accepted)}")
        return self


class ConventionExample(ExampleBase):
    """Concepts that belong together, tried on one probe unless they bring their own."""

    kind: Literal["convention"]
    probe: Probe = Probe()
    conventions: Annotated[list[Convention], Field(min_length=1)]

    @model_validator(mode="after")
    def named_once(self) -> "ConventionExample":
        """Every dialect has a name of its own."""
        names = [convention.name for convention in self.conventions]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"dialects: '{name}' is the name of two")
        return self

    def probe_of(self, convention: Convention) -> Probe:
        """What a dialect is tried on."""
        return convention.probe or self.probe
