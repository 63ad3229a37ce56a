"""``python -m verification``: the command line, one sub-command for each task."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from verification.certification import command as certify
from verification.commands import check, inventory, precision, schema
from verification.seeds import command as seeds
from worked_examples.errors import FixtureError


class Command(NamedTuple):
    """A sub-command: its line of help, its options, and what runs it and returns the exit status."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    main: Callable[[argparse.Namespace], int]


COMMANDS: Mapping[str, Command] = {
    "check": Command("verify the worked examples in a folder or file, and nothing else", check.add_arguments, check.main),
    "certify": Command("recompute certified values and compare them with the committed ones", certify.add_arguments, certify.main),
    "seeds": Command("compute the percentiles of unreproducible results among many seeds", seeds.add_arguments, seeds.main),
    "precision": Command(
        "record how trainings end in float32 and float16 on this machine", precision.add_arguments, precision.main
    ),
    "inventory": Command(
        "write what there is of every example of ours, and which checks it gets on every engine",
        inventory.add_arguments,
        inventory.main,
    ),
    "schema": Command("write the JSON Schema of results.json", schema.add_arguments, schema.main),
}


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options, among them ``main``, which runs the sub-command."""
    parser = argparse.ArgumentParser(
        prog="python -m verification", description="Verify worked examples; recompute and record what the checks compare with."
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.help, description=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(main=command.main)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run one sub-command; returns the exit status."""
    options = parsed(arguments)
    status: int = options.main(options)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except FixtureError as error:
        sys.exit(f"not finished: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted; finished examples are written")
