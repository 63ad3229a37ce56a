"""Which names expressions need."""

import pytest

from worked_examples.expression.names import check, names


def test_names_that_a_comprehension_binds_need_no_value() -> None:
    """Its source and free names do."""
    assert names("[a * b for a in rows if a > limit]") == {"b", "rows", "limit"}


def test_known_names_are_accepted() -> None:
    """Functions of the table need not be known."""
    check("sum(x) + mean(x)", {"x"})
    with pytest.raises(ValueError, match=r"^'y' in 'sum\(y\)' is unknown; accepted: x$"):
        check("sum(y)", {"x"})
