"""From a directory of TOML files to validated examples, with one clear error for whatever is wrong."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from worked_examples.books import BOOK, add_book, books_below
from worked_examples.computability import uncomputable
from worked_examples.errors import FixtureError, in_line, nearest
from worked_examples.files.toml_tables import complaint, read_table, toml_files
from worked_examples.printed.claims import misplaced_errata
from worked_examples.proofs import unproved
from worked_examples.schema.book import Book
from worked_examples.schema.kinds.calculation import CalculationExample
from worked_examples.schema.kinds.convention import ConventionExample
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample
from worked_examples.variants import variants

Example = NetworkExample | SizedNetworkExample | CalculationExample | ConventionExample | ImageExample
KINDS = tuple(dict.fromkeys(get_args(model.model_fields["kind"].annotation)[0] for model in get_args(Example)))
WITHOUT_DATA, ON_IMAGES = "network without data", "network on images"
OF_MODEL: dict[type[Any], str] = {SizedNetworkExample: WITHOUT_DATA, ImageExample: ON_IMAGES}


def kind_of(table: Any) -> str:
    """The kind that a table says it is of; a network with neither data nor a loss is one of which only sizes are known."""
    if not isinstance(table, dict):
        return OF_MODEL.get(type(table)) or str(getattr(table, "kind", "nothing"))
    kind, network, data = str(table.get("kind", "nothing")), table.get("network"), table.get("data")
    if kind != "network":
        return kind
    if isinstance(data, dict) and "images" in data:
        return ON_IMAGES
    return WITHOUT_DATA if data is None and isinstance(network, dict) and "loss" not in network else kind


SCHEMA: TypeAdapter[Example] = TypeAdapter(
    Annotated[
        Annotated[NetworkExample, Tag("network")]
        | Annotated[SizedNetworkExample, Tag(WITHOUT_DATA)]
        | Annotated[CalculationExample, Tag("calculation")]
        | Annotated[ConventionExample, Tag("convention")]
        | Annotated[ImageExample, Tag(ON_IMAGES)],
        Discriminator(kind_of),
    ]
)
ROOT = Path(__file__).parent.parent / "fixtures"


def load(file: Path) -> Example:
    """Read one fixture.

    Raises:
        FixtureError: where the file is missing, is not TOML, or does not hold a valid example; the message names file and key.

    """
    table = read_table(file)
    if "file" in table:
        raise FixtureError(f"{in_line(file)}: unknown key 'file'; {nearest('file', NetworkExample.written_keys())}")
    try:
        example = SCHEMA.validate_python({**table, "file": file})
    except ValidationError as error:
        raise complaint(file, error, KINDS) from None
    if example.id != (expected := f"{file.absolute().parent.name}/{file.stem}"):
        raise FixtureError(f"{in_line(file)}: id: '{example.id}' does not name the file; expected '{in_line(expected)}'")
    if "@" in example.id:
        raise FixtureError(f"{in_line(file)}: id: '{example.id}' is the id of a variant; rename the file to one without '@'")
    misplaced = [] if isinstance(example, ConventionExample) else misplaced_errata(example)
    if wrong := [*misplaced, *unproved(example)] or list(islice(uncomputable(example), 1)):
        raise FixtureError(f"{in_line(file)}: {in_line(wrong[0])}")
    return example


def files_below(root: Path) -> list[Path]:
    """The fixtures below a directory, or the one file; ``book.toml`` is not a fixture."""
    files = [root] if root.is_file() else toml_files(root)
    return [file for file in files if file.name != BOOK]


def with_variants(example: Example) -> Iterator[Example]:
    """The example itself and its variants."""
    yield example
    if isinstance(example, NetworkExample):
        yield from variants(example)


class Loaded(NamedTuple):
    """What is found below a path: examples by id, books by document, the error of every file that cannot be used."""

    examples: dict[str, Example]
    books: dict[str, Book]
    errors: dict[Path, FixtureError]
    files: set[Path]


def load_found(roots: Iterable[Path]) -> Loaded:
    """Every example and book below directories (or in single files), in the order of the paths.

    A file that cannot be used is among the errors and keeps no other from being loaded; so is the second of two with one id.

    Raises:
        FixtureError: where a path does not exist, or has no fixture at all.

    """
    found = Loaded({}, {}, {}, set())
    for root in roots:
        if not is_there(root):
            raise FixtureError(f"{in_line(root)}: no such file or folder")
        files = files_below(root)
        if not files:
            raise FixtureError(f"{in_line(root)}: no fixture (*.toml) here")
        for file in dict.fromkeys([*files, *books_below(root)]):
            add(file, found)
    return found


def is_there(root: Path) -> bool:
    """Whether there is something at a path; not where it is no path at all."""
    try:
        return root.exists()
    except OSError:
        return False


def add(file: Path, found: Loaded) -> None:
    """Add what is in one file, or its error; nothing for a file that another path has led to before."""
    if file.absolute() in found.files:
        return
    found.files.add(file.absolute())
    try:
        if file.name == BOOK:
            add_book(file, found.books)
        else:
            add_example(file, found.examples)
    except FixtureError as error:
        found.errors[file] = error


def add_example(file: Path, examples: dict[str, Example]) -> None:
    """Load a fixture, and add its example and the variants; none of them where one has a known id.

    Raises:
        FixtureError: where the fixture cannot be used, or another file has its id.

    """
    new = {example.id: example for example in with_variants(load(file))}
    for name in new:
        if (known := examples.get(name)) and not known.file.samefile(file):
            raise FixtureError(f"{in_line(file)}: id: '{name}' is the id of {in_line(known.file)} too")
    examples.update(new)


def load_all(root: Path = ROOT) -> dict[str, Example]:
    """Every example below a directory (or in one file), by id, in the order of the paths.

    Raises:
        FixtureError: for the first fixture that cannot be used, for two with one id, or where there is none or no such path.

    """
    found = load_found([root])
    for file, error in found.errors.items():
        if file.name != BOOK:
            raise error
    return found.examples
