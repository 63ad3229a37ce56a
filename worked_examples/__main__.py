"""``python -m worked_examples``: write the JSON Schema that editors complete fixtures with."""

import json

from worked_examples.loading import ROOT, SCHEMA

(ROOT / "schema.json").write_text(json.dumps(SCHEMA.json_schema(), indent=1) + "\n", encoding="utf-8")
