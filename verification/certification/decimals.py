"""Balls as certified strings, and arrays of balls as nested lists of them."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np

from adapters import Array, Evaluation, Parameters
from verification.certification.certified_value import DIGITS, ERROR, certified_value, enclosure, exact_decimal

WRITING_BITS = 256  # enough for 25 digits


def certified_text(ball: Any) -> str:
    """The certified string of a ball: exact where it is short, else 25 digits, correctly rounded, else middle and radius."""
    ball = enclosure(ball)
    if ball.is_exact() and len(exact := exact_text(ball)) < DIGITS:
        return exact
    with flint.ctx.workprec(WRITING_BITS):
        low, high = (side.str(DIGITS, radius=False) for side in (ball.lower(), ball.upper()))
    return str(low) if low == high and ball.is_finite() else enclosure_text(ball)


def enclosure_text(ball: flint.arb) -> str:
    """Middle and radius of a ball that does not decide 25 digits; the radius is rounded up, and takes in what the middle loses."""
    value = certified_value(ball)
    return f"{value.decimal:.40g}{ERROR}{value.radius + abs(value.decimal).scaleb(-38):.2e}"


def exact_text(ball: flint.arb) -> str:
    """The exact decimal digits of an exact ball, which is a whole number over a power of two."""
    decimal = exact_decimal(ball)
    return "more digits than any certified string has" if decimal is None else f"{decimal:f}"


certified_texts: Callable[[Any], Any] = np.frompyfunc(certified_text, 1, 1)


def nested(array: Any) -> Any:
    """An array of balls as nested lists of certified strings; one ball as a string."""
    texts: Array | str = certified_texts(array)
    return texts.tolist() if isinstance(texts, np.ndarray) else texts


def layers_table(parameters: list[Parameters], write: Callable[[Any], Any] = nested) -> list[dict[str, Any]]:
    """Parameters or gradients of all layers for the file: the arrays that each layer has, by name."""
    return [{name: write(array) for name, array in layer._asdict().items() if array.size} for layer in parameters]


def evaluation_table(evaluation: Evaluation, write: Callable[[Any], Any] = nested) -> dict[str, Any]:
    """One evaluation for the file."""
    return {
        "outputs": [write(output) for output in evaluation.outputs],
        "loss": write(evaluation.loss),
        "gradients": layers_table(evaluation.gradients, write),
        "input_gradient": write(evaluation.input_gradient),
    }
