"""Downloading a data set: Keras does it in a process of its own, so that the caller imports no framework."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from worked_examples.datasets.files import cached, keras_home, verified
from worked_examples.errors import DataError, nearest

MODULES: Mapping[str, str] = {"mnist": "mnist", "fashion": "fashion_mnist"}
TIMEOUT = 60  # seconds, for importing Keras and for the download together


def run(module: str, home: Path) -> None:
    """Let Keras load one of its data sets into a folder; nothing is printed.

    Raises:
        subprocess.SubprocessError: where Keras fails or does not finish within ``TIMEOUT`` seconds.

    """
    subprocess.run(  # noqa: S603 -- this Python, and a module of MODULES
        [sys.executable, "-c", f"from keras.datasets import {module}; {module}.load_data()"],
        cwd=home,
        env={**os.environ, "KERAS_HOME": str(home), "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=True,
        timeout=TIMEOUT,
    )


def download(name: str) -> None:
    """Download into an empty folder, then move the complete, verified files: the cache never holds half a file.

    Raises:
        subprocess.SubprocessError: where Keras fails.
        DataError: where a file is not the published one.
        OSError: where a folder cannot be written.

    """
    home = keras_home()
    home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home, prefix="download-") as folder:
        run(MODULES[name], Path(folder))
        source, target = cached(name, Path(folder)), cached(name, home)
        for file in source.files:
            verified(source.folder / file.name, file)
        target.folder.mkdir(parents=True, exist_ok=True)
        for file in source.files:
            (source.folder / file.name).replace(target.folder / file.name)


def fetch(name: str) -> str | None:
    """None once "mnist" or "fashion" is in Keras's cache, or in one line why the download failed; at most ``TIMEOUT`` seconds.

    Raises:
        DataError: for a name that is not one of these.

    """
    if name not in MODULES:
        raise DataError(f"'{name}' is not a data set to download; {nearest(name, MODULES)}")
    try:
        download(name)
    except subprocess.TimeoutExpired:
        return f"keras.datasets did not finish within {TIMEOUT} seconds"
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines() or [f"exit status {error.returncode}"]
        return f"keras.datasets: {lines[-1]}"
    except (DataError, OSError) as error:
        return str(error)
    return None
