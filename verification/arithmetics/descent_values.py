"""The value of a printed number of a gradient descent in each arithmetic that a printed block may state.

In a floating-point type the book's program is carried out as it is written: its sums leave no order free.
"""

from typing import Any

import flint
import numpy as np

from adapters import Array
from reference import finite_differences
from verification.arithmetics.numerical_descent import numerical, points
from verification.arithmetics.rounded_chain import replaced
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.exact.calculations import BITS
from verification.session import Session
from worked_examples import GradientDescentExample, numbers
from worked_examples.printed.claims import claims
from worked_examples.schema.kinds.gradient_descent import DescentTarget


def descent_value(
    session: Session, example: GradientDescentExample, target: DescentTarget, index: tuple[int, ...], arithmetic: str
) -> CertifiedValue:
    """What an arithmetic gives for a printed number; in a rounded chain the printed gradient makes the first step."""
    number_type = arithmetic if arithmetic.startswith("float") else "exact"
    chain = arithmetic == "rounded chain"

    def compute() -> Array:
        with flint.ctx.workprec(BITS), np.errstate(all="ignore"):
            return np.asarray(array_of(example, target, number_type, chain))

    array = session.once(("descent", example.id, target.run.name, *target[1:], arithmetic), compute)
    known = array[index] if index else array[()]
    return certified_value(known if number_type == "exact" else float(known), "certified" if number_type == "exact" else arithmetic)


def array_of(example: GradientDescentExample, target: DescentTarget, number_type: str, chain: bool) -> Any:
    """The value of a printed name in a number type."""
    run, start = target.run, np.asarray(numbers(target.run.start, number_type))
    if target.what == "gradient":
        return numerical(example, run, start, number_type)
    if target.what == "end":
        return points(example, run, number_type, printed_gradient(example, target) if chain else None)[-1]
    h = numbers(example.h, number_type)[()]
    _, above, below = list(finite_differences.probes(start, h))[target.coordinate]
    return above if target.what == "plus" else below


def printed_gradient(example: GradientDescentExample, target: DescentTarget) -> Array:
    """The gradient at the start of a run, its printed entries as printed."""
    gradient = DescentTarget(target.run, "gradient", 0)
    printed = {
        claim.at: claim.text for claim in reversed(list(claims(example))) if example.part(claim.block, claim.name) == gradient
    }
    start = np.asarray(numbers(target.run.start, "exact"))
    return replaced(np.asarray(numerical(example, target.run, start, "exact")), printed)
