"""Branches are decided once."""

from verification.random_examples.truth.branches import Branches


def test_decisions_are_repeated_in_their_order() -> None:
    """What would decide otherwise later is not evaluated again."""
    branches = Branches()
    assert [branches(lambda: "a"), branches(lambda: "b")] == ["a", "b"]
    for _ in range(2):
        branches.repeat()
        assert [branches(lambda: "c"), branches(lambda: "d")] == ["a", "b"]
