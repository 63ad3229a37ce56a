"""The templates, and how texts are made harmless in each format."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from report.formatting import bounded, indexed, legal, place, whole
from report.pictures.svg import inline
from verification.records import in_words

TEMPLATES = Path(__file__).parent / "templates"
MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")


def environment() -> Environment:
    """Jinja that escapes everywhere and refuses names it does not know."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    jinja.filters |= {
        "whole": whole,
        "inline": inline,
        "markdown": markdown,
        "bounded": bounded,
        "css_class": css_class,
        "in_words": in_words,
        "place": place,
    }
    jinja.globals |= {"indexed": indexed}
    return jinja


def css_class(words: str) -> str:
    """A verdict as the name of a class."""
    return in_words(words).replace(" ", "-")


def markdown(text: str) -> Markup:
    """Text for one line of Markdown, a table's cell included: it means nothing but itself."""
    return Markup(MARKDOWN.sub(r"\\\1", str(escape(" ".join(text.split())))))  # noqa: S704 -- escaped just now


def render(template: str, view: Mapping[str, Any]) -> str:
    """The text of a template; a character that XML cannot hold becomes U+FFFD."""
    return legal(environment().get_template(template).render(view)).rstrip() + "\n"
