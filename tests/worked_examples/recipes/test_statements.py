"""The text of a draw as statements."""

import pytest

from worked_examples.recipes.statements import statements


def test_statements_have_targets_and_an_expression() -> None:
    """None, one or several names; comments and empty lines are left out; brackets hold lines together."""
    text = "# first\n\nW1 = randn(3,  # rows\n  4)\nW, b = Linear(3, 4)\nshuffle(x)\n"
    assert [(statement.text, statement.targets) for statement in statements(text)] == [
        ("W1 = randn(3, 4)", ("W1",)),
        ("W, b = Linear(3, 4)", ("W", "b")),
        ("shuffle(x)", ()),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 statements; accepted: from 1 to 1,000"),
        ("a = 1\n" * 1001, "1,001 statements; accepted: from 1 to 1,000"),
        ("W = (randn(3)", "'(randn(3)' is not an expression"),
        ("W, = randn(3)", "'W, = randn(3)' is not an expression"),
        ("import os", "'import os' is not an expression"),
        (
            "W = np.random.randn(3)",
            "'np.random' in 'W = np.random.randn(3)': no name has a dot; write randn(3, 4) for np.random.randn(3, 4), "
            "transpose(W) for W.T",
        ),
        ("W = " + "(" * 3000, "an expression of 3,000 characters; accepted: at most 2,000"),
        ("W = " + "-" * 500 + "1", "'" + "-" * 500 + "1' has more than 100 operations in each other; accepted: at most so many"),
    ],
)
def test_what_is_no_statement_is_refused(text: str, message: str) -> None:
    """The message says what is accepted."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 -- the whole message is compared
        statements(text)
    assert str(raised.value) == message
