"""Figures as SVG: without pyplot, the same bytes on every run, in the colour of the text around them."""

import re
import warnings
from io import StringIO
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from report.formatting import legal

INK = "#0a0b0c"  # means the colour of the surrounding text until the picture is on a page
GREY = "#767676"  # readable on white and on black
LOOK: Any = dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK) | {
    "svg.fonttype": "none",
    "svg.hashsalt": "report",
    "text.parse_math": False,
}


class Picture(NamedTuple):
    """A picture: the name of its file, its ``<svg>`` element, what it shows in words, and its caption."""

    file: str
    svg: str
    alt: str
    caption: str


def as_svg(figure: Figure) -> str:
    """The ``<svg>`` element alone, without the ids that would clash with another picture's on one page."""
    text = StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # texts stay texts: the fonts are those of the viewer
        figure.savefig(text, format="svg", transparent=True, metadata=metadata)
    svg = legal(text.getvalue())
    return re.sub(r' id="[\w.]+_\d+"', "", svg[svg.index("<svg") :])


def inline(svg: str) -> str:
    """The picture inside a page, in the colour of its text."""
    return svg.replace(INK, "currentColor")


def standalone(svg: str) -> str:
    """The picture as a file, on a page of unknown colour."""
    return svg.replace(INK, GREY)
