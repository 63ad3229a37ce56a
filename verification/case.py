"""A case: one example on one engine, in one floating-point type."""

from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from adapters import Engine
from verification.session import Session
from worked_examples import Example

E = TypeVar("E", bound=Example)


@dataclass(frozen=True)
class Case(Generic[E]):
    """An example on an engine; ``session`` holds what other cases have computed already."""

    example: E
    engine_name: str
    session: Session = field(default_factory=Session)
    dtype: str = "float64"

    @property
    def engine(self) -> Engine:
        """The engine."""
        return self.session.engine(self.engine_name)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this case from the others of its session."""
        return self.example.id, self.engine_name, self.dtype

    def on(self, engine_name: str) -> "Case[E]":
        """The same example on another engine."""
        return replace(self, engine_name=engine_name)

    def in_dtype(self, dtype: str) -> "Case[E]":
        """The same example in another floating-point type."""
        return replace(self, dtype=dtype)

    def of(self, example: E) -> "Case[E]":
        """Another example on the same engine."""
        return replace(self, example=example)
