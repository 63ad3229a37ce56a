"""The summary on the terminal: one line an example, at most a screen wide; details are in the report."""

from collections import Counter
from collections.abc import Iterator, Mapping

from verification.records import Digits, Ending, EpochResult, ExampleResult, Outcome, Results, Totals, in_words

WIDTH = 160


def lines(results: Results) -> Iterator[str]:
    """The whole summary."""
    yield from table(results) if results.examples else []
    for section in (smaller_types, run_times, predictions, percentiles, not_judged):
        section_lines = list(section(results))
        yield from ["", *section_lines] if section_lines else []
    yield ""
    yield from (f"CANNOT BE USED: {broken.file}: {broken.error}" for broken in results.unreadable)
    for name, totals in {**results.documents, "all": results.totals}.items():
        yield f"{name}: {judgement(totals)}"


def table(results: Results) -> Iterator[str]:
    """One line an example: verdict, confirmed/printed, errata, epochs by engine, least correct digits, number of notes."""
    width, engines = max(map(len, results.examples)), results.engines
    head = f"{'example':{width}}  {'verdict':15}  {'printed':>9}  {'errata':>6}  {'book':>9}  "
    yield f"{head}{'  '.join(f'{name:>9}' for name in engines)}  digits  notes"
    for name, entry in results.examples.items():
        printed = f"{entry.printed.confirmed}/{entry.printed.total}" if entry.printed.total else "-"
        epochs = "  ".join(f"{stop(entry.epochs, who):>9}" for who in ("book", *engines))
        head = f"{name:{width}}  {in_words(entry.verdict):15}  {printed:>9}  {len(entry.errata) or '-':>6}  {epochs}"
        yield f"{head}  {least(entry):>6}  {len(entry.notes) or '-':>5}"[:WIDTH].rstrip()


def stop(epochs: EpochResult | None, who: str) -> str:
    """The epoch where an engine stops, or that the book prints."""
    if epochs is None or (who != "book" and who not in epochs.engines):
        return "-"
    epoch = epochs.printed if who == "book" else epochs.engines[who]
    return str(epoch) if epoch is not None else "-" if who == "book" else "never"


def least(entry: ExampleResult) -> str:
    """The fewest correct digits of any quantity on any engine."""
    measured: list[Digits] = [digits for kinds in entry.correct_digits.values() for digits in kinds.values()]
    numbers = [digits for digits in measured if not isinstance(digits, str)]
    return f"{min(numbers):.1f}" if numbers else ("exact" if measured else "-")


def smaller_types(results: Results) -> Iterator[str]:
    """One line a training: what float32 and float16 make of its epochs."""
    chosen = {name: entry for name, entry in results.examples.items() if entry.float32 or entry.float16}
    if not chosen:
        return
    width = max(map(len, [*chosen, "epochs in"]))
    columns = [(dtype, engine) for dtype in ("float32", "float16") for engine in results.engines]
    yield f"{'epochs in':{width}}  {'book':>9}  " + "  ".join(f"{f'{dtype} {engine}':>20}" for dtype, engine in columns)
    for name, entry in chosen.items():
        endings: dict[str, Mapping[str, Ending]] = {"float32": entry.float32, "float16": entry.float16}
        cells = [str(endings[dtype].get(engine, "-")) for dtype, engine in columns]
        yield f"{name:{width}}  {stop(entry.epochs, 'book'):>9}  " + "  ".join(f"{cell:>20}" for cell in cells)


def run_times(results: Results) -> Iterator[str]:
    """One line a training on images: path, seconds, and the peak memory of the process that had run it, by engine."""
    chosen = {name: entry.images.run_times for name, entry in results.examples.items() if entry.images and entry.images.run_times}
    if not chosen:
        return
    width = max(map(len, [*chosen, "training on images"]))
    yield f"{'training on images':{width}}  " + "  ".join(f"{engine:>28}" for engine in results.engines)
    for name, times in chosen.items():
        cells = [
            f"{times[engine].path} {times[engine].seconds:,.1f} s {times[engine].peak_memory:,} MiB" if engine in times else "-"
            for engine in results.engines
        ]
        yield f"{name:{width}}  " + "  ".join(f"{cell:>28}" for cell in cells)


