"""Numbers of a block are found in their order, as far as text recognition may move them."""

import pytest

from verification.manuscript.search import REACH, located
from verification.manuscript.text import Text

FILL = " ".join(f"{number}.5" for number in range(1000, 1000 + 2 * REACH))


@pytest.mark.parametrize(
    ("numbers", "text", "places"),
    [
        (["1", "2", "3"], "0 1 2 3", [1, 2, 3]),
        (["1", "2", "3"], "1 0 3 2", [0, 3, 2]),
        (["1", "1"], "0 1", [1, None]),
        (["1", "2", "4"], "1 2 3", [0, 1, None]),
        (["7", "8"], "7 1 2 7 8", [3, 4]),
        (["7"], "8", [None]),
        (["1", "2"], f"1 {FILL} 2", [0, None]),
        (["2", "9", "1"], "1 5 2 9 1", [2, 3, 4]),
    ],
)
def test_each_number_has_one_place(numbers: list[str], text: str, places: list[int | None]) -> None:
    """The most that are found together; a number of the text counts for one of the block, and what is far away is not of it."""
    assert located(numbers, Text("page.txt", text)).places == places


def test_a_block_is_found_by_its_rarest_number() -> None:
    """Thousands of ones before it do not hide it."""
    text = Text("page.txt", "1 " * 5000 + "1 0.25 1")
    assert located(["1", "0.25", "1"], text).places == [5000, 5001, 5002]
