"""Outputs, loss and gradients of one pass, against exact arithmetic."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.exact.other_engines import evidence
from verification.records import Findings
from verification.runs.initial_formulas import formula_values
from verification.runs.networks import evaluate
from worked_examples import NetworkExample

NEXT_STEP = "compare adapters/{engine} with reference/, whose formulas the exact value is from; all share the fixture's numbers"

BOUNDS: Mapping[str, str] = {"output": "outputs", "loss": "losses", "gradient": "gradients"}


def check_outputs(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The outputs of every layer, the loss, and every formula are the exact ones, within the rounding bound."""
    yield from compare(case, ("output", "loss"), findings)
    yield from compare_formulas(case, findings)


def check_gradients(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The gradients of every parameter and of the input are the exact ones, within the rounding bound."""
    yield from compare(case, ("gradient",), findings)


def compare(case: Case[NetworkExample], kinds: tuple[str, ...], findings: Findings) -> Iterator[str]:
    """Compare evaluations at the initial weights, of further data too, with the exact ones, within the derived rounding bound."""
    yield from compare_pass(case, kinds, findings)
    for name, data in case.example.further_data.items():
        further = case.of(case.example.with_data(name))
        of_outputs = tuple(kind for kind in kinds if kind == "output" or data.target)
        yield from (f"for {name}, {line}" for line in compare_pass(further, of_outputs, findings))


def compare_formulas(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """Compare every formula at the initial weights with the exact one; a note where rounding turns a comparison."""
    for found in formula_values(case):
        if found.reason:
            findings.notes.append(f"{found.words} not compared: {found.reason}")
            continue
        note = partial(findings.note_tightness, "values")
        yield from differences(found.words, found.computed, found.exact, found.bound, note)


def compare_pass(case: Case[NetworkExample], kinds: tuple[str, ...], findings: Findings) -> Iterator[str]:
    """Compare one evaluation at the initial weights with the exact one, within the derived rounding bound."""
    computed = {name: values for _, name, values in arithmetic.named(evaluate(case))}
    bounds = {name: bound for _, name, bound in arithmetic.named(arithmetic.bounds(case.example, None, case.dtype))}
    for kind, name, exact in arithmetic.named(arithmetic.evaluate(case.example, None, arithmetic.EXACT)):
        values = computed.pop(name, None)
        if kind in kinds and values is None:
            yield f"{name}: none"
        elif kind in kinds:
            findings.note_digits(kind, arithmetic.digits(values, exact))
            for line in differences(name, values, exact, bounds[name], partial(findings.note_tightness, BOUNDS[kind])):
                yield line + evidence(case, values, exact, bounds[name], partial(array_of, name))
    yield from (f"{name}: the network has no such layer" for name in computed)


def array_of(name: str, case: Case[NetworkExample]) -> Any:
    """The array of this name that another engine computes; None where it computes none."""
    data = case.example.data.model_dump_json()  # those of the example, or further ones
    evaluation = case.session.once(("initial evaluation", *case.key, data), lambda: evaluate(case))
    return next((values for _, known, values in arithmetic.named(evaluation) if known == name), None)
