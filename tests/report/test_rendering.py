"""Templates escape everything, refuse unknown names, and give legal characters."""

import pytest
from jinja2 import UndefinedError

from report import rendering


def test_unknown_names_are_refused() -> None:
    """A template that asks for what its view does not have is an error, not an empty text."""
    with pytest.raises(UndefinedError):
        rendering.render("junit.xml.j2", {})


def test_markdown_means_nothing_but_itself() -> None:
    """Signs of Markdown and of HTML are escaped, several lines become one."""
    assert str(rendering.markdown("a|b\n<c> `d` [e]($f$) _g_")) == r"a\|b &lt;c&gt; \`d\` \[e\](\$f\$) \_g\_"


def test_verdicts_are_names_of_classes() -> None:
    """A verdict of two words is one class."""
    assert rendering.css_class("not_judged") == "not-judged"
    style = (rendering.TEMPLATES / "style.css").read_text(encoding="utf-8")
    verdicts = ("failed", "undecided", "not_judged", "not_verified", "confirmed")
    assert all(f".{rendering.css_class(verdict)}" in style for verdict in verdicts)


def test_expressions_are_escaped() -> None:
    """Text in HTML is text, attributes included."""
    template = rendering.environment().from_string('<a title="{{ text }}">{{ text }}</a>')
    assert template.render(text="<\"'>") == '<a title="&lt;&#34;&#39;&gt;">&lt;&#34;&#39;&gt;</a>'
