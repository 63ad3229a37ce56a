"""Numbers that a floating-point type determines, but for how programs square."""

from collections.abc import Callable
from typing import Any

import numpy as np

from adapters.reference.engine import Engine
from verification.arithmetics.determined import is_determined, one_of, possible
from verification.arithmetics.float_ranges import FloatRange
from verification.verdicts.verdict import Verdict
from worked_examples import CalculationExample
from worked_examples.schema.kinds.calculation import CalculationTarget

STEPS = """
kind = "calculation"
gradients_of = "y"
inputs = { a = "0.1", b = "0.2", c = "0.3" }
steps = '''
s = a + b
p = s * c
y = exp(p)
'''

[[printed]]
where = "console"
text = "s = 0.3"
"""


def determined(example: CalculationExample, target: CalculationTarget) -> bool:
    """Whether float64 leaves nothing open in a number."""
    return is_determined(example, target, Engine().calculate(example, "float64").values)


def test_only_what_leads_to_a_number_leaves_it_open(written: Callable[[str], Any]) -> None:
    """An exponential beside it does not; of a gradient, three terms may be summed in any order."""
    body = STEPS
    value, final, gradient = (CalculationTarget(name, name == "a", (), "") for name in ("p", "y", "a"))
    assert determined(written(body), value)
    assert not determined(written(body), final)
    assert not determined(written(body), gradient)
    linear = body.replace("exp(p)", "-p")
    assert determined(written(linear), gradient)
    assert determined(written(linear.replace("s * c", "s / c")), value)
    thrice = linear.replace("s * c", "s * s").replace("-p", "-s")
    assert not determined(written(thrice), gradient)
    assert determined(written(thrice), final)


def test_what_programs_may_get_for_what_leads_to_a_number(written: Callable[[str], Any]) -> None:
    """Without a square it is one number; 0.3 squared is 0.09 or the float below it."""
    target = CalculationTarget("p", gradient=False, entry=(), attribute="")
    for formula, found in (("s * c", ((0.1 + 0.2) * 0.3,)), ("c ** 2", (np.nextafter(0.09, 0), 0.09))):
        known: Any = possible(written(STEPS.replace("s * c", formula)), target, "float64")[()]
        assert known.numbers == found


def test_a_range_as_a_value() -> None:
    """What one program got is confirmed, another number of the range is undecided; where they are listed, nothing else is."""
    low, high = np.float64(0.1), np.float64(0.1 + 2.0**-50)
    assert one_of(FloatRange((low,)), "float64", low).radius == 0
    listed, ends = (one_of(FloatRange((low, high), is_listed=is_listed), "float64", low) for is_listed in (True, False))
    texts = ("0.1000000000000000", "0.1000000000000009", "0.1000000000000005", "0.1000000000001")
    verdicts = [[known.judge(text).verdict for text in texts] for known in (listed, ends)]
    assert verdicts[0] == [Verdict.CONFIRMED, Verdict.UNDECIDED, Verdict.WRONG, Verdict.OFF]
    assert verdicts[1] == [Verdict.CONFIRMED, Verdict.UNDECIDED, Verdict.UNDECIDED, Verdict.OFF]


def test_of_a_range_without_end_only_what_a_program_got_is_known() -> None:
    """A squared infinity beside a number."""
    known = one_of(FloatRange((np.float64(1), np.float64(np.inf))), "float64", 1.0)
    assert [known.judge(text).verdict for text in ("1.00", "2.00")] == [Verdict.CONFIRMED, Verdict.UNDECIDED]
