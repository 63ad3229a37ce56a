"""Imports without chatter: what TensorFlow's C++ writes before anyone can set its log level."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

CHATTER = re.compile(rb"[IW]\d{4} |WARNING: All log messages before absl::InitializeLog|\s*$")


@contextmanager
def quietly() -> Iterator[None]:
    """Hold back what is written to the process's standard error; pass on afterwards all but information and start-up warnings.

    ``TF_CPP_MIN_LOG_LEVEL`` comes too late for these: https://github.com/tensorflow/tensorflow/issues/100442.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    with TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            held.seek(0)
            for line in held:
                if not CHATTER.match(line):
                    os.write(2, line)
