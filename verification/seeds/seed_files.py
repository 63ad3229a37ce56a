"""The committed files of seeds: reading and writing."""

import json
from pathlib import Path

from verification.seeds.records import SeedFile, SeedQuantity
from worked_examples import Example
from worked_examples.files.atomic_files import write_text
from worked_examples.loading import ROOT

FOLDER = ROOT / "seeds"


def folder_of(example: Example) -> Path:
    """The folder of the seeds of an example: ``seeds`` beside the folder of its document."""
    return example.file.absolute().parent.parent / FOLDER.name


def unfinished_path(example: Example) -> Path:
    """Where an interrupted run keeps what it has computed."""
    return folder_of(example) / f"{example.id}.unfinished.part"


def path(example_id: str, folder: Path = FOLDER) -> Path:
    """The file of an example."""
    return folder / f"{example_id}.json"


def committed_seeds(example_id: str, folder: Path = FOLDER) -> SeedFile | None:
    """The committed seeds of an example; None where there are none.

    Raises:
        pydantic.ValidationError: where the file has other keys or types than ``SeedFile``.

    """
    file = path(example_id, folder)
    return SeedFile.model_validate_json(file.read_text(encoding="utf-8")) if file.is_file() else None


def quantities(example: Example) -> list[SeedQuantity]:
    """The results of an example that have a percentile among seeds; empty where no seeds are committed."""
    seeds = committed_seeds(example.id, folder_of(example))
    return seeds.quantities if seeds else []


def claim_fractions(example_id: str, folder: Path = FOLDER) -> dict[str, float]:
    """For every claim on the seeds of an example, the fraction of seeds for which it holds."""
    seeds = committed_seeds(example_id, folder)
    return {claim.claim: claim.fraction for claim in seeds.claims} if seeds else {}


def printed_names(example: Example) -> list[str]:
    """The names of the printed results that have a percentile among seeds; those derived from print are left out."""
    return [quantity.name for quantity in quantities(example) if not quantity.derived]


def seed_file_text(content: SeedFile) -> str:
    """The file's content as JSON; keys that were not given are left out."""
    return json.dumps(content.model_dump(exclude_unset=True), indent=1, allow_nan=False) + "\n"


def write(content: SeedFile, folder: Path = FOLDER) -> Path:
    """Write the file of one example, whole or not at all; returns its path."""
    return write_text(path(content.id, folder), seed_file_text(content))
