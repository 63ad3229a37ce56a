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
from worked_examples.schema.framework_call import Expression, Probe
from worked_examples.schema.page import Page

FAMILIES = tuple(CALLS)
WORDS = ("rounding", "shape", "infinite")


def distance(text: Any) -> Any:
    """Check a distance: a decimal string, or one of the words."""
    if not isinstance(text, str) or not (DECIMAL.fullmatch(text) or text in WORDS):
        raise ValueError(f"'{text}' is no distance; accepted: a decimal string such as \"1.6e-2\", {', '.join(WORDS)}")
    return text


Distance = Annotated[str, BeforeValidator(distance)]


class Side(Model):
    """A framework's half: what one writes, how far that is from the book's formula, and how to get to it."""

    default: Expression
    apart: Distance
    equal: Expression | None = Field(None, description="the settings of equality; absent: the default is equal")
    remaining: Distance = "rounding"
    really: Expression | None = Field(
        None, description="the formula that it computes to the last digit, where a difference remains"
    )
    why: str = Field("", description="where the remaining difference comes from")

    @property
    def best(self) -> Expression:
        """The expression that is as near to the formula as can be."""
        return self.equal or self.default


class Between(Model):
    """How far Keras and PyTorch are from each other, with the defaults and with the settings of equality."""

    default: Distance
    equal: Distance = "rounding"


class Dialect(Model):
    """One concept."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    concept: str
    family: Annotated[str, Word("a family", FAMILIES)]
    formula: str
    source: str
    differs: str = Field(description="what differs, in our words")
    settings: str = Field("", description="the settings of equality in words, where the expressions do not say it all")
    book: Expression
    keras: Side
    torch: Side
    between: Between
    quantities: list[str] = Field([], description="what is compared, such as value, gradient; absent: all that is measured")
    probe: Probe | None = Field(None, description="absent: that of the file")

    @model_validator(mode="after")
    def calls_known(self) -> "Dialect":
        """Every call is in the list of its family and engine."""
        sides = {"keras": self.keras, "torch": self.torch}
        called = [("book", self.book)] + [("book", side.really) for side in sides.values() if side.really]
        called += [(engine, found) for engine, side in sides.items() for found in (side.default, side.equal) if found]
        for engine, expression in called:
            for name in expression.calls():
                if name not in (accepted := CALLS[self.family][engine]):
                    raise ValueError(f"{self.name}: '{name}' is no {self.family} of {engine}; {nearest(name, accepted)}")
        return self


class DialectExample(Page):
    """Concepts that belong together, tried on one probe unless they bring their own."""

    kind: Literal["dialects"]
    probe: Probe = Probe()
    dialects: Annotated[list[Dialect], Field(min_length=1)]

    @model_validator(mode="after")
    def named_once(self) -> "DialectExample":
        """Every dialect has a name of its own."""
        names = [dialect.name for dialect in self.dialects]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"dialects: '{name}' is the name of two")
        return self

    def probe_of(self, dialect: Dialect) -> Probe:
        """What a dialect is tried on."""
        return dialect.probe or self.probe
