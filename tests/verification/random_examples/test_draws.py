"""What is drawn depends on the seed alone."""

from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from verification.random_examples.draws import BY_SEED


@pytest.mark.parametrize(("backend", "asks"), [(BY_SEED, False), ("hypothesis", True)])
def test_no_constants_of_imported_modules_are_drawn(backend: str, asks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not even looked for; with hypothesis's own backend they are."""

    class AskedError(Exception):
        """The source of imported modules is read."""

    def asked() -> NoReturn:
        raise AskedError

    monkeypatch.setattr(providers, "_get_local_constants", asked)

    @settings(backend=backend, database=None, derandomize=True, max_examples=50)
    @given(st.lists(st.floats(), min_size=20))
    def each(_: list[float]) -> None:
        pass

    if asks:
        with pytest.raises(AskedError):
            each()
    else:
        each()
