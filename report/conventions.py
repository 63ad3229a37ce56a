"""``python -m report.conventions``: write ``docs/dialects.md`` from the dialects in the fixtures. The tests measure, not this."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from report.rendering import environment, markdown
from worked_examples import ConventionExample, load_all
from worked_examples.schema.framework_call import FrameworkCall
from worked_examples.schema.kinds.convention import Convention, EngineConvention

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "conventions.md"
PACKAGES = ("keras", "tensorflow", "torch")
LOOP: Mapping[str, Mapping[str, str]] = {  # what a training loop of one's own does, beside the loader's options
    "report": {"after": "the loss afterwards", "running mean": "losses weighed by the batch's size"},
    "zero_grad": {"True": "with zero_grad()", "False": "without zero_grad()"},
}
WORDS = {"rounding": "none beyond rounding", "shape": "another shape", "infinite": "infinite"}
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?f?")


class Row(NamedTuple):
    """A line of a dialect's table: what it is about, then Keras and PyTorch."""

    name: str
    keras: str
    torch: str


def versions(constraints: Path = ROOT / "constraints.txt") -> dict[str, str]:
    """The pinned versions, with which every number is tested."""
    lines = (line.partition("==") for line in constraints.read_text(encoding="utf-8").splitlines())
    found = {name: version.partition(" ")[0].partition(";")[0] for name, _, version in lines}
    return {name: found[name] for name in PACKAGES if name in found}


def distance(text: str) -> str:
    """A distance in words, or as the number it is."""
    return WORDS.get(text, text)


def option(value: Any) -> str:
    """An option as one writes it in Python; numbers and truth values are no strings."""
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return f'"{value}"'
    return f"[{', '.join(map(option, value))}]" if isinstance(value, list) else str(value)


def call(expression: FrameworkCall, package: str) -> str:
    """An expression as one writes it in Python, with what stands before and around it."""
    name, _, part = f"{package}.{expression.call}".partition(" ")
    options = {key: value for key, value in expression.options.items() if key not in LOOP}
    text = f"{name}({', '.join(f'{key}={option(value)}' for key, value in options.items())})"
    text += "".join(f", {LOOP[key].get(str(value), value)}" for key, value in expression.options.items() if key in LOOP)
    text += f".{part}" if part else ""
    if expression.before:
        first = call(expression.before, package)
        text += f", kernel_regularizer={first}" if "regularizers" in first else f" after {first}"
    if expression.times != "1":
        text = f"{text}, rate times {expression.times}" if ".optim" in name else f"{expression.times} * {text}"
    text += "".join(f", {array} with axes {tuple(order)}" for array, order in expression.axes.items())
    text += f", loading {', '.join(expression.loads)}" if expression.loads else ""
    text += f", gates in the order {tuple(expression.gates)}" if expression.gates else ""
    return text + (", default dtype" if expression.dtype == "default" else "")


def formula(expression: FrameworkCall) -> str:
    """A formula of the reference by its name, with its numbers."""
    numbers = ", ".join(f"{key} = {value}" for key, value in expression.options.items())
    decay = f" with {formula(expression.before)}" if expression.before else ""
    factor = f", rate times {expression.times}" if expression.times != "1" else ""
    return f"{expression.call}{f' ({numbers})' if numbers else ''}{decay}{factor}"


def rows(convention: Convention) -> Iterator[Row]:
    """The table of a dialect: code in backquotes, distances in words."""
    sides = convention.engines["keras"], convention.engines["torch"]
    names = ("keras", "torch")
    yield Row("by default", *(code(call(side.default, name)) for side, name in zip(sides, names, strict=True)))
    yield Row("from the formula", *(distance(side.default_difference) for side in sides))
    if any(side.aligned for side in sides):
        yield Row("settings", *(code(call(side.best, name)) for side, name in zip(sides, names, strict=True)))
        yield Row("from the formula then", *(distance(side.residual_difference) for side in sides))


def remains(side: EngineConvention) -> str:
    """Why a difference remains, and which formula is computed instead, to the last digit."""
    proof = f"It is, to the last digit, {formula(side.actual_formula)}." if side.actual_formula else ""
    return f"{side.why.rstrip('.')}. {proof}".strip(" .") + "." if side.why or proof else ""


def code(text: str) -> Markup:
    """Text as code in a table's cell; what stands there means itself."""
    return Markup(f"`{text.replace('|', chr(92) + '|')}`")  # noqa: S704 -- the project's own data, between backquotes


def plain(text: str) -> Markup:
    """Text that means nothing but itself in Markdown, with quotation marks as they are."""
    return Markup(str(markdown(text)).replace("&#39;", "'").replace("&#34;", '"'))  # noqa: S704 -- escaped by markdown()


def heading(convention: Convention, example: ConventionExample) -> str:
    """The name of the link to a dialect."""
    return re.sub(r"[^a-z0-9]+", "-", f"{example.id} {convention.name}".lower()).strip("-")


def page() -> str:
    """The text of ``docs/dialects.md``."""
    examples = [example for example in load_all().values() if isinstance(example, ConventionExample)]
    made = environment()
    functions: Mapping[str, Any] = {"rows": rows, "heading": heading, "distance": distance, "remains": remains}
    made.filters |= {"code": code, "plain": plain}
    view = {"examples": examples, "versions": versions(), "total": sum(len(example.conventions) for example in examples)}
    return made.get_template("conventions.md.j2").render(**functions, **view).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
