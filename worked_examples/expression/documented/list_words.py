"""What proofs, claims about seeds and formulas of log tables have besides formulas, in words: their section of the page."""

from collections.abc import Iterator, Mapping

from worked_examples.expression.functions import LISTS
from worked_examples.limits import ITERATIONS

HEAD = f"""## Proofs

Proofs of errata, claims about seeds and formulas of log tables on images are one formula each, of facts by name. Their arrays are
nested lists of exact fractions, of float64 where a function leaves these, and they also have

- texts, lists `[a, b]`, `{{'key': a}}`, entries and slices of these, `+` of lists and texts;
- `==`, `!=`, `in`, `not in`, chains of comparisons, `and`, `or`, `not`; a comparison gives True or False;
- `//`, `%`, and loops in a list: `[a * b for a, b in zip(x, y) if a > 0]`; {ITERATIONS:,} entries in all;
- the functions of this table, beside all of the table above, which take nested lists.

`inf` is a number here too. What is not a number, such as `sqrt(-1)`, is refused. The facts of a kind are in
`worked_examples/proofs.py`.
"""
WORDS: Mapping[str, tuple[str, str]] = {
    "all": ("x", "whether all entries are true"),
    "any": ("x", "whether some entry is true"),
    "ceil": ("a", "the least whole number from a"),
    "count": ("x, a", "how many entries of the list x are a"),
    "float16": ("a", "the nearest number of this type, exactly"),
    "float32": ("a", "as above"),
    "float64": ("a", "as above"),
    "floor": ("a", "the greatest whole number to a"),
    "he_deviation": ("fan_in, fan_out", "the standard deviation of initial weights by this rule"),
    "lecun_deviation": ("fan_in, fan_out", "as above"),
    "len": ("x", "the number of entries"),
    "position": ("x, a", "where a first is in the list x, from 0"),
    "range": ("[start, ]stop[, step]", "whole numbers, stop left out"),
    "round": ("a[, decimals]", "the nearest number of so many decimals, the even one of two"),
    "shape": ("x", "the lengths of nested lists, from the outermost"),
    "sorted": ("x", "the entries in order"),
    "xavier_deviation": ("fan_in, fan_out", "as above"),
    "zip": ("x, y, ...", "lists of the first entries, the second entries, ...; all equally long"),
}


def section() -> Iterator[str]:
    """The lines of the section."""
    yield HEAD
    yield "| function | gives |"
    yield "| --- | --- |"
    for name in sorted(LISTS):
        operands, gives = WORDS[name]
        yield f"| `{name}({operands})` | {gives} |"
    yield ""
