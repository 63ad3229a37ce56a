"""What is said of undecided numbers: announced or not, and one line for each."""

from collections.abc import Callable
from typing import Any

from verification.records import Findings, PrintedNumber
from verification.undecided import announce, described, reason, unannounced, undecided_numbers
from verification.verdicts.verdict import Verdict

WHERE = "console of mysimplenet.py"


def number(name: str, verdict: Verdict, index: tuple[int, ...] = (), where: str = WHERE) -> PrintedNumber:
    """A printed number with a verdict."""
    return PrintedNumber(
        where=where, name=name, index=index, printed="1", verdict=verdict, value="certified 1.5", corrected="1 or 2"
    )


def findings(*numbers: PrintedNumber) -> Findings:
    """What a check of the example finds."""
    return Findings(
        example="dl-python/simplenet", engine="reference", check="printed", dtype="float64", printed_numbers=list(numbers)
    )


def test_announced_names_are_marked(example: Callable[[str], Any]) -> None:
    """``y`` and ``loss`` are announced: one undecided entry is enough, and the decided ones beside it stay as they are."""
    numbers = [number("y", Verdict.UNDECIDED, (0,)), number("y", Verdict.CONFIRMED, (1,)), number("loss", Verdict.UNDECIDED)]
    found = findings(*numbers)
    assert list(announce(found, example("dl-python/simplenet"))) == []
    assert [each.announced for each in numbers] == [True, False, True]
    assert list(unannounced(found)) == []


def test_a_name_that_is_decided_is_a_problem(example: Callable[[str], Any]) -> None:
    """One line for each, with block and place; a name of which nothing was recorded on this engine is passed over."""
    found = findings(number("y", Verdict.CONFIRMED, (0,)))
    (problem,) = announce(found, example("dl-python/simplenet"))
    assert problem == f"printed[0].undecided: 'y', {WHERE}, is decided after all; take it out"


def test_a_number_that_is_cut_off_may_be_announced(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """2/3 is 0.667 rounded, 0.666 cut off: announced it fails no more, 0.665 fails all the same, and 0.667 fails as announced."""
    problems = [judged("printed", written(THIRDS.replace("0.666", text))).problems for text in ("0.666", "0.665", "0.667")]
    assert problems[0] == []
    assert problems[1][0].startswith("y, console: printed 0.665, ")
    assert problems[2] == ["printed[0].truncated: 'y', console, is not cut off after all; take it out"]
    (unannounced,) = judged("printed", written(THIRDS.replace('truncated = ["y"]', ""))).problems
    assert unannounced.startswith("y, console: printed 0.666, ")


THIRDS = """
kind = "calculation"
steps = "y = 2 / x"
inputs = { x = "3" }

[[printed]]
where = "console"
text = "y = 0.666"
truncated = ["y"]
"""


def test_another_place_is_not_announced(example: Callable[[str], Any]) -> None:
    """An announcement is about its own block."""
    found = findings(number("loss", Verdict.UNDECIDED, where="page 7"))
    assert list(announce(found, example("dl-python/simplenet"))) == []
    assert list(unannounced(found)) == ["dl-python/simplenet, loss, page 7: printed 1, certified 1.5: 1 or 2"]


def test_a_line_has_number_place_value_and_candidates() -> None:
    """The index where there is one; no candidates, no colon."""
    assert described(number("y", Verdict.UNDECIDED, (0, 1))) == f"y[0, 1], {WHERE}: printed 1, certified 1.5: 1 or 2"
    bare = number("y", Verdict.UNDECIDED).model_copy(update={"corrected": ""})
    assert described(bare) == f"y, {WHERE}: printed 1, certified 1.5"


def test_the_reason_has_every_undecided_number(example: Callable[[str], Any]) -> None:
    """None is left to the imagination, and the announced ones are counted."""
    found = findings(number("y", Verdict.UNDECIDED), number("z", Verdict.UNDECIDED), number("w", Verdict.WRONG))
    list(announce(found, example("dl-python/simplenet")))
    assert len(undecided_numbers(found)) == 2
    lines = "; ".join(f"{name}, {WHERE}: printed 1, certified 1.5: 1 or 2" for name in "yz")
    assert reason(found) == f"2 of 3 printed numbers undecided (1 announced by the fixture): {lines}"
