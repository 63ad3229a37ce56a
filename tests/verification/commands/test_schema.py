"""``python -m verification schema`` writes the schema of ``results.json``."""

import argparse
import json
from pathlib import Path

import pytest

from verification.commands import schema
from verification.records import schema as of_results


def test_the_schema_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As JSON that ends with a line break."""
    monkeypatch.setattr(schema, "FILE", tmp_path / "results.schema.json")
    assert schema.main(argparse.Namespace()) == 0
    written = (tmp_path / "results.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == of_results()
    assert written.endswith("}\n")
