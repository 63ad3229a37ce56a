"""The page of what proofs have besides formulas."""

from worked_examples.expression.documented.list_words import WORDS, section
from worked_examples.expression.functions import LISTS


def test_every_function_of_lists_has_its_words() -> None:
    """And no other is on the page."""
    assert WORDS.keys() == LISTS.keys()
    text = "\n".join(section())
    assert all(f"| `{name}(" in text for name in LISTS)
    assert "200,000 entries in all" in text
