"""The committed inventory: which checks every example of ours gets on every engine. Fewer in a run are a failure.

``python -m verification inventory`` writes it anew; its difference shows what a change adds or loses.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from verification.case import Case
from verification.records import Findings, Outcome
from verification.registry import checks_of, unsupported
from verification.session import Session
from worked_examples import load_all

Inventory: TypeAlias = dict[str, dict[str, list[str]]]
NAME = "inventory.json"


def inventory(session: Session) -> Inventory:
    """The checks by example and engine; those that an engine is not capable of are left out."""
    checks: Inventory = {}
    for name, example in session.examples.items():
        for engine in session.engine_names:
            case = Case(example, engine, session)
            names = [check.name for check in checks_of(case) if not unsupported(check, case)]
            checks.setdefault(name, {})[engine] = names
    return checks


def committed_inventory(root: Path) -> Inventory:
    """The inventory in the folder of the fixtures."""
    table: Inventory = json.loads((root / NAME).read_text(encoding="utf-8"))
    return table


def missing_checks(findings: Iterable[Findings], engines: Iterable[str], root: Path) -> list[str]:
    """The checks of the committed inventory without findings, or with findings that say they are not applicable."""
    applicable = [entry for entry in findings if entry.outcome is not Outcome.NOT_APPLICABLE]
    done = {(entry.example, entry.engine, entry.check) for entry in applicable}
    wanted = [
        (example, engine, check)
        for example, by_engine in committed_inventory(root).items()
        for engine in engines
        for check in by_engine.get(engine, [])
    ]
    return [f"{example} on {engine}: {check}" for example, engine, check in wanted if (example, engine, check) not in done]


def inventory_text(root: Path) -> str:
    """The text of the inventory of the fixtures in a folder."""
    return json.dumps(inventory(Session(load_all(root).values())), indent=1) + "\n"
