"""``python -m verification check PATH``: verify the worked examples found there with pytest, and nothing else."""

import argparse
import subprocess
import sys
from pathlib import Path

from worked_examples.loading import ROOT

PROJECT = ROOT.parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The paths; everything after ``--pytest`` goes to pytest."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders or files with fixtures")
    parser.add_argument(
        "--pytest",
        nargs=argparse.REMAINDER,
        default=[],
        metavar="OPTION",
        help="everything after this goes to pytest: --pytest --engines=reference,torch",
    )


def main(options: argparse.Namespace) -> int:
    """Run pytest on the examples in a process of its own; returns its exit status."""
    examples = [f"--examples={path.absolute()}" for path in options.paths]
    command = [sys.executable, "-m", "pytest", "-q", *examples, *options.pytest]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode  # noqa: S603 -- this Python, and the user's own paths
