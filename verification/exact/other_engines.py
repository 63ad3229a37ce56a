"""What other frameworks compute where one differs from the exact value: whether it is away, or the formulas of the exact value.

The exact value is that of the reference's own formulas, so that the reference's agreement with it says nothing about these.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from adapters import Array
from adapters.capabilities import reason_unsupported
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences

Values = Callable[[Case[Any]], Any]
"""The array of another engine's case that is compared; None where it has none."""


def evidence(case: Case[Any], computed: Any, exact: Any, bound: Any, values_of: Values) -> str:
    """The engines that compute the exact value, or the same as this engine; empty where neither is seen.

    Where the reference itself computes the same as the engine, its formulas are not what is away from their exact value.
    """
    computed, exact, bound = np.asarray(computed), np.asarray(exact, dtype=object), np.asarray(bound, dtype=float)
    if computed.shape != exact.shape or bound.shape != exact.shape:
        return ""
    others = {other.engine_name: values for other in other_cases(case) if (values := values_of(other)) is not None}
    right = [name for name, values in others.items() if not differences(name, values, exact, bound)]
    alike = [name for name, values in others.items() if name not in right and is_same(values, computed, bound)]
    if "reference" in alike or (alike and case.engine_name == "reference"):
        return f"; {' and '.join(alike)} computed the same: look at the type's range and at the bound"
    if alike:
        return (
            f"; {' and '.join(alike)} computed the same: look first at the formulas of the reference, which the exact value is from"
        )
    frameworks = [name for name in right if name != "reference"]
    return f"; {' and '.join(frameworks)} computed the exact value: look at {case.engine_name}" if frameworks else ""


def other_cases(case: Case[Any]) -> Iterator[Case[Any]]:
    """The same example on the other engines of the session that support it."""
    for name in case.session.engine_names:
        if name != case.engine_name and not reason_unsupported(case.example, case.on(name).engine.unsupported):
            yield case.on(name)


def is_same(values: Any, computed: Array, bound: Array) -> bool:
    """Whether two engines computed the same: each may be one bound away from what both mean."""
    exact = arithmetic.balls(computed.astype(object))
    return not differences("other", values, exact, 2 * bound)
