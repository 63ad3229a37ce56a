"""Histograms are plotted from counts: on the page and beside it, the same on every run."""

from collections.abc import Callable
from xml.dom.minidom import parseString

from report.pictures.histograms import histogram_picture
from report.pictures.svg import INK
from verification.records import ExampleResult, Histogram

TITLES = ("he: 0.01414 by the formula", "lecun: 0.01 by the formula")
HISTOGRAMS = [Histogram(title=title, counts=[1, 5, 2], low=-0.5, high=1.0) for title in TITLES]


def test_histograms_are_on_the_page_and_beside_it(
    make_example: Callable[..., ExampleResult], write_report: Callable[..., dict[str, str]]
) -> None:
    """An example about initial weights shows each distribution with its title; nothing is left of the ink's stand-in."""
    texts = write_report(make_example(histograms=HISTOGRAMS))
    assert set(texts) == {"index.html", "report.md", "junit.xml", "numpy-dnn-0.svg"}
    for name in ("index.html", "numpy-dnn-0.svg"):
        assert INK not in texts[name]
        assert all(title in texts[name] for title in TITLES)
    assert "](numpy-dnn-0.svg)" in texts["report.md"]


def test_every_distribution_has_a_panel_from_its_counts() -> None:
    """The picture is well-formed, described in words, and the same again; titles are text, not mathematics or markup."""
    hostile = [Histogram(title="<b> $x$ \x07", counts=[1], low=0, high=1)]
    first, second = (histogram_picture("a/b", HISTOGRAMS + hostile) for _ in range(2))
    assert first == second
    assert first.file == "a-b.svg"
    assert first.alt == f"Histograms of initial weights: {'; '.join(TITLES)}; <b> $x$ \x07"
    texts = [node.firstChild for node in parseString(first.svg).getElementsByTagName("text")]  # noqa: S318 -- our own
    assert "<b> $x$ \ufffd" in [text.nodeValue for text in texts if text]
