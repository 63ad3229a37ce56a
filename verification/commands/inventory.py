"""``python -m verification inventory``: write what there is of every example of ours, and which checks it gets on every engine."""

import argparse

from verification.results.inventory import NAME, inventory_text
from worked_examples.files.atomic_files import write_text
from worked_examples.loading import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options."""


def main(_: argparse.Namespace) -> int:
    """Write the inventory; returns the exit status."""
    print(f"wrote {write_text(ROOT / NAME, inventory_text(ROOT))}")
    return 0
