"""Downloading a data set: by Keras in a process of its own, so that who asks for it imports no framework."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from worked_examples.datasets.files import cached, keras_home, verified
from worked_examples.errors import DataError, nearest

MODULES = {"mnist": "mnist", "fashion": "fashion_mnist"}
TIMEOUT = 60  # seconds, for importing Keras and for the download together
NOT_FETCHED: dict[str, str] = {}  # why, by name; what ``load`` says where the data are missing


def run(module: str, home: Path) -> None:
    """Let Keras load a data set of its own into a folder, quietly."""
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
    """Download into an empty folder and move what is complete and verified, so that no torn file ever lies in the cache."""
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
    """Download "mnist" or "fashion" into Keras's cache; takes at most ``TIMEOUT`` seconds.

    Returns:
        None, or in one line why the data did not come; ``NOT_FETCHED`` keeps it.

    Raises:
        DataError: for a name that is not one of these.

    """
    if name not in MODULES:
        raise DataError(f"'{name}' is no data set to download; {nearest(name, MODULES)}")
    try:
        download(name)
    except subprocess.TimeoutExpired:
        NOT_FETCHED[name] = f"keras.datasets did not finish within {TIMEOUT} seconds"
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip() or f"exit status {error.returncode}"
        NOT_FETCHED[name] = f"keras.datasets: {said.splitlines()[-1]}"
    except (DataError, OSError) as error:
        NOT_FETCHED[name] = str(error)
    else:
        NOT_FETCHED.pop(name, None)
    return NOT_FETCHED.get(name)
