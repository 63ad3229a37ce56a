"""What is drawn depends on the seed alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from verification.random_examples.draws import BY_SEED


@pytest.mark.parametrize(("backend", "read"), [(BY_SEED, False), ("hypothesis", True)])
def test_no_constants_of_imported_modules_are_drawn(backend: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not even looked for; with hypothesis's own backend they are."""
    reads = list[int]()

    def constants() -> Constants:
        reads.append(1)
        return Constants()

    monkeypatch.setattr(providers, "_get_local_constants", constants)

    @settings(backend=backend, database=None, derandomize=True, max_examples=50)
    @given(st.lists(st.floats(), min_size=20))
    def each(_: list[float]) -> None:
        pass

    each()
    assert bool(reads) is read
