"""Interrupted runs go on."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from adapters import Array
from verification.seeds.resumption import digest, forget, kept, resumed
from worked_examples.loading import ROOT, load


def columns(seeds: Sequence[int]) -> Array:
    """Two numbers a seed, one of them no number."""
    return np.array([[seed * 0.1 for seed in seeds], [np.nan if seed else np.inf for seed in seeds]])


def test_an_interrupted_run_goes_on_from_its_last_part(tmp_path: Path) -> None:
    """What is kept is not computed again, and every number comes back as it was."""
    file, requested = tmp_path / "x.part", list[list[int]]()

    def interrupted(seeds: Sequence[int]) -> Array:
        if len(requested) == 2:
            raise KeyboardInterrupt
        requested.append(list(seeds))
        return columns(seeds)

    with pytest.raises(KeyboardInterrupt):
        resumed(file, "key", range(5), 2, interrupted)
    requested.clear()
    assert np.array_equal(resumed(file, "key", range(5), 2, interrupted), columns(range(5)), equal_nan=True)
    assert requested == [[4]]


def test_what_was_computed_from_something_else_is_computed_again(tmp_path: Path) -> None:
    """Another key, and a file that is not a table, are ignored."""
    file = tmp_path / "x.part"
    resumed(file, "key", range(2), 2, columns)
    assert len(kept(file, "key")) == 2
    assert kept(file, "another key") == []
    file.write_text("[", encoding="utf-8")
    assert kept(file, "key") == []


def test_fewer_seeds_are_the_first_of_many(tmp_path: Path) -> None:
    """A shorter run takes what it needs."""
    file = tmp_path / "x.part"
    resumed(file, "key", range(4), 2, columns)
    assert np.array_equal(resumed(file, "key", range(1), 2, columns), columns(range(1)))


def test_a_finished_table_is_forgotten(tmp_path: Path) -> None:
    """The file is removed; one that is not there does not count as an error."""
    file = tmp_path / "x.part"
    resumed(file, "key", range(2), 2, columns)
    forget(file)
    forget(file)
    assert not file.exists()


def test_a_changed_fixture_has_another_digest(tmp_path: Path) -> None:
    """So that nothing is kept of the old one."""
    example = load(ROOT / "numpy-dnn" / "321_1.toml")
    copy = tmp_path / "321_1.toml"
    copy.write_text(example.file.read_text(encoding="utf-8") + "# changed", encoding="utf-8")
    assert digest(example) != digest(example.model_copy(update={"file": copy}))
