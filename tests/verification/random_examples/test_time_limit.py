"""A limit to the seconds."""

import time

import pytest

from verification.random_examples.time_limit import at_most


def test_what_takes_too_long_is_stopped() -> None:
    """With the limit in the message."""
    with pytest.raises(TimeoutError, match=r"not finished within 0\.05 s"), at_most(0.05):
        time.sleep(5)


def test_what_is_quick_goes_on() -> None:
    """And is not stopped afterwards."""
    with at_most(0.05):
        pass
    time.sleep(0.1)
