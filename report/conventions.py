"""``python -m report.conventions``: write ``docs/conventions.md`` from the fixtures of kind ``convention``.

The tests measure, not this. Engines are those that the fixtures name: a further engine with entries has its columns.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from report.formatting import DASH
from report.framework_calls import call_text, formula_text
from report.rendering import environment, markdown
from worked_examples import ConventionExample, load_all
from worked_examples.files.atomic_files import write_text
from worked_examples.schema.kinds.convention import Convention, EngineConvention

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "conventions.md"
PROPER_NAMES: Mapping[str, str] = {"keras": "Keras", "torch": "PyTorch"}
BACKENDS: Mapping[str, tuple[str, ...]] = {"keras": ("tensorflow",)}
WORDS: Mapping[str, str] = {"rounding": "none beyond rounding", "shape": "another shape", "infinite": "infinite"}


class Row(NamedTuple):
    """A row of a convention's table: its name, then a cell for every engine."""

    name: str
    cells: list[str]


def engines(examples: list[ConventionExample]) -> list[str]:
    """The engines that any convention has an entry for, in the order of the fixtures."""
    return list(dict.fromkeys(name for example in examples for convention in example.conventions for name in convention.engines))


def pairs(example: ConventionExample) -> list[tuple[str, str]]:
    """The pairs of engines that are compared in an example."""
    return list(dict.fromkeys(pair.engines for convention in example.conventions for pair in convention.pairs))


def versions(names: list[str], constraints: Path = ROOT / "constraints.txt") -> dict[str, str]:
    """The pinned versions of the engines' packages, with which every number is tested."""
    lines = (line.partition("==") for line in constraints.read_text(encoding="utf-8").splitlines())
    pinned = {name: version.partition(" ")[0].partition(";")[0] for name, _, version in lines}
    packages = [package for name in names for package in (name, *BACKENDS.get(name, ()))]
    return {package: pinned[package] for package in packages if package in pinned}


def proper_name(engine: str) -> str:
    """The name of an engine's framework as one writes it; that of the engine where no other is known."""
    return PROPER_NAMES.get(engine, engine)


def distance(text: str) -> str:
    """A distance in words, or as the number it is."""
    return WORDS.get(text, text)


def rows(convention: Convention) -> Iterator[Row]:
    """The table of a convention: code in backquotes, distances in words."""
    sides = convention.engines
    yield Row("by default", [code(call_text(side.default, name)) for name, side in sides.items()])
    yield Row("from the formula", [distance(side.default_difference) for side in sides.values()])
    if is_aligned(convention):
        yield Row("aligned settings", [code(call_text(side.best, name)) for name, side in sides.items()])
        yield Row("from the formula then", [distance(side.residual_difference) for side in sides.values()])


def is_aligned(convention: Convention) -> bool:
    """Whether any engine needs other settings than its defaults."""
    return any(side.aligned for side in convention.engines.values())


def pair_cells(convention: Convention, compared: list[tuple[str, str]]) -> list[str]:
    """How far the engines of each pair are from each other, by default and with aligned settings."""
    known = {pair.engines: (distance(pair.default), distance(pair.aligned)) for pair in convention.pairs}
    return [cell for pair in compared for cell in known.get(pair, (DASH, DASH))]


def residual(side: EngineConvention) -> str:
    """Why a difference remains, and which formula is computed instead, to the last digit."""
    proof = f"It is, to the last digit, {formula_text(side.actual_formula)}." if side.actual_formula else ""
    return f"{side.why.rstrip('.')}. {proof}".strip(" .") + "." if side.why or proof else ""


def code(text: str) -> Markup:
    """Text as code in a table's cell; its text is literal."""
    return Markup(f"`{text.replace('|', chr(92) + '|')}`")  # noqa: S704 -- the project's own data, between backquotes


def literal(text: str) -> Markup:
    """Text that means nothing but itself in Markdown, with quotation marks as they are."""
    return Markup(str(markdown(text)).replace("&#39;", "'").replace("&#34;", '"'))  # noqa: S704 -- escaped by markdown()


def target(convention: Convention, example: ConventionExample) -> str:
    """The name of the link target of a convention."""
    return re.sub(r"[^a-z0-9]+", "-", f"{example.id} {convention.name}".lower()).strip("-")


def page_of(examples: list[ConventionExample]) -> str:
    """The page about some examples."""
    jinja = environment()
    functions = (rows, target, distance, residual, is_aligned, pairs, pair_cells)
    jinja.filters |= {"code": code, "literal": literal, "proper_name": proper_name}
    view: dict[str, Any] = {
        "examples": examples,
        "versions": versions(engines(examples)),
        "total": sum(len(example.conventions) for example in examples),
        "proper_names": [proper_name(name) for name in engines(examples)],
    }
    functions_by_name = {function.__name__: function for function in functions}
    return jinja.get_template("conventions.md.j2").render(**functions_by_name, **view).rstrip() + "\n"


def page() -> str:
    """The text of ``docs/conventions.md``."""
    return page_of([example for example in load_all().values() if isinstance(example, ConventionExample)])


if __name__ == "__main__":
    write_text(PAGE, page())
