"""Log noise on standard error."""

import subprocess
from collections.abc import Callable


def test_errors_are_passed_on_and_information_is_not(python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Of what is held back, information and the warning about it are dropped, errors are not."""
    lines = "I0000 00:00 port.cc] on\\nWARNING: All log messages before absl::InitializeLog() are\\nE0000 00:00 broken\\n"
    done = python(
        "import os\nfrom adapters.stderr import log_noise_suppressed\n"
        f"with log_noise_suppressed():\n    os.write(2, b'{lines}')\n    print('in')"
    )
    assert (done.stdout, done.stderr) == ("in\n", "E0000 00:00 broken\n")
