"""A recorded update as C: one statement an operation, and the loops around it."""

import math
from collections.abc import Sequence
from typing import Any

from adapters.reference.traced.recording import Recorded, in_order

SIGNS = ("+", "-", "*", "/")
COMPARISONS = (">", ">=", "<", "<=", "==", "!=")
SUFFIX = {"float64": "", "float32": "f"}  # of the functions of C's library
REAL = {"float64": "double", "float32": "float"}
HEAD = """#include <math.h>
#include <string.h>
typedef {real} real;
"""
UPDATE = """
static real update_{size}(const real *p, const real *x, const real *t, real rate, real steps, real *q) {{
{statements}
    return {loss};
}}
"""
FULL_BATCH = """
long run(real *p, const real *x, const real *t, const int *order, long orders, const real *rates, long count, long epoch,
         long limit, real threshold, real *loss) {{
    real q[{size}];
    for (;; epoch++) {{
        *loss = update_{batch}(p, x, t, rates[epoch < count ? epoch : count - 1], epoch, q);
        if (epoch >= limit || *loss - *loss != 0 || *loss {test} threshold) return epoch;
        memcpy(p, q, sizeof q);
    }}
}}
"""
BATCHES = """
static void take(const real *from, const int *rows, long n, long width, real *to) {{
    for (long i = 0; i < n; i++) memcpy(to + i * width, from + rows[i] * width, width * sizeof(real));
}}

long run(real *p, const real *x, const real *t, const int *order, long orders, const real *rates, long count, long epoch,
         long limit, real threshold, real *loss) {{
    real q[{size}], of_x[{batch} * {inputs}], of_t[{batch} * {outputs}];
    for (; epoch < limit && *loss - *loss == 0 && !(*loss {test} threshold); epoch++) {{
        const int *rows = order + epoch % orders * {visited};
        const real rate = rates[epoch < count ? epoch : count - 1];
        real total = 0;
        for (long u = 0; u < {updates}; u++) {{
            const long n = u < {whole} ? {batch} : {rest};
            take(x, rows + u * {batch}, n, {inputs}, of_x);
            take(t, rows + u * {batch}, n, {outputs}, of_t);
            const real steps = epoch * {updates} + u;
            total += {call};
            memcpy(p, q, sizeof q);
        }}
        *loss = total;
    }}
    return epoch;
}}
"""


def update_code(size: int, loss: Recorded, changed: Sequence[Any], dtype: str) -> str:
    """The function of an update with a batch of ``size``: parameters and state ``p`` become ``q``; its value is the loss before."""
    names, lines = dict[int, str](), list[str]()
    for position, number in enumerate(in_order([loss, *(each for each in changed if isinstance(each, Recorded))])):
        names[id(number)] = f"v{position}"
        lines.append(f"    const real v{position} = {expression(number, names, dtype)};")
    lines += [f"    q[{position}] = {text(number, names)};" for position, number in enumerate(changed)]
    return UPDATE.format(size=size, statements="\n".join(lines), loss=text(loss, names))


def expression(number: Recorded, names: dict[int, str], dtype: str) -> str:
    """An operation in C."""
    operands = [text(operand, names) for operand in number.operands]
    if number.operation in COMPARISONS:
        return f"(real)({operands[0]} {number.operation} {operands[1]})"
    if number.operation in SIGNS:
        return f" {number.operation} ".join(operands) if len(operands) > 1 else f"{number.operation}{operands[0]}"
    return f"{number.operation}{SUFFIX[dtype]}({', '.join(operands)})"


def text(number: Any, names: dict[int, str]) -> str:
    """A number in C: a variable, an input, or a constant with all its bits."""
    if isinstance(number, Recorded):
        if number.operation == "input":
            return str(number.operands[0])
        return names[id(number)] if number.operation != "constant" else text(number.operands[0], names)
    value = float(number)
    if not math.isfinite(value):
        return f"(real){'-' if value < 0 else ''}INFINITY" if math.isinf(value) else "(real)NAN"
    return f"(real)({value.hex()})"
