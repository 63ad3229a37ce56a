"""Steps: a text of formulas on named inputs, and the checks of both together."""

from collections.abc import Collection, Iterable
from keyword import iskeyword
from typing import Any

from worked_examples.errors import nearest
from worked_examples.expression.formulas import formulas
from worked_examples.expression.iterated import Repeated
from worked_examples.expression.refusals import INFINITY


def a_text(steps: Any) -> str:
    """Refuse steps that are no text."""
    if not isinstance(steps, str):
        raise ValueError("not a text; write formulas, one a line: steps = 'y = a + b'")  # noqa: TRY004 -- a fault of the fixture
    return steps


def readable(steps: Any) -> str:
    """Refuse steps that are no formulas."""
    formulas(a_text(steps))
    return steps


def is_name(text: str) -> bool:
    """Whether formulas can use a text as a name."""
    return text.isidentifier() and not iskeyword(text)


def with_constants(inputs: dict[str, Any], constants: Iterable[str]) -> dict[str, Any]:
    """The inputs and the numbers of the steps, each of these under its own text; every other name is one that formulas can use."""
    texts = {text: text for text in constants}
    for name, values in inputs.items():
        if name == INFINITY:
            raise ValueError(f"'{INFINITY}' is the infinity of formulas; write another name")
        if not is_name(name) and texts.get(name) != values:
            raise ValueError(f"'{name}' is not a name for formulas; accepted: letters, digits and '_', no digit first")
    return {**inputs, **texts}


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


def check_repeated(repeated: Repeated, before: Collection[str]) -> None:
    """Refuse states that have no value at the start, unknown names, and steps of a pass that have the name of an input or step."""
    for name in repeated.states:
        if name not in before:
            raise ValueError(
                f"iteration.state: '{name}' is neither an input nor a step; {nearest(name, filter(str.isidentifier, before))}"
            )
    for name, line in repeated.used.items():
        if name not in before:
            known = filter(str.isidentifier, {*before, *repeated.written})
            where = f"steps: line {line}" if line else "until"
            raise ValueError(f"iteration.{where}: '{name}' is neither an input nor an earlier step; {nearest(name, known)}")
    for name, line in repeated.written.items():
        if name in before and name not in repeated.states:
            raise ValueError(f"iteration.steps: line {line}: '{name}' has a value already; add it to state, or write another name")
        if name == "iteration":
            raise ValueError(f"iteration.steps: line {line}: 'iteration' is the number of the pass; write another name")
