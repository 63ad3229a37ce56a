"""Imports without log noise: what TensorFlow's C++ writes before anyone can set its log level."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

NOISE = re.compile(rb"[IW]\d{4} |WARNING: All log messages before absl::InitializeLog|\s*$")


@contextmanager
def log_noise_suppressed() -> Iterator[None]:
    """Hold back what is written to the process's standard error; afterwards pass on all but information and start-up warnings.

    ``TF_CPP_MIN_LOG_LEVEL`` comes too late for these: https://github.com/tensorflow/tensorflow/issues/100442.
    """
    sys.stderr.flush()
    terminal = os.dup(2)
    with TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
            held.seek(0)
            for line in held:
                if not NOISE.match(line):
                    os.write(2, line)
