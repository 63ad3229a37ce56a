"""Random examples as fixtures."""

from dataclasses import replace

from verification.random_examples.texts.blocks import Block, Item
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.texts.printing import Printed
from verification.random_examples.truth.numbers import array

ONE = Printed(10, 1, negative=False)
EXAMPLE = RandomExample("calculation", {"inputs": {"x": "1"}}, [Block([Item("x", array(ONE), numpy=False)], {})] * 2, (True, False))


def test_the_right_fixture_has_the_right_texts() -> None:
    """Under the id of its file."""
    text = EXAMPLE.fixture("name")
    assert text.count('text = "x = 1.0"') == 2
    assert 'id = "random/name"' in text


def test_the_changed_fixture_has_other_texts() -> None:
    """Each number is one unit up or down."""
    text = EXAMPLE.fixture("name", changed=True)
    assert ('text = "x = 1.1"' in text, 'text = "x = 0.9"' in text, "1.0" in text) == (True, True, False)


def test_all_numbers_are_known() -> None:
    """In their order."""
    assert EXAMPLE.numbers == [ONE, ONE]


def test_logs_have_a_table_of_their_own() -> None:
    """Blocks that say when their numbers are taken."""
    log = EXAMPLE.blocks[0]._replace(keys={"taken": "after the epoch"})
    text = replace(EXAMPLE, blocks=[EXAMPLE.blocks[0], log]).fixture("name")
    assert (text.count("[[printed]]"), text.count("[[log]]")) == (1, 1)
    assert "[[log]]" not in EXAMPLE.fixture("name")
