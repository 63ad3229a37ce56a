"""Downloading: by keras.datasets in a process of its own, whole files only, and a reason where it fails.

A fake package ``keras`` replaces the real one, so that these tests need no network.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worked_examples.datasets import download
from worked_examples.datasets.download import fetch
from worked_examples.datasets.sets import load
from worked_examples.errors import DataError, MissingDataError

ROOT = Path(__file__).parents[3]
STORES = "import os, pathlib, shutil\ndef load_data():\n    folder = pathlib.Path(os.environ['KERAS_HOME'], 'datasets')\n"


def fake(monkeypatch: pytest.MonkeyPatch, folder: Path, module: str, code: str) -> None:
    """Put a package ``keras`` before the real one, with one module of ``keras.datasets``."""
    package = folder / "fake" / "keras" / "datasets"
    package.mkdir(parents=True)
    for file in (package.parent / "__init__.py", package / "__init__.py"):
        file.touch()
    (package / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "fake"))


def left(home: Path) -> list[str]:
    """The files below a folder."""
    return sorted(str(file.relative_to(home)) for file in home.rglob("*") if file.is_file())


def test_what_keras_downloads_is_found_by_load(
    tmp_path: Path, home: Path, data_files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``keras.datasets.mnist.load_data`` stores the file, it is moved into the cache, and ``load`` finds it there."""
    arrays = data_files.arrays()
    source = data_files.in_cache(tmp_path / "server", arrays)
    fake(monkeypatch, tmp_path, "mnist", STORES + f"    folder.mkdir(); shutil.copy({str(source)!r}, folder)")
    with pytest.raises(MissingDataError):
        load("mnist")
    assert fetch("mnist") is None
    assert left(home) == ["datasets/mnist.npz"]
    assert np.array_equal(load("mnist").train.labels, arrays[1])


def test_a_torn_download_never_reaches_the_cache(
    tmp_path: Path, home: Path, data_files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with another checksum is the reason, and nothing is left behind that a later ``load`` would stumble over."""
    data_files.in_cache(tmp_path / "server", data_files.arrays())
    fake(monkeypatch, tmp_path, "mnist", STORES + "    folder.mkdir(); (folder / 'mnist.npz').write_bytes(b'torn')")
    assert re.search(r"/datasets/mnist\.npz: 4 bytes with sha256 \w{64}, expected ", fetch("mnist") or "")
    assert left(home) == []


def test_a_failure_is_a_reason_in_one_line(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line of what Keras says comes back, and nothing is printed."""
    fake(monkeypatch, tmp_path, "fashion_mnist", "def load_data():\n    print('noise')\n    raise OSError('no network')")
    assert fetch("fashion") == "keras.datasets: OSError: no network"


def test_a_silent_failure_has_a_reason_too(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Keras says nothing, its exit status is given."""
    fake(monkeypatch, tmp_path, "mnist", "def load_data():\n    raise SystemExit(3)")
    assert fetch("mnist") == "keras.datasets: exit status 3"


def test_waiting_ends(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras is stopped after ``TIMEOUT`` seconds; the half of a file that it had stored is gone."""
    code = STORES + "    folder.mkdir(); (folder / 'mnist.npz').write_bytes(b'half'); import time; time.sleep(600)"
    fake(monkeypatch, tmp_path, "mnist", code)
    monkeypatch.setattr(download, "TIMEOUT", 2)
    assert fetch("mnist") == "keras.datasets did not finish within 2 seconds"
    assert left(home) == []


def test_a_home_that_cannot_be_made_is_a_reason(tmp_path: Path, home: Path) -> None:
    """Where Keras's folder is a file, the system's message is the reason."""
    home.touch()
    assert fetch("mnist") == f"[Errno 17] File exists: '{home}'"


def test_only_published_sets_are_fetched() -> None:
    """scikit-learn's digits come with a package; to download them is a mistake of the caller."""
    with pytest.raises(DataError, match=r"^'sklearn_digits' is not a data set to download; accepted: fashion, mnist$"):
        fetch("sklearn_digits")


def test_downloading_imports_no_framework(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that downloads imports no framework, and prints nothing to standard error."""
    fake(monkeypatch, tmp_path, "mnist", "def load_data():\n    raise OSError('never')")
    loaded = "{'keras', 'tensorflow', 'torch', 'sklearn'} & set(sys.modules)"
    code = f"import sys; from worked_examples.datasets.download import fetch; print(fetch('mnist'), {loaded})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("keras.datasets: OSError: never set()\n", "")
