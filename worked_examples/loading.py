"""From a directory of TOML files to validated examples, with one clear error for whatever is wrong."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from worked_examples.errors import FixtureError, nearest
from worked_examples.printed.claims import unused_errata
from worked_examples.schema.architecture import ArchitectureExample
from worked_examples.schema.block import BlockExample
from worked_examples.schema.calculation import CalculationExample
from worked_examples.schema.convention import ConventionExample
from worked_examples.schema.fact_names import unproved
from worked_examples.schema.gradient_descent import GradientDescentExample
from worked_examples.schema.images import ImageExample
from worked_examples.schema.initializer import InitializerExample
from worked_examples.schema.network import Data, Layer, Network, NetworkExample, Variant
from worked_examples.schema.precision import PrecisionExample

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

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
KINDS = (
    "network",
    "calculation",
    "gradient descent",
    "initializer",
    "convention",
    "architecture",
    "block",
    "precision",
    "image network",
)
ROOT = Path(__file__).parent.parent / "fixtures"


def complaint(file: Path, error: ErrorDetails) -> FixtureError:
    """The one-line error: file, key, what was found, what is accepted."""
    parts = error["loc"][1:] if error["loc"] and error["loc"][0] in KINDS else error["loc"]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
    if error["type"] == "missing":
        text = f"{key}: missing"
    elif error["type"].startswith("union_tag"):
        found = error["input"].get("kind", "nothing") if isinstance(error["input"], dict) else "no table"
        text = f"kind: '{found}' is not a kind of example; {nearest(str(found), KINDS)}"
    else:
        message = error["msg"].removeprefix("Value error, ")
        text = f"{key}: {message}" if key else message
    return FixtureError(f"{file}: {text}")


def load(file: Path) -> Example:
    """Read one fixture.

    Raises:
        FixtureError: where the file is missing, is no TOML, or does not hold a valid example; the message names file and key.

    """
    try:
        table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FixtureError(f"{file}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FixtureError(f"{file}: not TOML: {error}") from None
    try:
        example = SCHEMA.validate_python(table)
    except ValidationError as error:
        raise complaint(file, error.errors()[0]) from None
    if example.id != (stem := f"{file.parent.name}/{file.stem}"):
        raise FixtureError(f"{file}: id: '{example.id}' does not name the file; expected '{stem}'")
    unused = [] if isinstance(example, InitializerExample | ConventionExample) else unused_errata(example)
    if empty := [*unused, *unproved(example)]:
        raise FixtureError(f"{file}: {empty[0]}")
    example.read_from(file)
    return example


def drawn(random: np.random.RandomState, rows: int, columns: int) -> list[list[str]]:
    """A matrix of decimal strings from -0.99 to 0.99, exact in every number type that is."""
    return [[str(entry / 100) for entry in row] for row in random.randint(-99, 100, (rows, columns)).tolist()]


def vary(example: NetworkExample, variant: Variant) -> NetworkExample:
    """The example at another size, with drawn weights and data; nothing printed belongs to it."""
    random = np.random.RandomState(variant.seed)
    activations = [layer.activation for layer in example.network.layers]
    layers = [
        Layer(kernel=drawn(random, rows, units), bias=drawn(random, 1, units)[0], activation=activation)
        for rows, units, activation in zip(variant.units, variant.units[1:], activations, strict=False)
    ]
    data = Data(input=drawn(random, variant.samples, variant.units[0]), target=drawn(random, variant.samples, variant.units[-1]))
    name = f"{example.id}@{'-'.join(map(str, variant.units))}x{variant.samples}"
    network = Network(layers=layers, loss=example.network.loss)
    changed = {
        "id": name,
        "network": network,
        "data": data,
        "provenance": "random",
        "variants": [],
        "training": None,
        "notes": None,
    }
    return example.model_copy(update={**changed, "printed": [], "statements": [], "errata": []})


def expand(example: Example) -> Iterator[Example]:
    """The example itself and its variants."""
    yield example
    if isinstance(example, NetworkExample):
        yield from (vary(example, variant) for variant in example.variants)


def load_all(root: Path = ROOT) -> dict[str, Example]:
    """Every example below a directory (or in one file), by id, in the order of the paths.

    Raises:
        FixtureError: for the first fixture that cannot be used, or where there is none.

    """
    files = [root] if root.is_file() else sorted(root.rglob("*.toml"))
    examples = {example.id: example for file in files for example in expand(load(file))}
    if not examples:
        raise FixtureError(f"{root}: no fixture (*.toml) here")
    return examples
