"""The committed inventory: what there is of every example of ours, and its checks on every engine. Less in a run is a failure.

``python -m verification inventory`` writes it anew; its difference shows what a change adds or loses.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from verification.case import Case
from verification.completeness import n_claims
from verification.records import Findings, Outcome
from verification.records.base import Record
from verification.registry import checks_of, unsupported
from verification.results.from_fixture import errata
from verification.results.ledger import changes, claims
from verification.session import Session
from worked_examples import Example, NetworkExample, load_all

NAME = "inventory.json"
COUNTED = ("printed_numbers", "statements", "errata", "variants")
JUDGED = {"printed_numbers": "printed", "statements": "statements"}  # what findings hold one by one, and the check that finds it


class Inventory(Record):
    """What there is of one example: the names of its checks by engine, and how much the fixture holds."""

    checks: dict[str, list[str]] = {}
    printed_numbers: int = 0
    statements: int = 0
    errata: int = 0
    variants: int = 0
    claims: dict[str, str] = {}


def inventory(session: Session) -> dict[str, Inventory]:
    """The inventory of every example of a session; checks of which an engine is not capable are left out."""
    return {name: of_example(session, example) for name, example in session.examples.items()}


def of_example(session: Session, example: Example) -> Inventory:
    """The inventory of one example."""
    cases = [Case(example, engine, session) for engine in session.engine_names]
    checks = {case.engine_name: [check.name for check in checks_of(case) if not unsupported(check, case)] for case in cases}
    return Inventory(checks=checks, **contents(example), claims=claims(example))


def contents(example: Example) -> dict[str, int]:
    """How many printed numbers that are claims, statements, errata and variants a fixture holds."""
    return {
        "printed_numbers": n_claims(example),
        "statements": len(example.statements),
        "errata": len(list(errata(example))),
        "variants": len(example.variants) if isinstance(example, NetworkExample) else 0,
    }


def committed_inventory(root: Path) -> dict[str, Inventory]:
    """The inventory in the folder of the fixtures."""
    table: dict[str, Any] = json.loads((root / NAME).read_text(encoding="utf-8"))
    return {name: Inventory.model_validate(entry) for name, entry in table.items()}


def missing(session: Session, findings: Iterable[Findings], root: Path) -> list[str]:
    """What the committed inventory has and a run does not: examples' contents, checks, numbers and statements in their findings."""
    known, made = committed_inventory(root), list(findings)
    return [*missing_contents(session, known), *missing_checks(session, made, known), *missing_records(session, made, known)]


def missing_contents(session: Session, known: dict[str, Inventory]) -> Iterator[str]:
    """Lines for examples that are not there, hold less than they did, or claim something else."""
    for name, entry in known.items():
        example = session.examples.get(name)
        there = contents(example) if example else dict.fromkeys(COUNTED, 0)
        yield from too_few(f"{name}, its fixture", there, {counted: getattr(entry, counted) for counted in COUNTED})
        if example:
            yield from (f"{name}, its fixture: {line}" for line in changes(claims(example), entry.claims))


def missing_checks(session: Session, findings: Iterable[Findings], known: dict[str, Inventory]) -> Iterator[str]:
    """Lines for checks without findings, or with findings that say they are not applicable."""
    applicable = [entry for entry in findings if entry.outcome is not Outcome.NOT_APPLICABLE]
    done = {(entry.example, entry.engine, entry.check) for entry in applicable}
    for name, entry in known.items():
        for engine in session.engine_names:
            wanted = entry.checks.get(engine, [])
            yield from (f"{name} on {engine}: {check}" for check in wanted if (name, engine, check) not in done)


def missing_records(session: Session, findings: Iterable[Findings], known: dict[str, Inventory]) -> Iterator[str]:
    """Lines for examples of which the reference, which is capable of all, judged fewer numbers or statements than there are."""
    if "reference" not in session.engine_names:
        return
    judged: dict[str, dict[str, int]] = {}
    for found in (found for found in findings if found.engine == "reference"):
        counts = judged.setdefault(found.example, dict.fromkeys(JUDGED, 0))
        counts["printed_numbers"] += len(found.printed_numbers or []) + found.n_not_judged
        counts["statements"] += len(found.statements or [])
    for name, entry in known.items():
        checks = entry.checks.get("reference", [])
        wanted = {counted: getattr(entry, counted) for counted, check in JUDGED.items() if check in checks}
        yield from too_few(f"{name}, judged on reference", judged.get(name, dict.fromkeys(wanted, 0)), wanted)


def too_few(where: str, there: dict[str, int], wanted: dict[str, int]) -> Iterator[str]:
    """A line for every count that is less than wanted."""
    for counted, count in wanted.items():
        if there[counted] < count:
            yield f"{where}: {there[counted]} of {count} {counted.replace('_', ' ')}"


def inventory_text(root: Path) -> str:
    """The text of the inventory of the fixtures in a folder."""
    table = inventory(Session(load_all(root).values()))
    return json.dumps({name: entry.model_dump() for name, entry in table.items()}, indent=1) + "\n"
