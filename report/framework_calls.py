"""Calls of frameworks and formulas of the reference as text, as one writes them."""

import re
from collections.abc import Mapping
from typing import Any

from worked_examples.schema.framework_call import FrameworkCall

LOOP: Mapping[str, Mapping[str, str]] = {  # what a training loop of one's own does, beside the loader's options
    "report": {"after": "the loss afterwards", "running mean": "losses weighted by the batch size"},
    "zero_grad": {"True": "with zero_grad()", "False": "without zero_grad()"},
}
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?f?")


def option_text(value: Any) -> str:
    """An option as one writes it in Python; numbers and truth values are not strings."""
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return f'"{value}"'
    return f"[{', '.join(map(option_text, value))}]" if isinstance(value, list) else str(value)


def call_text(call: FrameworkCall, package: str) -> str:
    """A call as one writes it in Python, with what precedes and surrounds it."""
    name, _, attribute = f"{package}.{call.call}".partition(" ")
    options = {key: value for key, value in call.options.items() if key not in LOOP}
    text = f"{name}({', '.join(f'{key}={option_text(value)}' for key, value in options.items())})"
    text += "".join(f", {LOOP[key].get(str(value), value)}" for key, value in call.options.items() if key in LOOP)
    text += f".{attribute}" if attribute else ""
    return surrounded(text, call, package) + parameters_text(call)


def surrounded(text: str, call: FrameworkCall, package: str) -> str:
    """The text of a call with what comes before it, and its factor."""
    if call.before:
        before = call_text(call.before, package)
        text += f", kernel_regularizer={before}" if "regularizers" in before else f" after {before}"
    if call.times != "1":
        is_optimizer = call.call.startswith("optim")
        text = f"{text}, learning rate times {call.times}" if is_optimizer else f"{call.times} * {text}"
    return text


def parameters_text(call: FrameworkCall) -> str:
    """How arrays are loaded: axes, parameters, gates, dtype."""
    text = "".join(f", {array} with axes {tuple(order)}" for array, order in call.axes.items())
    text += f", loading {', '.join(call.loads)}" if call.loads else ""
    text += f", gates in the order {tuple(call.gates)}" if call.gates else ""
    return text + (", default dtype" if call.dtype == "default" else "")


def formula_text(formula: FrameworkCall) -> str:
    """A formula of the reference by its name, with its numbers."""
    numbers = ", ".join(f"{key} = {value}" for key, value in formula.options.items())
    decay = f" with {formula_text(formula.before)}" if formula.before else ""
    factor = f", learning rate times {formula.times}" if formula.times != "1" else ""
    return f"{formula.call}{f' ({numbers})' if numbers else ''}{decay}{factor}"
