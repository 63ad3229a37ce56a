"""One run: its examples, its data directory, its engines, and everything that it has computed already."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from adapters import ENGINES, Engine, load_engine
from worked_examples import Example, FixtureError
from worked_examples.loading import ROOT, load_found

T = TypeVar("T")
CERTIFICATION = 3.0  # enough for 40,000 updates of a network of 12 parameters


class Session:
    """What every case of a run shares. Nothing of a run is kept elsewhere, so that tests make a session of their own."""

    def __init__(
        self,
        examples: Iterable[Example] = (),
        data: Path | None = None,
        engine_names: Iterable[str] = tuple(ENGINES),
        engines: Mapping[str, Engine] | None = None,
        unreadable: Mapping[Path, FixtureError] | None = None,
        certification: float = CERTIFICATION,
        sources: Path | None = None,
    ) -> None:
        self.examples = {example.id: example for example in examples}
        self.unreadable = dict(unreadable or {})  # files that cannot be used, each with what is wrong
        self.data = data
        self.sources = sources  # the folder with the text of the documents
        self.certification = certification  # estimated seconds that certifying one example may take
        self.engine_names = tuple(engine_names)
        self.download_failures: dict[str, str] = {}
        self._engines = dict(engines or {})
        self._computed: dict[Hashable, Any] = {}

    def engine(self, name: str) -> Engine:
        """An engine, imported when it is first needed."""
        if name not in self._engines:
            self._engines[name] = load_engine(name)
        return self._engines[name]

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` returns, computed once for each key."""
        if key not in self._computed:
            self._computed[key] = compute()
        computed: T = self._computed[key]
        return computed

    def example(self, name: str) -> Example:
        """An example of this run, or one of ours.

        Raises:
            FixtureError: where there is none of this id.

        """
        example = self.examples.get(name) or self.once("our examples", lambda: load_found([ROOT]).examples).get(name)
        if example is None:
            raise FixtureError(f"'{name}' is not the id of an example")
        return example
