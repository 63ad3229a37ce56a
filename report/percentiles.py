"""Results of runs that cannot be repeated: what is printed, and its percentile among many seeds."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from report.formatting import seed_value
from verification.seeds.records import SeedClaim, SeedQuantity

OUTPUT = re.compile(r"(?P<when>.*), output \[.*\]")
FEW = 4  # printed numbers shown at length


class PercentileRow(NamedTuple):
    """A printed result: its name, its text, and its percentile among the seeds in words."""

    name: str
    printed: str
    percentile: str


def percentile_rows(quantities: Iterable[SeedQuantity]) -> Iterator[PercentileRow]:
    """A row for each quantity; outputs that are printed together share one."""
    for (name, derived), group in groupby(quantities, key=lambda quantity: (title(quantity.name), quantity.derived)):
        together = list(group)
        printed = [quantity.printed for quantity in together]
        text = ", ".join(printed) if len(printed) <= FEW else f"{len(printed)} numbers"
        yield PercentileRow(f"{name} (follows from the print)" if derived else name, text, percentile(together))


def claim_texts(claims: Iterable[SeedClaim]) -> list[str]:
    """Each sentence with the fraction of seeds for which it holds."""
    return [f"{claim.claim}: holds for {100 * claim.fraction:.1f} %" for claim in claims]


def title(name: str) -> str:
    """The name of a quantity; of an output, that of all outputs printed with it."""
    match = OUTPUT.fullmatch(name)
    return f"outputs, {match['when']}" if match else name


def percentile(together: list[SeedQuantity]) -> str:
    """Verdict and range of a quantity; of several, how many have which verdict."""
    if len(together) > 1:
        return ", ".join(f"{count} {verdict}" for verdict, count in Counter(quantity.verdict for quantity in together).items())
    (quantity,) = together
    low, high = (seed_value(quantity.quantiles[key]) for key in ("0.01", "0.99"))
    seeds = f"{quantity.n_seeds:,} seeds, 98 % of them from {low} to {high}"
    return f"{quantity.verdict}: percentile {quantity.percentile:g} of {seeds}"
