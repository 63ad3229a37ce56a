"""Figures become SVG that is the same on every run, without ids that clash, in the colour of the text around them."""

import re
from xml.dom.minidom import parseString

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from report.pictures import svg


@pytest.fixture
def picture() -> str:
    """A plot with a title as an ``<svg>`` element."""
    with mpl.rc_context(svg.LOOK):
        figure = Figure(figsize=(2, 2))
        axes = figure.subplots()
        axes.plot([1, 2])
        axes.set_title("a\x07b 활")
        return svg.as_svg(figure)


def test_a_picture_is_an_element_alone(picture: str) -> None:
    """It starts with the element, is well-formed whatever its texts are, and has no id that another picture has too."""
    assert picture.startswith("<svg")
    assert "a\ufffdb 활" in picture
    assert parseString(picture).documentElement  # noqa: S318 -- our own
    assert re.findall(r' id="(?:figure|axes|text|patch|line2d|matplotlib\.axis|xtick|ytick)_\d+"', picture) == []


def test_a_picture_has_the_colour_of_its_place(picture: str) -> None:
    """Inside a page its ink is that of the text, in a file a grey that is readable on white and on black."""
    assert svg.INK in picture
    assert "currentColor" in svg.inline(picture)
    assert svg.GREY in svg.standalone(picture)
    assert svg.INK not in svg.inline(picture) + svg.standalone(picture)
