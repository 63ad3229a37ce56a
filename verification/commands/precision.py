"""``python -m verification precision``: record how every training ends in float32 and float16, on all engines of this machine."""

import argparse
import json
from typing import Any

from verification.case import Case
from verification.runs.smaller_types import DTYPES, FILE, ending, is_viewed, platform_of
from verification.session import Session
from worked_examples import NetworkExample, load_all
from worked_examples.atomic_files import write_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options."""


def main(_: argparse.Namespace) -> int:
    """Record the endings of all engines; returns the exit status."""
    session = Session(load_all().values())
    viewed = [one for one in session.examples.values() if isinstance(one, NetworkExample) and is_viewed(one)]
    outcomes = {one.id: {dtype: endings(session, one, dtype) for dtype in DTYPES} for one in viewed}
    platforms = {name: platform_of(session.engine(name)) for name in session.engine_names}
    write_text(FILE, json.dumps({"platforms": platforms, "outcomes": outcomes}, indent=1) + "\n")
    return 0


def endings(session: Session, example: NetworkExample, dtype: str) -> dict[str, Any]:
    """The endings of one training in one type, by engine and path."""
    found: dict[str, Any] = {}
    for name in session.engine_names:
        how, path = ending(Case(example, name, session, dtype))
        found[name] = {path: how.model_dump(exclude_defaults=True)}
        print(f"{example.id} {dtype} {name}, {path}: {how}", flush=True)
    return found
