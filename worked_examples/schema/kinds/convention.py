"""Conventions: one concept as a book's formula and as calls of frameworks; by how much they differ, by default and aligned.

Calls are data: the name of a formula of the reference (``BOOK_FORMULAS``) or of a framework's function or class, and its
options. How far an engine is from the formula is a printed number, judged as printed numbers are, or a word: ``rounding`` (within
the derived bound of float64), ``shape`` (another number of entries), ``infinite``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from reference.activations import ACTIVATIONS
from reference.convention_formulas import FORMULAS
from reference.initializers import STANDARD_DEVIATIONS
from reference.optimization.optimizers import OPTIMIZERS
from reference.optimization.weight_decay import DECAYS
from worked_examples.limits import number_fault
from worked_examples.schema.base import DECIMAL, Model, Word
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.page import ExampleBase

LAYERS = (  # the keys of adapters/reference/layers.py, which this package must not import
    *("dense", "flatten", "convolution", "max pooling", "average pooling", "average pooling, padding counted"),
    *("batch normalization", "batch normalization, unbiased", "layer normalization", "dropout", "dropout, inverted"),
    *("lstm", "gru", "gru reset after"),
)
BOOK_FORMULAS: Mapping[str, tuple[str, ...]] = {
    "optimizer": tuple(OPTIMIZERS),
    "function": tuple(FORMULAS),
    "layer": LAYERS,
    "initializer": (*STANDARD_DEVIATIONS, *(f"{name} uniform" for name in STANDARD_DEVIATIONS), "normal", "zeros"),
    "training": ("passes",),
}
PRECEDING: Mapping[str, tuple[str, ...]] = {  # what may come before a formula: a decay before an optimizer's step, ...
    "optimizer": tuple(DECAYS),
    "function": tuple(ACTIVATIONS),
}
FRAMEWORK_CALL = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*( kernel| bias)?")
WORDS = ("rounding", "shape", "infinite")


def distance(text: Any) -> Any:
    """Check a distance: a decimal string, or one of the words."""
    if not isinstance(text, str) or not (DECIMAL.fullmatch(text) or text in WORDS):
        raise ValueError(f"'{text}' is not a distance; accepted: a decimal string such as \"1.6e-2\", {', '.join(WORDS)}")
    if text not in WORDS and (fault := number_fault(text)):
        raise ValueError(fault)
    return text


Distance = Annotated[str, BeforeValidator(distance)]


class EngineConvention(Model):
    """One framework: the call that one writes, how far its result is from the formula's, and the call that is nearest to it."""

    default: FrameworkCall
    default_difference: Distance
    aligned: FrameworkCall | None = Field(None, description="the call whose result equals the formula's; absent: the default")
    residual_difference: Distance = "rounding"
    actual_formula: FrameworkCall | None = Field(
        None, description="the formula of the reference that it computes up to rounding, where a residual difference is left"
    )
    why: str = Field("", description="where the residual difference comes from")

    @property
    def best(self) -> FrameworkCall:
        """The call that is nearest to the formula."""
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
    family: Annotated[str, Word("a family", tuple(BOOK_FORMULAS))]
    formula: str
    source: str
    differs: str = Field(description="what differs, in our words")
    settings: str = Field("", description="the aligned settings in words, where the calls do not say everything")
    book: FrameworkCall
    engines: dict[str, EngineConvention] = Field(description="by the name of the engine")
    pairs: list[PairDifference] = Field([], description="how far engines are from each other")
    quantities: list[str] = Field([], description="what is compared, such as value, gradient; absent: everything that is measured")
    probe: Probe | None = Field(None, description="absent: that of the file")

    @model_validator(mode="after")
    def formulas_known(self) -> "Convention":
        """Every formula of the book is one of the reference, and so is what precedes it."""
        for formula in (self.book, *(engine.actual_formula for engine in self.engines.values() if engine.actual_formula)):
            Word(f"a formula of the family '{self.family}'", BOOK_FORMULAS[self.family]).check(formula.call)
            for name in formula.calls()[1:]:
                Word(f"what precedes a formula of the family '{self.family}'", PRECEDING.get(self.family, ())).check(name)
        return self

    @model_validator(mode="after")
    def calls_readable(self) -> "Convention":
        """Every call of a framework is a dotted name; whether the framework has it, its adapter says."""
        for name in self.framework_calls():
            if not FRAMEWORK_CALL.fullmatch(name):
                raise ValueError(
                    f"{name!r} is not a call; accepted: a dotted name such as 'optim.SGD', or with ' kernel' or ' bias' behind it"
                )
        return self

    def framework_calls(self) -> Iterator[str]:
        """The names of all calls of frameworks."""
        for engine in self.engines.values():
            for call in filter(None, (engine.default, engine.aligned)):
                yield from call.calls()


class ConventionExample(ExampleBase):
    """Conventions that are measured on one probe, unless one has its own."""

    judged: ClassVar[tuple[str, ...]] = ()
    kind: Literal["convention"]
    probe: Probe = Probe()
    conventions: Annotated[list[Convention], Field(min_length=1)]

    @model_validator(mode="after")
    def named_once(self) -> "ConventionExample":
        """No two conventions have the same name."""
        names = [convention.name for convention in self.conventions]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"conventions: '{name}' is the name of two")
        return self

    def probe_of(self, convention: Convention) -> Probe:
        """The arrays that a convention is measured on."""
        return convention.probe or self.probe
