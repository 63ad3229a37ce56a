"""Iterations of a calculation: states, the formulas of one pass, and how often they are repeated."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from reference.comparisons import Array, UndecidedError
from reference.graph import GRADIENT, NUMERICAL_GRADIENT, Node, value_of
from worked_examples.expression.iterated import Repeated
from worked_examples.limits import ITERATED, PASS_OPERATIONS, PASSES, product
from worked_examples.number_types import EXACT_BITS, numbers
from worked_examples.schema.base import Model, Name
from worked_examples.schema.calculations.step_sizes import multiplications, size_fault
from worked_examples.schema.calculations.steps import a_text

BY_VALUE = ("arange", "power")  # what they make hangs on the values of their operands, and not on their shapes alone


class Iteration(Model):
    """Formulas that are repeated, so many times or until a condition holds; see docs/formulas.md."""

    state: Annotated[list[Name], Field(min_length=1)] = Field(
        description="inputs or steps that every pass changes; their values are those at the start"
    )
    steps: Annotated[str, BeforeValidator(a_text)] = Field(description="NAME = FORMULA, one a line, for one pass")
    times: Annotated[int, Field(strict=True, ge=1, le=PASSES)] = Field(description="so many passes; with until, at most so many")
    until: str = Field("", description="a condition, tested after every pass: the iteration ends where it is not 0")
    first: Annotated[int, Field(strict=True, ge=0, le=1)] = Field(1, description="the number of the first pass, as the book counts")

    @model_validator(mode="after")
    def named_once(self) -> "Iteration":
        """No state is named twice."""
        if twice := [name for place, name in enumerate(self.state) if name in self.state[:place]]:
            raise ValueError(f"state: '{twice[0]}' is named twice")
        return self


class Passes(NamedTuple):
    """How many passes are made, whether the condition ended them, and why it is open whether it does."""

    made: int
    stopped: bool = False
    open: str = ""


def passes_of(before: Sequence[Node], repeated: Repeated, inputs: Mapping[str, Any], times: int) -> Passes:
    """The passes that are made, by exact numbers, where a condition may end them.

    Where the condition is open, or a comparison in a pass, the passes end with it.

    Raises:
        ValueError: for a step that would be too large.

    """
    import flint  # noqa: PLC0415 -- only computations with balls need the library

    with flint.ctx.workprec(EXACT_BITS):
        values = {name: np.asarray(numbers(texts, "exact")) for name, texts in inputs.items()}
        try:
            compute(before, values)
        except UndecidedError as error:
            return Passes(1, open=str(error))
        for number in range(1, times + 1):
            try:
                compute(repeated.passed(number, repeated.nodes), values)
            except UndecidedError as error:
                return Passes(number, open=f"in iteration {number}, {error}")
            if (ends := is_over(repeated, number, values)) is None:
                return Passes(number, open=f"whether the iteration ends with pass {number} is open at {EXACT_BITS} bits")
            if ends:
                return Passes(number, stopped=True)
    return Passes(times)


def compute(nodes: Iterable[Node], values: dict[str, Array]) -> None:
    """Add the values of nodes."""
    for node in nodes:
        if node.function in BY_VALUE:
            floats = {name: np.asarray(values[name]).astype(float) for name in node.operands}
            if fault := size_fault(node, floats):
                raise ValueError(f"iteration.steps: '{node.name}': {fault}")
        values[node.name] = value_of(node, values)


def is_over(repeated: Repeated, number: int, values: dict[str, Array]) -> bool | None:
    """Whether the condition holds after a pass; None where that is open."""
    try:
        compute(repeated.passed(number, repeated.condition), values)
    except UndecidedError:
        return None
    condition = values[repeated.until(number)][()]
    if condition != 0:
        return True
    return False if condition == 0 else None


def work_fault(nodes: Sequence[Node], values: Mapping[str, Array], times: int) -> str:
    """What is wrong with the size of all passes; ``nodes`` are those of one pass. Empty where nothing is."""
    if (operations := len(nodes) * times) > PASS_OPERATIONS:
        return f"{operations:,} operations in all passes; accepted: at most {PASS_OPERATIONS:,}, write fewer times"
    if (work := sum(work_of(node, values) for node in nodes) * times) > ITERATED:
        return f"{work:,} numbers and multiplications in all passes; accepted: at most {ITERATED:,}, write fewer times"
    return ""


def work_of(node: Node, values: Mapping[str, Array]) -> int:
    """How many numbers and multiplications a node takes."""
    if node.function in (GRADIENT, NUMERICAL_GRADIENT):
        inner = sum(work_of(one, values) for one in node.parameters["nodes"])
        return inner * (2 if node.function == GRADIENT else 2 * values[node.parameters["by"]].size)
    shapes = [values[name].shape for name in node.operands]
    return product(values[node.name].shape) + multiplications(node, shapes)
