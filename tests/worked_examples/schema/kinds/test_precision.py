"""Claims about precision: of a smaller type, judged by at least one training."""

from collections.abc import Callable

import pytest

NAME = "dl-python/float16"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'dtype = "float16"',
            'dtype = "float61"',
            "dtype: 'float61' is not a smaller type; accepted: float16, float32; did you mean 'float16'?",
        ),
        (
            '"numpy-dnn/311_1", reaches_printed_epoch',
            '"numpy-dnn/311_1", reaches',
            "trainings[0]: unknown key 'reaches'; accepted: example, ",
        ),
    ],
)
def test_a_bad_claim_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)
