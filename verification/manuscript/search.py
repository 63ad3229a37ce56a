"""Where the numbers of a printed block stand in the text of its document."""

from collections.abc import Sequence
from typing import NamedTuple

from verification.manuscript.text import Text

REACH = 40  # numbers: how far text recognition may move a number out of its order, and what may stand between two of a block


class Found(NamedTuple):
    """Where each number of a block stands among those of the text; None for one that is not there."""

    places: list[int | None]

    @property
    def n_found(self) -> int:
        """How many are found."""
        return sum(place is not None for place in self.places)


def located(numbers: Sequence[str], text: Text) -> Found:
    """The places of the numbers of a block, in their order; where not all are found, the most of them.

    The search begins at every place of the block's rarest number, and goes from there to both sides. Each number of the text is
    that of one number of the block at most.
    """
    rarest = min(range(len(numbers)), key=lambda index: len(text.places.get(numbers[index], [])) or len(text.numbers) + 1)
    best = Found([None] * len(numbers))
    for start in text.places.get(numbers[rarest], []):
        found = from_start(numbers, text, rarest, start)
        if found.n_found > best.n_found:
            best = found
        if best.n_found == len(numbers):
            break
    return best


def from_start(numbers: Sequence[str], text: Text, index: int, start: int) -> Found:
    """The places of all numbers, where the one at an index stands at ``start``."""
    places: list[int | None] = [None] * len(numbers)
    places[index], taken = start, {start}
    for indices, direction in ((range(index + 1, len(numbers)), 1), (range(index - 1, -1, -1), -1)):
        here = start
        for other in indices:
            place = nearest(text, numbers[other], here, direction, taken)
            if place is not None:
                places[other] = place
                taken.add(place)
                here = max(here, place) if direction > 0 else min(here, place)
    return Found(places)


def nearest(text: Text, number: str, here: int, direction: int, taken: set[int]) -> int | None:
    """The next place of a number in a direction, or the last one before it, within ``REACH``; None where there is none."""
    ahead = range(here + direction, here + direction * (REACH + 1), direction)
    behind = range(here, here - direction * (REACH + 1), -direction)
    for place in (*ahead, *behind):
        if 0 <= place < len(text.numbers) and text.numbers[place] == number and place not in taken:
            return place
    return None
