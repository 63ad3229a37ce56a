"""What a watcher notes, and that it leaves no trace."""

import json
import sys
import threading
from typing import Any

import numpy as np
import pytest

from reference.activations import ACTIVATIONS
from verification.independence.watcher import Watched, WatchedEngine, Watcher, package_of


def doubled(number: float) -> float:
    """Twice a number."""
    return 2 * number


class Trainer:
    """A trainer with one method."""

    path = "eager"

    def advance(self, limit: int) -> float:
        """Twice the limit."""
        return doubled(limit)


def names(watcher: Watcher) -> list[tuple[str, str]]:
    """Labels and names of the functions in this file."""
    return [(label, name) for label, file, name in watcher.functions if file == __file__]


def test_functions_are_noted_once_with_label_file_and_name() -> None:
    """The first call counts; what is called outside is not noted, and the result is that of the function."""
    watcher = Watcher()
    doubled(1)
    assert watcher.watch("first", doubled, 3) == 6
    assert watcher.watch("second", doubled, number=4) == 8
    assert names(watcher) == [("first", "doubled")]


def test_functions_of_extension_modules_are_noted_by_package() -> None:
    """Neither file nor frame, but the module of the function, or that of the object whose method it is."""
    watcher = Watcher()
    watcher.watch("call", lambda: np.zeros(3).tolist())
    assert "numpy" in watcher.extensions
    assert package_of(np.zeros(1).sum) == "numpy"
    assert package_of(sys.getprofile) == "sys"


def test_the_profiler_that_was_active_is_active_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the function raises; a coverage measurement or a profiler goes on."""
    before = sys.getprofile()
    events: list[str] = []

    def profiler(frame: Any, event: str, argument: Any) -> None:
        events.append(event)

    try:
        sys.setprofile(profiler)
        with pytest.raises(json.JSONDecodeError):
            Watcher().watch("call", json.loads, "{")
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(before)
    assert sys.getprofile() is before


def test_what_a_new_thread_calls_is_noted() -> None:
    """An engine cannot borrow in another thread."""
    watcher = Watcher()

    def borrow() -> None:
        thread = threading.Thread(target=doubled, args=(1,))
        thread.start()
        thread.join()

    watcher.watch("call", borrow)
    assert ("call", "doubled") in names(watcher)


def test_imports_are_no_calls() -> None:
    """The bodies of modules and classes, and comprehensions at their level, are not noted."""
    watcher = Watcher()
    source = "values = [number for number in range(3)]\nclass Empty:\n    known = [number for number in range(3)]\n"
    watcher.watch("import", exec, compile(source, "module.py", "exec"), {})
    assert [file for _, file, _ in watcher.functions if file == "module.py"] == []


def test_a_function_of_a_table_is_noted_by_the_file_that_defines_it() -> None:
    """The reference's tables hold functions, which compute."""
    watcher = Watcher()
    watcher.watch("call", ACTIVATIONS["identity"].value, np.ones(1))
    assert any(file.endswith("reference/activations.py") for _, file, _ in watcher.functions)


def test_every_method_of_a_watched_object_is_watched_under_its_name() -> None:
    """Other attributes are as they are."""
    watcher = Watcher()
    trainer = Watched(Trainer(), watcher)
    assert (trainer.advance(4), trainer.path) == (8, "eager")
    assert names(watcher) == [("advance", "Trainer.advance"), ("advance", "doubled")]


def test_the_trainers_of_a_watched_engine_are_watched_and_eager() -> None:
    """Nothing is compiled for this."""
    watcher, requested = Watcher(), list[bool]()

    class Engine:
        """An engine with trainers."""

        def trainer(self, example: Any, dtype: str, compiled: bool) -> Trainer:
            """Notes whether a compiled one was requested."""
            requested.append(compiled)
            return Trainer()

    assert WatchedEngine(Engine(), watcher).trainer(None, "float64", compiled=True).advance(2) == 4
    assert requested == [False]
    assert ("advance", "doubled") in names(watcher)
