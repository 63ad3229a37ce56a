"""``python -m verification precision``: record how every training ends in float32 and float16, on all engines of this machine."""

import argparse
import json
from typing import Any

from verification.case import Case
from verification.check import judge
from verification.registry import checks_of, unsupported
from verification.runs.smaller_types import DTYPES, FILE, ending, is_viewed, platform_of
from verification.session import Session
from worked_examples import NetworkExample, load_all
from worked_examples.files.atomic_files import write_text

IN_FLOAT64 = ("outputs", "gradients", "trajectory", "epochs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command has no options."""


def main(_: argparse.Namespace) -> int:
    """Record the endings of all engines; returns the exit status. An engine that fails in float64 has no outcomes to record."""
    session = Session(load_all().values())
    viewed = [example for example in session.examples.values() if isinstance(example, NetworkExample) and is_viewed(example)]
    if problems := [line for example in viewed for name in session.engine_names for line in faults(Case(example, name, session))]:
        print("nothing is recorded: in float64 these are wrong", *problems, sep="\n", flush=True)
        return 1
    outcomes = {example.id: {dtype: endings(session, example, dtype) for dtype in DTYPES} for example in viewed}
    platforms = {name: platform_of(session.engine(name)) for name in session.engine_names}
    write_text(FILE, json.dumps({"platforms": platforms, "outcomes": outcomes}, indent=1) + "\n")
    return 0


def endings(session: Session, example: NetworkExample, dtype: str) -> dict[str, Any]:
    """The endings of one training in one type, by engine and path."""
    by_engine: dict[str, Any] = {}
    for name in session.engine_names:
        outcome, path = ending(Case(example, name, session, dtype))
        by_engine[name] = {path: outcome.model_dump(exclude_defaults=True)}
        print(f"{example.id} {dtype} {name}, {path}: {outcome}", flush=True)
    return by_engine


def faults(case: Case[NetworkExample]) -> list[str]:
    """The problems of a training in float64, by the checks of one pass, of its trajectory and of its end."""
    checks = [check for check in checks_of(case) if check.name in IN_FLOAT64 and not unsupported(check, case)]
    found = [judge(check, case) for check in checks]
    return [f"{case.example.id} on {case.engine_name}, {one.check}: {problem}" for one in found for problem in one.problems]
