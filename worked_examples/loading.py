"""From a directory of TOML files to validated examples, with one clear error for whatever is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, get_args

from pydantic import Field, TypeAdapter, ValidationError

from worked_examples.books import BOOK
from worked_examples.errors import FixtureError, nearest
from worked_examples.printed.claims import misplaced_errata
from worked_examples.proofs import unproved
from worked_examples.schema.kinds.architecture import ArchitectureExample
from worked_examples.schema.kinds.block import BlockExample
from worked_examples.schema.kinds.calculation import CalculationExample
from worked_examples.schema.kinds.convention import ConventionExample
from worked_examples.schema.kinds.gradient_descent import GradientDescentExample
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.initializer import InitializerExample
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.precision import PrecisionExample
from worked_examples.toml_tables import complaint, read_table
from worked_examples.variants import variants

Example = (
    NetworkExample
    | CalculationExample
    | GradientDescentExample
    | InitializerExample
    | ConventionExample
    | ArchitectureExample
    | BlockExample
    | PrecisionExample
    | ImageExample
)
SCHEMA: TypeAdapter[Example] = TypeAdapter(Annotated[Example, Field(discriminator="kind")])
KINDS = tuple(get_args(model.model_fields["kind"].annotation)[0] for model in get_args(Example))
ROOT = Path(__file__).parent.parent / "fixtures"


def load(file: Path) -> Example:
    """Read one fixture.

    Raises:
        FixtureError: where the file is missing, is not TOML, or does not hold a valid example; the message names file and key.

    """
    table = read_table(file)
    if "file" in table:
        raise FixtureError(f"{file}: unknown key 'file'; {nearest('file', NetworkExample.written_keys())}")
    try:
        example = SCHEMA.validate_python({**table, "file": file})
    except ValidationError as error:
        raise complaint(file, error, KINDS) from None
    if example.id != (expected := f"{file.absolute().parent.name}/{file.stem}"):
        raise FixtureError(f"{file}: id: '{example.id}' does not name the file; expected '{expected}'")
    if "@" in example.id:
        raise FixtureError(f"{file}: id: '{example.id}' is the id of a variant; rename the file to one without '@'")
    misplaced = [] if isinstance(example, InitializerExample | ConventionExample) else misplaced_errata(example)
    if wrong := [*misplaced, *unproved(example)]:
        raise FixtureError(f"{file}: {wrong[0]}")
    return example


def files_below(root: Path) -> list[Path]:
    """The fixtures below a directory, or the one file; ``book.toml`` is not a fixture."""
    files = [root] if root.is_file() else sorted(root.rglob("*.toml"))
    return [file for file in files if file.name != BOOK]


def with_variants(example: Example) -> Iterator[Example]:
    """The example itself and its variants."""
    yield example
    if isinstance(example, NetworkExample):
        yield from variants(example)


def load_all(root: Path = ROOT) -> dict[str, Example]:
    """Every example below a directory (or in one file), by id, in the order of the paths.

    Raises:
        FixtureError: for the first fixture that cannot be used, for two with one id, or where there is none or no such path.

    """
    if not root.exists():
        raise FixtureError(f"{root}: no such file or folder")
    examples: dict[str, Example] = {}
    for file in files_below(root):
        for example in with_variants(load(file)):
            if example.id in examples:
                raise FixtureError(f"{file}: id: '{example.id}' is the id of {examples[example.id].file} too")
            examples[example.id] = example
    if not examples:
        raise FixtureError(f"{root}: no fixture (*.toml) here")
    return examples
