"""The runs of many seeds in fixtures."""

from collections.abc import Callable

import pytest

NAME = "backprop-notes/xor-functional"
CLAIM = 'test = "error[2] > error[1] > error[0]"'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'order = "permutation"',
            'order = "random"',
            "seeds.order: 'random' is not an order; accepted: permutation, sequential, swap shuffle",
        ),
        (CLAIM, 'test = "errors[2] > 0"', "seeds.claims[0].test: 'errors' in 'errors[2] > 0' is unknown; accepted: "),
        (CLAIM, 'test = "1 +"', "seeds.claims[0].test: '1 +' is not an expression"),
        (
            "[[seeds.claims]]",
            '[[seeds.claims]]\nsays = "a"\ntest = "1"\n[[seeds.claims]]\nsays = "a"\ntest = "1"\n[[seeds.claims]]',
            "seeds.claims: 'a' is there twice",
        ),
    ],
)
def test_wrong_runs_of_seeds_are_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)
