"""Steps: a text of formulas on named inputs, and the checks of both together."""

from collections.abc import Collection, Mapping, Sequence
from keyword import iskeyword
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from reference.graph import Node
from worked_examples.errors import nearest
from worked_examples.expression.formulas import formulas
from worked_examples.schema.page import ExampleBase


def readable(steps: Any) -> str:
    """Refuse steps that are no formulas."""
    if not isinstance(steps, str):
        raise ValueError("not a text; write formulas, one a line: steps = 'y = a + b'")  # noqa: TRY004 -- a fault of the fixture
    formulas(steps)
    return steps


def is_name(text: str) -> bool:
    """Whether formulas can use a text as a name."""
    return text.isidentifier() and not iskeyword(text)


def with_constants(inputs: dict[str, Any], steps: str) -> dict[str, Any]:
    """The inputs and the numbers of the steps, each of these under its own text; every other name is one that formulas can use."""
    constants = {text: text for text in formulas(steps).constants}
    for name, values in inputs.items():
        if not is_name(name) and constants.get(name) != values:
            raise ValueError(f"'{name}' is not a name for formulas; accepted: letters, digits and '_', no digit first")
    return {**inputs, **constants}


def check_used(steps: str, inputs: Collection[str]) -> None:
    """Refuse a name that is neither an input nor an earlier step, and a step that has the name of an input."""
    compiled = formulas(steps)
    for name, line in compiled.used.items():
        if name not in inputs:
            known = filter(str.isidentifier, (*inputs, *compiled.lines))
            raise ValueError(f"steps: line {line}: '{name}' is neither an input nor an earlier step; {nearest(name, known)}")
    for name, line in compiled.lines.items():
        if name in inputs:
            raise ValueError(f"steps: line {line}: '{name}' is an input; write another name")


class StepsExample(ExampleBase):
    """An example with a text of formulas; ``docs/formulas.md`` has their language."""

    steps: Annotated[str, BeforeValidator(readable)] = Field("", description="NAME = FORMULA, one a line; see docs/formulas.md")

    @property
    def nodes(self) -> Sequence[Node]:
        """The steps in the reference's terms."""
        return formulas(self.steps).nodes

    @property
    def constants(self) -> Collection[str]:
        """The numbers in the steps, which are inputs under their own texts."""
        return formulas(self.steps).constants

    @property
    def lines(self) -> Mapping[str, int]:
        """The line of every step in their text."""
        return formulas(self.steps).lines
