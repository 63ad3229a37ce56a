"""What the committed seeds say about an example, one line each, for the notes to the author."""

from verification.seeds import seed_files
from verification.seeds.records import SeedQuantity


def percentile_notes(example_id: str) -> list[str]:
    """One line for each printed result, and for what follows from several: its percentile among the seeds."""
    return [percentile_note(quantity) for quantity in seed_files.quantities(example_id)]


def percentile_note(quantity: SeedQuantity) -> str:
    """One result in words."""
    derived = " (follows from the print)" if quantity.derived else ""
    low, median, high = (number(quantity.quantiles[key]) for key in ("0.01", "0.50", "0.99"))
    interval = f"1 % to 99 %: {low} to {high}, median {median}{never_stopped(quantity.fraction_never_stopped)}"
    verdict = f"{quantity.verdict}, percentile {quantity.percentile:g} of {quantity.n_seeds:,} seeds"
    return f"{quantity.name}{derived}: {quantity.printed} is {verdict} ({interval})"


def number(value: float | None) -> str:
    """A quantile; None is the epoch of a seed that never stops."""
    return "never" if value is None else f"{value:g}"


def never_stopped(fraction: float) -> str:
    """The fraction of seeds that never stopped, where there are any."""
    return f", {100 * fraction:g} % never stopped" if fraction else ""


def claim_notes(example_id: str) -> list[str]:
    """One line for each claim: the fraction of seeds for which it holds."""
    return [f"{claim}: holds for {100 * fraction:.1f} %" for claim, fraction in seed_files.claim_fractions(example_id).items()]
