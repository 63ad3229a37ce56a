"""The worked examples that are timed, by id."""

from typing import TypeVar

from worked_examples import Example, load_all

Kind = TypeVar("Kind", bound=Example)


def chosen(name: str, kind: type[Kind]) -> Kind:
    """The example of this id.

    Raises:
        TypeError: where it is of another kind.

    """
    example = load_all()[name]
    if not isinstance(example, kind):
        raise TypeError(f"{name} is of kind {type(example).__name__}, not {kind.__name__}")
    return example
