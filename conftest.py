"""The suite's own command line wherever pytest is started in this tree: see ``verification/pytest_plugin``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy comes: workers run side by side, and their threads would collide
pytest_plugins = [
    "verification.pytest_plugin.options",
    "verification.pytest_plugin.collection",
    "verification.pytest_plugin.broken_fixtures",
    "verification.pytest_plugin.reporting",
    "report.pytest_plugin",
]
