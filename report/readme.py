"""``python -m report.readme RESULTS``: write the tables of the README from a run's ``results.json``."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from report.formatting import DASH, fewest, stop_epoch, whole
from verification.records import CAUSES, WEIGHTS, ExampleResult, Results, Totals
from worked_examples.files.atomic_files import write_text

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?<=<!-- verdicts -->\n).*(?=<!-- /verdicts -->)", re.DOTALL)


def row(*cells: object) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def document_table(documents: Mapping[str, Totals]) -> Iterator[str]:
    """The totals of each document."""
    counted = ("printed numbers", "confirmed", "truncated", "off or wrong", "undecided")
    causes = [cause for cause in CAUSES if any(cause in totals.errata for totals in documents.values())]
    of_causes = [f"errata, {cause} ({' / '.join(WEIGHTS)})" for cause in causes]
    yield row("document", *counted, "beside the page", "results with a percentile among seeds", *of_causes)
    yield row(*["---"] * (len(counted) + 3 + len(causes)))
    for name, totals in documents.items():
        printed = totals.printed
        counts = (printed.total, printed.confirmed, printed.truncated, printed.off + printed.wrong, printed.undecided)
        yield row(
            name, *counts, totals.elsewhere.total, totals.percentiles, *(slips(totals.errata.get(cause, {})) for cause in causes)
        )


def slips(by_weight: Mapping[str, int]) -> str:
    """How many there are, and how many of each weight: ``3 (2 / 1 / 0 / 0)``."""
    return f"{sum(by_weight.values())} ({' / '.join(str(by_weight.get(weight, 0)) for weight in WEIGHTS)})" if by_weight else "0"


def training_table(examples: Mapping[str, ExampleResult], engines: list[str]) -> Iterator[str]:
    """The trainings whose stop epoch is printed."""
    yield row("training", "printed epoch", "certified", *engines, "least digits", f"float32 on {engines[-1]}")
    yield row(*["---"] * (len(engines) + 5))
    for name, example in examples.items():
        if example.epochs and example.epochs.printed is not None:
            epochs = [whole(example.epochs.printed), whole(example.epochs.certified)]
            stops = [stop_epoch(example.epochs, engine) for engine in engines]
            yield row(name, *epochs, *stops, least_digits(example), example.float32.get(engines[-1], DASH))


def least_digits(example: ExampleResult) -> str:
    """The fewest correct digits of parameters that were measured on any engine."""
    least = fewest(kinds["parameters"] for kinds in example.correct_digits.values() if "parameters" in kinds)
    return DASH if least is None else least if isinstance(least, str) else f"{least:.1f}"


def tables(results: Results) -> str:
    """Both tables."""
    return "\n".join([*document_table(results.documents), "", *training_table(results.examples, results.engines)]) + "\n"


def rewrite(results: Results, readme: Path = README) -> Path:
    """The path of the README, whose text between the markers is replaced by the tables."""
    return write_text(readme, BLOCK.sub(lambda _: tables(results), readme.read_text(encoding="utf-8")))


if __name__ == "__main__":
    rewrite(Results.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8")))
