"""How tight the bounds of the checks are: the largest error over bound in a whole run. A bound that no error comes near is loose.

The bounds are worst cases: every rounding error has its greatest size, and all have one sign. What is measured over all examples
and engines lies below by two factors. ``arithmetic.SAFETY_FACTOR`` is 8, room for libraries whose ``exp`` is less exact than a
ball's. And rounding errors cancel: of n errors of either sign about sqrt(n) remain, for the some 60 operations behind an entry an
eighth of them. ``FACTOR`` is the product of the two; measured are from 1/2.6 to 1/29 of the bounds.
"""

from collections.abc import Mapping

FACTOR = 64

OF_TRAININGS = 512
"""Two runs of up to 1,000 updates, compared with each other: 8, times 2, for neither is exact, times sqrt(1,000), for the errors of
single updates cancel; measured is 1/135."""

OF_LARGE_LAYERS = 1024
"""Outputs behind three layers of 50 to 100 inputs, where errors cancel in every layer anew: 8, times 8 for the first layer and 4
for each of the others, which receive few large numbers; measured is 1/346."""

OF_IMAGE_TRAININGS = 16_384
"""Two trainings on images of 200 updates, compared in the 2-norm of all weights: 8, times 2, times sqrt(200), and times 64, for
most of many thousand weights have a far smaller error than the worst, which is 1/16 of its bound; measured is 1/4,000."""

FACTORS: Mapping[str, int] = {
    "outputs": FACTOR,
    "losses": FACTOR,
    "gradients": FACTOR,
    "values": FACTOR,
    "value_gradients": FACTOR,
    "one_epoch": FACTOR,
    "trajectory": FACTOR,
    "compiled": OF_TRAININGS,
    "conventions": FACTOR,
    "convention_pairs": FACTOR,
    "samples": FACTOR,
    "first_update": FACTOR,
    "outputs_for_digits": OF_LARGE_LAYERS,
    "digits": OF_IMAGE_TRAININGS,
    "compiled_digits": OF_IMAGE_TRAININGS,
    "numerical_gradients": FACTOR,
}
"""By the name of a bound: how many times the largest error it may be."""


def loose_bounds(tightness: Mapping[str, float]) -> list[str]:
    """A line for every bound that is more than its factor times the largest error, or with which nothing was compared."""
    names = sorted(FACTORS.keys() | tightness.keys())
    lines = (loose(name, tightness.get(name), FACTORS.get(name, FACTOR)) for name in names)
    return [line for line in lines if line]


def loose(name: str, ratio: float | None, factor: int) -> str:
    """What is wrong with one bound; empty where nothing is."""
    if ratio is None:
        return f"{name}: no error was compared with it"
    return "" if ratio >= 1 / factor else f"{name}: the largest error is {ratio:.1e} of it, expected is 1/{factor} at least"
