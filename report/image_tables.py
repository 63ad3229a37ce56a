"""What the results say about examples with images, as tables: every printed line on every engine, and how long each run takes."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from report.image_pictures import Image, images
from report.values import DASH, Entry, anchor, engines, shown

PLACE = {"min": "min", "median": "median", "max": "max", "percentile": "percentile", "verdict": "verdict"}


class Grid(NamedTuple):
    """A table: what it shows, its columns' names, and its rows, whose first cell names the row."""

    caption: str
    head: list[str]
    rows: list[list[str]]


class Learning(NamedTuple):
    """An example with images: what was not judged for want of data (else empty), its tables, its pictures."""

    missing: str
    grids: list[Grid]
    images: list[Image]


def learning(results: Entry) -> dict[str, Learning]:
    """The examples with images, by the anchor of their section."""
    names = engines(results)
    return {anchor(name): section(name, entry, names) for name, entry in results["examples"].items() if "set" in entry}


def section(name: str, entry: Entry, names: list[str]) -> Learning:
    """All on one example."""
    grids = [grid(entry, names) for part, grid in (("page", lines), ("asked", answers)) if entry.get(part)]
    return Learning(missing(entry), grids, images(name, entry, names))


def missing(entry: Entry) -> str:
    """Which claims were not judged, and why."""
    if not (found := entry.get("not judged")):
        return ""
    return f"Not judged: {', '.join(found['claims'])}. Data not available: {found['because']}"


def lines(entry: Entry, names: list[str]) -> Grid:
    """Every printed result of a learning, on every engine and among the seeds."""
    found, placed = entry.get("lines") or {}, entry.get("placed") or {}
    head = ["Result", "printed", *names, *(f"seeds: {name}" for name in PLACE.values())]
    rows = [
        [title, one["text"], *(found.get(name, {}).get(title, DASH) for name in names), *place(placed.get(title, {}))]
        for title, one in entry["page"].items()
    ]
    seeds = max((one["n_seeds"] for one in placed.values()), default=0)
    among = f"; seeds: the same result for {seeds} other weights and orders" if seeds else ""
    return Grid(f"What is printed, and what each engine gives with the fixture's own weights and order{among}", head, rows)


def place(found: Mapping[str, Any]) -> list[str]:
    """Where a printed result lies among the seeds; what follows from other numbers of its line has no place of its own."""
    return [DASH if found.get(key) is None else text(found[key]) for key in PLACE]


def text(value: Any) -> str:
    """A number to six digits, or a word."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def answers(entry: Entry, names: list[str]) -> Grid:
    """Under each condition: what the page prints, and how many images each engine recognises."""
    found = entry.get("answers") or {}
    head = ["Condition", "the page prints", "images", *names, "smallest gap"]
    return Grid(
        "Images recognised, and their share; the smallest gap is the least distance of an image's two greatest outputs",
        head,
        [
            [name, "; ".join(texts) or DASH, *counts([found[engine].get(name) if engine in found else None for engine in names])]
            for name, texts in entry["asked"].items()
        ],
    )


def counts(found: list[Mapping[str, Any] | None]) -> list[str]:
    """The number of images, what each engine recognises of them, and the smallest gap on any engine."""
    known = [answer for answer in found if answer]
    cells = [f"{answer['hits']:,} ({answer['hits'] / answer['images']:.5f})" if answer else DASH for answer in found]
    return [shown(known[0]["images"]), *cells, f"{min(answer['gap'] for answer in known):.1e}"] if known else [DASH, *cells, DASH]


def runs(results: Entry) -> Grid:
    """Every run on the page's images: how it was computed, how long it took, and how much memory its process had needed by then."""
    head = ["Example", "engine", "path", "seconds", "peak memory, MiB", "smallest gap", "weights from the reference's"]
    rows = (row for name, entry in results["examples"].items() for row in timed(name, entry, engines(results)))
    return Grid("Runs on the page's images, in float64", head, list(rows))


def timed(name: str, entry: Entry, names: list[str]) -> Iterator[list[str]]:
    """The rows of one example."""
    courses, found = entry.get("courses") or {}, entry.get("answers") or {}
    for engine in names:
        if one := courses.get(engine):
            apart = f"{one['apart']:.1e}" if one["apart"] else "0"
            yield [name, engine, one["path"], f"{one['seconds']:,.1f}", shown(one["MiB"]), f"{one['gap']:.1e}", apart]
        elif asked := found.get(engine):
            seconds, gap = sum(one["seconds"] for one in asked.values()), min(one["gap"] for one in asked.values())
            yield [name, engine, "asked only", f"{seconds:,.1f}", DASH, f"{gap:.1e}", DASH]
