"""The page of the formulas."""

import re

from worked_examples.expression.formulas import formulas
from worked_examples.expression.page import form, page
from worked_examples.loading import ROOT


def test_the_page_is_up_to_date() -> None:
    """Write it again with ``python -m worked_examples``."""
    assert (ROOT.parent / "docs" / "formulas.md").read_text(encoding="utf-8") == page()


def test_a_form_shows_operands_and_parameters() -> None:
    """What may be left out is in brackets."""
    assert form("add") == "a + b"
    assert form("max pooling") == "max_pooling(x, size[, stride][, padding])"
    assert form("split") == "split(x, sections[, axis])"
    assert form("concatenate") == "concatenate([a, b, ...], axis)"


def test_the_formulas_on_the_page_are_formulas() -> None:
    """Those of the example."""
    (text,) = re.findall(r'steps = """\n(.*?)"""', page(), flags=re.DOTALL)
    assert [name for name in formulas(text).lines if name.isidentifier()] == ["i", "f", "g", "o", "c", "h", "E"]
