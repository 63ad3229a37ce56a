"""The page of the formulas."""

import re
from collections.abc import Callable
from typing import Any

from verification.records import Findings
from verification.verdicts.verdict import Verdict
from worked_examples.expression.documented.page import form, page
from worked_examples.expression.formulas import formulas
from worked_examples.expression.iterated import repeated
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
    """Those of the examples, without and with an iteration."""
    text, of_pass = re.findall(r'steps = """\n(.*?)"""', page(), flags=re.DOTALL)
    assert [name for name in formulas(text).lines if name.isidentifier()] == ["i", "f", "g", "o", "c", "h", "E"]
    assert list(repeated("", of_pass, ("w", "v"), "E < 0.01").written)[1:2] == ["E"]


def test_the_printed_numbers_of_the_page_are_right(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """The iterated example is a fixture, and all its numbers are confirmed."""
    *_, fixture = re.findall(r"```toml\n(.*?)```", page(), flags=re.DOTALL)
    findings = judged("printed", written(fixture))
    assert [number.verdict for number in findings.printed_numbers or []] == [Verdict.CONFIRMED] * 6
