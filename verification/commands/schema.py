"""``python -m verification schema``: write the JSON Schema of ``results.json`` to ``docs/results.schema.json``."""

import argparse
import json

from verification.records import schema
from worked_examples.files.atomic_files import write_text
from worked_examples.loading import ROOT

FILE = ROOT.parent / "docs" / "results.schema.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options."""


def schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=1) + "\n"


def main(_: argparse.Namespace) -> int:
    """Write the schema; returns the exit status."""
    print(f"wrote {write_text(FILE, schema_text())}")
    return 0
