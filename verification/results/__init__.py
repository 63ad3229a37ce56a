"""From findings to ``results.json`` and the summary, and the inventory of what must be checked."""
