"""``python -m verification``: the command line, one sub-command for each task."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from verification.certification import command as certify
from verification.seeds import command as seeds
from worked_examples.errors import FixtureError


class Command(NamedTuple):
    """A sub-command: its line of help, its options, and what runs it and returns the exit status."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    main: Callable[[argparse.Namespace], int]


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """A command without options."""


def precision(options: argparse.Namespace) -> int:  # noqa: ARG001 -- every command is called with its options
    """Record the outcomes in float32 and float16."""
    from verification.checks import precision as recorder  # noqa: PLC0415 -- imports pytest, which no other command needs

    recorder.main()
    return 0


COMMANDS: Mapping[str, Command] = {
    "certify": Command("recompute certified values and compare them with the committed ones", certify.add_arguments, certify.main),
    "seeds": Command("compute the percentiles of unreproducible results among many seeds", seeds.add_arguments, seeds.main),
    "precision": Command("record how trainings end in float32 and float16 on this machine", no_arguments, precision),
}


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options, among them ``main``, which runs the sub-command."""
    parser = argparse.ArgumentParser(
        prog="python -m verification", description="Recompute and record what the checks compare with."
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
