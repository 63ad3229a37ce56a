"""``python -m worked_examples``: write the JSON Schema that editors complete fixtures with, and the page of the formulas."""

import json

from worked_examples.expression.documented.page import page
from worked_examples.loading import ROOT, SCHEMA

(ROOT / "schema.json").write_text(json.dumps(SCHEMA.json_schema(), indent=1) + "\n", encoding="utf-8")
(ROOT.parent / "docs" / "formulas.md").write_text(page(), encoding="utf-8")
