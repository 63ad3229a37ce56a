"""``python -m verification random``: judge random examples against an independent oracle.

Exit status 1 where a right text is not confirmed, a wrong one is, a correction is wrong, or more than 1 % are undecided. The
packages hypothesis and mpmath are needed for this command alone.
"""

import argparse
import time

from adapters import ENGINES
from verification.progress import ProgressLines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--examples", type=int, default=300, metavar="N", help="how many (default: 300)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same examples (default: 0)")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="default: one for each core")
    others = [name for name in ENGINES if name != "reference"]
    parser.add_argument(
        "--engines",
        default="",
        metavar="NAMES",
        help=f"engines that compute every tenth example too, separated by commas: {', '.join(others)}",
    )


def main(options: argparse.Namespace) -> int:
    """Judge the examples and print what was found; returns the exit status."""
    from verification.random_examples.parts import parts  # noqa: PLC0415 -- they need hypothesis and mpmath
    from verification.random_examples.run import run  # noqa: PLC0415
    from verification.random_examples.summary import summary  # noqa: PLC0415

    started, lines = time.perf_counter(), ProgressLines("random examples")
    engines = [name for name in options.engines.split(",") if name not in ("", "reference")]
    counts = run(
        list(parts(options.examples, options.seed)),
        engines,
        options.processes,
        lambda so_far: lines(f"{so_far.examples:,} of {options.examples:,}, {len(so_far.wrong)} judged wrongly"),
    )
    for line in summary(counts, options.seed, time.perf_counter() - started):
        print(line)
    return int(counts.fails)
