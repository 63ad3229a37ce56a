"""What the tests of networks on images share: examples by id, and a session of their own."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from verification.session import Session
from worked_examples import ImageExample, load_all

ImageExamples: TypeAlias = Callable[[str], ImageExample]


@pytest.fixture(scope="session")
def image_example() -> ImageExamples:
    """``image_example(id)``: an example with images."""
    examples = {name: example for name, example in load_all().items() if isinstance(example, ImageExample)}
    return lambda name: examples[name]


@pytest.fixture
def session() -> Session:
    """A run in which nothing is computed yet."""
    return Session()
