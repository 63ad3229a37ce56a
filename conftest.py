"""The suite's own command line (``tests/plugin.py``) wherever pytest is started in this tree."""

pytest_plugins = ["tests.plugin"]
