"""A recorded update as C."""

from typing import Any

import pytest

from adapters.reference.traced.c_code import text, update_code
from adapters.reference.traced.recording import Recorded

P = [Recorded(f"p[{number}]", "input") for number in range(2)]


def test_an_operation_is_a_statement() -> None:
    """Each once; results that are inputs or constants need none."""
    product = P[0] * P[1]
    code = update_code(3, product + 0.5, [P[1], product, 2, (P[0] > 0) * abs(-P[1])], "float64")
    assert code.splitlines()[2:] == [
        "    const real v0 = p[0] * p[1];",
        "    const real v1 = v0 + (real)(0x1.0000000000000p-1);",
        "    const real v2 = (real)(p[0] > (real)(0x0.0p+0));",
        "    const real v3 = -p[1];",
        "    const real v4 = fabs(v3);",
        "    const real v5 = v2 * v4;",
        "    q[0] = p[1];",
        "    q[1] = v0;",
        "    q[2] = (real)(0x1.0000000000000p+1);",
        "    q[3] = v5;",
        "    return v1;",
        "}",
    ]
    assert "static real update_3(" in code


def test_functions_are_those_of_the_type() -> None:
    """``expf`` computes in float32."""
    assert "= powf(p[0], p[1]);" in update_code(1, P[0] ** P[1], [], "float32")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1, "(real)(0x1.999999999999ap-4)"),
        (float("inf"), "(real)INFINITY"),
        (float("-inf"), "(real)-INFINITY"),
        (float("nan"), "(real)NAN"),
    ],
)
def test_a_constant_has_all_its_bits(value: Any, expected: str) -> None:
    """Also where it is not finite."""
    assert text(value, {}) == expected
    assert text(Recorded(value), {}) == expected
