"""Which functions are called while an engine computes: by file and name, Python's and those of extension modules."""

import gc
import inspect
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType, ModuleType
from typing import Any, ParamSpec, TypeVar

COMPREHENSIONS = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")
P = ParamSpec("P")
T = TypeVar("T")


class Watcher:
    """Collects the functions that are called in what it watches, in the order of their first calls."""

    def __init__(self) -> None:
        self._codes: dict[int, tuple[str, CodeType]] = {}
        self.extensions: set[str] = set()
        """The packages whose extension modules were called."""
        self._label = ""

    def watch(self, label: str, compute: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """What ``compute`` returns; the calls in it, also those in threads that it starts, are noted under ``label``.

        A profiler that was active is paused meanwhile, and so is the collection of garbage, which may call anybody's finalizers.
        """
        before, collects, self._label = sys.getprofile(), gc.isenabled(), label
        gc.disable()
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        try:
            return compute(*arguments, **options)
        finally:
            sys.setprofile(before)
            threading.setprofile(before)
            if collects:
                gc.enable()

    def watching(self, label: str, compute: Callable[P, T]) -> Callable[P, T]:
        """``compute``, watched whenever it is called."""

        def watched(*arguments: P.args, **options: P.kwargs) -> T:
            return self.watch(label, compute, *arguments, **options)

        return watched

    def _note(self, frame: FrameType, event: str, called: Any) -> None:
        """Note one call; the bodies of modules and classes, which an import runs, are not functions."""
        if event == "call" and frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            self._codes.setdefault(id(frame.f_code), (self._label, frame.f_code))
        elif event == "c_call":
            self.extensions.add(package_of(called))

    @property
    def functions(self) -> list[tuple[str, str, str]]:
        """Label, file and qualified name of every function that was called, but for comprehensions, of which imports have many."""
        named = ((label, code) for label, code in self._codes.values() if code.co_name not in COMPREHENSIONS)
        return [(label, code.co_filename, getattr(code, "co_qualname", code.co_name)) for label, code in named]  # Python 3.10


def package_of(called: Any) -> str:
    """The package of a function of an extension module: that of the module, class or object that it belongs to."""
    owner = getattr(called, "__self__", None)
    if isinstance(owner, ModuleType):
        return owner.__name__.partition(".")[0]
    return str((owner if isinstance(owner, type) else type(owner)).__module__).partition(".")[0]


class Watched:
    """An object all of whose methods are watched, each under its name."""

    def __init__(self, watched: Any, watcher: Watcher) -> None:
        self.watched, self.watcher = watched, watcher

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self.watched, name)
        return self.watcher.watching(name, attribute) if callable(attribute) else attribute


class WatchedEngine(Watched):
    """An engine, and its trainers, which are eager, for nothing shall be compiled for this."""

    def trainer(self, example: Any, dtype: str, compiled: bool) -> Watched:  # noqa: ARG002 -- see above
        """The engine's own eager trainer, watched."""
        make = self.watcher.watching("trainer", self.watched.trainer)
        return Watched(make(example, dtype, compiled=False), self.watcher)
