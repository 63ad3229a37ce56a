"""What in an example's results contradicts the page, and the one word for all of it."""

from collections.abc import Iterator, Sequence

from report.values import DASH, Entry, errata_count, shown


def problems(entry: Entry, engines: Sequence[str]) -> list[str]:
    """One line for whatever no erratum explains; none where the example holds."""
    return [*numbers(entry), *statements(entry), *epochs(entry, engines), *map(str, entry.get("failures") or [])]


def numbers(entry: Entry) -> Iterator[str]:
    """A line where more printed numbers are unconfirmed than there are errata.

    The errata may be more: an erratum of a label leaves its number confirmed.
    """
    counts = entry.get("printed") or {}
    total, errata = counts.get("total", 0), counts.get("errata", 0)
    unconfirmed = total - counts.get("confirmed", 0)
    if unconfirmed > errata:
        kinds = {kind: counts[kind] for kind in ("truncated", "off", "wrong", "undecided") if counts.get(kind)}
        yield f"{unconfirmed} of {total} printed numbers are not confirmed ({shown(kinds)}); errata explain {errata}"


def statements(entry: Entry) -> Iterator[str]:
    """A line where the statements are not either confirmed or errata."""
    counts = entry.get("statements") or {}
    total, confirmed, errata = (counts.get(key, 0) for key in ("total", "confirmed", "errata"))
    if total != confirmed + errata:
        yield f"of {total} statements {confirmed} are confirmed and {errata} are errata"


def epochs(entry: Entry, engines: Sequence[str]) -> Iterator[str]:
    """A line for every engine that stops elsewhere than the book (or, where it prints no epoch, the certified or the reference)."""
    found = entry.get("epochs") or {}
    whose = next((name for name in ("book", "certified", "reference") if found.get(name) is not None), None)
    for name in ("certified", *engines) if whose else ():
        if name in found and found[name] != found[whose] and not (name == "certified" and found[name] is None):
            stop = "never stops" if found[name] is None else f"stops at epoch {shown(found[name])}"
            yield f"{name} {stop}, {whose} at {shown(found[whose])}"


def is_claimed(entry: Entry) -> bool:
    """Whether the page claims anything that the results judge: a number, a statement, an epoch."""
    counted = any((entry.get(part) or {}).get("total") for part in ("printed", "statements"))
    return counted or (entry.get("epochs") or {}).get("book") is not None


def is_recorded(entry: Entry) -> bool:
    """Whether the results hold anything that was computed for the example."""
    return any(entry.get(part) for part in ("printed", "statements", "epochs", "digits", "float32", "failures"))


def verdict(entry: Entry, engines: Sequence[str]) -> str:
    """``fails``, ``in part`` (data are missing), ``errata`` (all of them listed), ``confirmed``, or a dash: nothing is claimed."""
    if problems(entry, engines):
        return "fails"
    if entry.get("not judged"):
        return "in part"
    if errata_count(entry):
        return "errata"
    return "confirmed" if is_claimed(entry) else DASH
