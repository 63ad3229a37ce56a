"""C compiled by the compiler at hand, in the arithmetic of the type: no contraction, no reordering."""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

FLAGS = ("-O2", "-ffp-contract=off", "-fno-math-errno", "-shared", "-fPIC", "-x", "c")
SECONDS = 60  # a compilation that takes longer is given up


class CompilerError(RuntimeError):
    """The compiler refuses a program, or takes too long."""


def compiler() -> str | None:
    """The path of the C compiler; None where there is none."""
    return shutil.which("cc")


def compiled(source: str) -> Any:
    """The function ``run`` of a program.

    Raises:
        CompilerError: where it cannot be compiled.

    """
    path = compiler()
    if path is None:
        raise CompilerError("no C compiler (cc) is at hand")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "update.so"
        command = [path, *FLAGS, "-", "-o", str(library), "-lm"]
        try:
            subprocess.run(command, input=source, text=True, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
            raise CompilerError(f"{path} does not compile the update: {getattr(error, 'stderr', '') or error}") from None
        run = ctypes.CDLL(str(library)).run
    run.restype = ctypes.c_long
    return run
