"""What ``results.json`` says of an example from its fixture and its seed file alone: source, remarks, errata, percentiles."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from reference.initializers import STANDARD_DEVIATIONS, draw
from verification.images.printed_rows import printed_results
from verification.records import (
    ErratumResult,
    ExampleResult,
    Histogram,
    ImageResult,
    LoggedResult,
    PrintedAccuracies,
    SourceResult,
)
from verification.seeds import seed_files
from worked_examples import ConventionExample, Example, ImageExample
from worked_examples.schema.errata import Erratum, Location, NumberErratum, WordErratum
from worked_examples.schema.kinds.image_quantities import RESULTS
from worked_examples.schema.kinds.images import InferenceTable

COMPUTED = "computation"
BARS = 100  # of a histogram


def from_fixture(example: Example) -> ExampleResult:
    """The result of an example of which nothing has been checked yet."""
    source = example.source
    seeds = seed_files.committed_seeds(example.id, seed_files.folder_of(example))
    return ExampleResult(
        title=example.title,
        kind=example.kind,
        source=SourceResult(document=source.document, section=source.section, listing=source.listing),
        provenance=example.provenance,
        remarks=example.remarks,
        errata=list(errata(example)),
        percentiles=[quantity.model_copy(update={"values": []}) for quantity in seeds.quantities] if seeds else [],
        seed_claims=seeds.claims if seeds else [],
        histograms=list(histograms(example)) if isinstance(example, ConventionExample) else [],
        images=images(example) if isinstance(example, ImageExample) else None,
    )


def errata(example: Example) -> Iterator[ErratumResult]:
    """The errata of an example, in the order of the fixture."""
    said = partial(texts, example)
    for block in example.blocks:
        for of_number in block.errata:
            kind, where = "label" if of_number.of_label else "number", f"{block.where}: {place(of_number)}"
            yield ErratumResult(kind=kind, where=where, evidence=COMPUTED, **said(of_number))
    for statement in example.statements:
        for of_statement in statement.errata:
            where = f"{statement.where}: {statement.says}"
            yield ErratumResult(kind="statement", where=where, evidence=COMPUTED, **said(of_statement))
    for in_words in example.errata:
        yield ErratumResult(
            kind="words", where="in words or code", evidence=evidence(in_words), quote=in_words.quote, **said(in_words)
        )


def texts(example: Example, erratum: Erratum) -> dict[str, str]:
    """What every erratum says."""
    said = {name: getattr(erratum, name) for name in ("printed", "correct", "why", "cause", "weight", "slip")}
    return {**said, "location": location(example, erratum.location or Location(section=example.source.section))}


def location(example: Example, of_erratum: Location) -> str:
    """Section, listing and line; what the erratum does not say is that of its example, whose listing is not in another section."""
    section = of_erratum.section or example.source.section
    listing = of_erratum.listing or (example.source.listing if section == example.source.section else "")
    line = f"line {of_erratum.line}" if of_erratum.line else ""
    return ", ".join(part for part in (section, listing, line) if part)


def evidence(erratum: WordErratum) -> str:
    """By what an erratum in words is proved, and where that is printed."""
    source = erratum.proof.source if erratum.proof else ""
    return f"{erratum.evidence}: {source}" if source else erratum.evidence


def place(erratum: NumberErratum) -> str:
    """The number that an erratum in a block points to: ``W[0, 1]``, ``x2b, occurrence 2``."""
    index = str(list(erratum.at)) if erratum.at else ""
    return f"{erratum.number}{index}" + (f", occurrence {erratum.occurrence}" if erratum.occurrence > 1 else "")


def histograms(example: ConventionExample) -> Iterator[Histogram]:
    """The histograms of samples by the reference's formulas of initial weights, with the seed of each probe."""
    for convention in example.conventions:
        if (formula := convention.book.call) in STANDARD_DEVIATIONS and convention.family == "initializer":
            probe = example.probe_of(convention)
            deviation = STANDARD_DEVIATIONS[formula](*probe.fans)
            sample = draw(np.random.RandomState(probe.seed), deviation, (probe.fans[0], probe.fans[1]))
            counts, edges = np.histogram(sample, bins=BARS)
            title = f"{formula}: {deviation:.4g} by the formula, {sample.std():.4g} in the sample"
            yield Histogram(title=title, counts=counts.tolist(), low=float(edges[0]), high=float(edges[-1]))


def images(example: ImageExample) -> ImageResult:
    """What the page prints of a network on images."""
    images = ImageResult(data_set=example.data.images)
    if example.training:
        images.printed = [
            LoggedResult(
                title=result.title,
                printed=result.text,
                updates=result.updates,
                quantity=result.quantity,
                derived=result.derived,
            )
            for result in printed_results(example)
        ]
        return images
    for setting in example.inference_settings:
        printed = [text for table in example.printed if table.inference_setting == setting.name for text in marked(example, table)]
        images.settings.append(PrintedAccuracies(inference_setting=setting.name, printed=list(dict.fromkeys(printed))))
    return images


def marked(example: ImageExample, table: InferenceTable) -> Iterator[str]:
    """The results in a table, by name; errata are marked."""
    wrong = {(erratum.number, erratum.printed) for erratum in table.errata}
    for row in table.lines:
        for name, text in row.items():
            if example.names[name] in RESULTS:
                yield f"{name} {text}" + (" (erratum)" if (name, text) in wrong else "")
