"""A small book with known verdicts, and pytest run on it in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
NETWORK = """
kind = "network"
id = "book/{name}"
title = "One unit: 3 x + 1"
provenance = "printed"

[source]
document = "book"
section = "1"
listing = "{name}.py"

[network]
loss = "half squared error"

[[network.layers]]
kernel = [["3"]]
bias = ["{bias}"]
activation = "identity"

[data]
input = [["2"]]
target = [["10"]]

[names]
Y = "output"
E = "loss"
{training}
[[printed]]
where = "page 1"
{epoch}text = "Y = [[{output}]] E = {loss}"
{errata}
"""
TRAINING = """
[training]
optimizer = "gradient descent"
learning_rate = "0.01"
max_epochs = 100

[training.stopping_criterion]
loss_below = "0.5"
epoch = {epoch}
"""
ERRATUM = """
[[printed.errata]]
number = "Y"
at = [0, 0]
printed = "7.100"
correct = "7.000"
why = "3 * 2 + 1 is 7."
cause = "author"
weight = "result"
"""
ROUNDED = """
kind = "calculation"
id = "book/{name}"
title = "Twice a number that is known to two decimals"
provenance = "printed"
inputs = {{ x = "0.25" }}
rounded = ["x"]
steps = "y = x + x"

[source]
document = "book"
section = "2"

[[printed]]
where = "page 2"
{undecided}text = "y = {y}"
"""
MANY = """
kind = "calculation"
id = "book/many"
title = "Thirty-four numbers, all of them wrong in print"
provenance = "printed"
inputs = {{ x = {inputs} }}
steps = "y = x + x"

[source]
document = "book"
section = "3"

[[printed]]
where = "page 3"
text = "y = {printed}"
"""
ANNOUNCED = 'undecided = ["y"]\n'
PLUGIN = '''
"""An engine of a name of its own, registered before the suite reads the registry."""

import adapters

adapters.ENGINES["{name}"] = ("other_engine", "{package}")
'''
FAULTY_ENGINE = '''
"""The reference with one fault."""

import os

from adapters.reference.engine import Engine as Reference


class Engine(Reference):
    """Every evaluation goes wrong."""

    def evaluate(self, example, parameters, dtype):
        evaluation = super().evaluate(example, parameters, dtype)
        {fault}
'''
FAULTS = {
    "wrong": "return evaluation._replace(outputs=[output * 1.001 for output in evaluation.outputs])",
    "crashing": "os._exit(17)",
    "raising": 'raise RuntimeError("out of order")',
}
WARNING_ENGINE = '''
"""PyTorch, whose package warns when it is imported, as older frameworks do."""

import warnings

from adapters.torch.engine import Engine

warnings.warn("an old package", DeprecationWarning, stacklevel=1)
'''


class Done(NamedTuple):
    """A finished run: exit status, what it printed, its results by example."""

    status: int
    output: str
    results: dict[str, Any]


def network(name: str, **changes: Any) -> str:
    """The fixture of one unit, whose output is 7 and whose loss is 4.5."""
    values = {"bias": "1", "training": "", "epoch": "", "output": "7.000", "loss": "4.50", "errata": ""} | changes
    return NETWORK.format(name=name, **values)


@pytest.fixture(scope="session")
def write_book() -> Callable[[Path, list[str]], Path]:
    """Writes a book of some of these examples into a folder, and returns its path."""
    texts = {
        "right": network("right"),
        "wrong": network("wrong", output="7.100"),
        "off": network("off", output="7.001"),
        "truncated": network("truncated", bias="0.6666", output="6.666", loss="5.56"),
        "erratum": network("erratum", output="7.100", errata=ERRATUM),
        "no-erratum": network("no-erratum", errata=ERRATUM.replace("7.100", "7.000").replace('"7.000"\nwhy', '"7.100"\nwhy')),
        "stops": network("stops", training=TRAINING.format(epoch=22), epoch="epoch = 0\n"),
        "stops-later": network("stops-later", training=TRAINING.format(epoch=23), epoch="epoch = 0\n"),
        "rounded": ROUNDED.format(name="rounded", y="0.50", undecided=""),
        "many": MANY.format(inputs=[str(n) for n in range(34)], printed=[2 * n + 1 for n in range(34)]),
        "announced": ROUNDED.format(name="announced", y="0.50", undecided=ANNOUNCED),
        "decided": ROUNDED.format(name="decided", y="0.5", undecided=ANNOUNCED).replace('rounded = ["x"]\n', ""),
        "broken": network("broken").replace("half squared error", "half squared eror"),
    }

    def write(folder: Path, names: list[str]) -> Path:
        book = folder / "book"
        book.mkdir(parents=True)
        for name in names:
            (book / f"{name}.toml").write_text(texts[name], encoding="utf-8")
        return book

    return write


@pytest.fixture(scope="session")
def engine_modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders with a plugin that registers the engine ``other``, one for each kind of fault; or PyTorch with a warning."""
    folders = {}
    texts = {name: FAULTY_ENGINE.format(fault=fault) for name, fault in FAULTS.items()} | {"warning": WARNING_ENGINE}
    for name, text in texts.items():
        folder = tmp_path_factory.mktemp(name)
        registered = {"name": "torch", "package": "torch"} if name == "warning" else {"name": "other", "package": "numpy"}
        (folder / "other_registration.py").write_text(PLUGIN.format(**registered), encoding="utf-8")
        (folder / "other_engine.py").write_text(text, encoding="utf-8")
        folders[name] = folder
    return folders


@pytest.fixture(scope="session")
def run_suite(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Done]:
    """Runs pytest in a process of its own, in the project's root, and reads ``results.json``."""

    def run(*options: str, path: Path | None = None, **environment: str) -> Done:
        file = tmp_path_factory.mktemp("results") / "results.json"
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "EPOCH79", "COV"))}
        extra = {"PYTHONPATH": str(path)} if path else {}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", f"--results={file}", *options],
            cwd=ROOT,
            env=settings | extra | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        results = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        return Done(done.returncode, done.stdout + done.stderr, results)

    return run
