"""``python -m verification inventory`` writes the inventory of the fixtures."""

import argparse
from pathlib import Path

import pytest

from verification.commands import inventory


def test_the_inventory_is_written_beside_the_fixtures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text of the inventory module, under its name."""
    monkeypatch.setattr(inventory, "ROOT", tmp_path)
    monkeypatch.setattr(inventory, "inventory_text", lambda root: f"of {root.name}\n")
    assert inventory.main(argparse.Namespace()) == 0
    assert (tmp_path / "inventory.json").read_text(encoding="utf-8") == f"of {tmp_path.name}\n"
    assert capsys.readouterr().out == f"wrote {tmp_path / 'inventory.json'}\n"