def predictions(results: Results) -> Iterator[str]:
    """One line for each inference setting of a pretrained network: what is classified correctly, and the smallest margin."""
    for name, entry in results.examples.items():
        by_engine = entry.images.predictions if entry.images else {}
        for setting in dict.fromkeys(count.inference_setting for counts in by_engine.values() for count in counts):
            row = {engine: count for engine, counts in by_engine.items() for count in counts if count.inference_setting == setting}
            correct = ", ".join(f"{engine} {count.n_correct:,}" for engine, count in row.items())
            margin = min(count.min_margin for count in row.values())
            n_images = max(count.n_images for count in row.values())
            yield f"{name}, {setting}: of {n_images:,} images correct {correct}; smallest margin {margin:.1e}"


def percentiles(results: Results) -> Iterator[str]:
    """One line an example: where its unreproducible results lie among the seeds."""
    for name, entry in results.examples.items():
        if entry.percentiles:
            verdicts = Counter(quantity.verdict for quantity in entry.percentiles)
            counted = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
            n_seeds = max(quantity.n_seeds for quantity in entry.percentiles)
            yield f"{name}: {len(entry.percentiles)} results among {n_seeds:,} seeds: {counted}"


def not_judged(results: Results) -> Iterator[str]:
    """What was not judged for want of data: a line for each reason, and one for each of its examples."""
    reasons: dict[str, dict[str, list[str]]] = {}
    for name, entry in results.examples.items():
        for check in entry.checks:
            if check.outcome is Outcome.NOT_JUDGED:
                reasons.setdefault(check.reason, {}).setdefault(name, []).append(f"{check.engine}-{check.check}")
    if results.totals.printed.total and not results.totals.on_page:
        yield "NOT JUDGED: whether what is printed stands on the page; give the text of the documents, --sources=DIR"
    for reason, by_example in reasons.items():
        yield f"NOT JUDGED: {reason}"
        yield from (f"  {name}: {', '.join(sorted(checks))}" for name, checks in by_example.items())


def judgement(totals: Totals) -> str:
    """The totals of a document in a line."""
    printed = totals.printed
    others = {"truncated": printed.truncated, "off": printed.off, "wrong": printed.wrong, "undecided": printed.undecided}
    wrong = "".join(f", {count} {name}" for name, count in others.items() if count)
    seeds = f"{totals.percentiles} results with a percentile among seeds; " if totals.percentiles else ""
    errata = ", ".join(f"{cause} {by_weight(counts)}" for cause, counts in totals.errata.items()) or "none"
    proofs = ", ".join(f"{count} by {evidence}" for evidence, count in sorted(totals.proofs.items()))
    words = f"; in words {proofs}" if proofs else ""
    verdicts = ", ".join(f"{count} {in_words(name)}" for name, count in sorted(totals.verdicts.items()))
    confirmed = f"{printed.confirmed} of {printed.total} printed numbers confirmed{wrong}"
    if page := totals.on_page:
        confirmed += f"; on the page {page.found} of {page.numbers} numbers found, {page.quotes} quotes looked for"
    if totals.elsewhere.total:
        confirmed += f"; beside the page {totals.elsewhere.confirmed} of {totals.elsewhere.total}"
    return f"{confirmed}; {seeds}{totals.statements} statements; errata: {errata}{words}; examples: {verdicts}"


def by_weight(counts: Mapping[str, int]) -> str:
    """Slips in words: ``3 (2 result, 1 code)``."""
    return f"{sum(counts.values())} ({', '.join(f'{count} {weight}' for weight, count in counts.items())})"
