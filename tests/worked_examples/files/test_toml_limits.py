"""The limits of a TOML file: found in one pass before it is parsed, and on the parsed tables."""

import os
from pathlib import Path

import pytest

from worked_examples import FixtureError
from worked_examples.files.toml_limits import table_faults, unreadable
from worked_examples.files.toml_tables import read_table

DEEP = "b = " + 50_000 * "["
NESTED = "arrays or tables nested more than 100 deep"


@pytest.mark.parametrize(
    "text",
    [
        "a = [" * 1 + "1]",
        "a = '" + 50_000 * "[" + "'",
        'a = "' + 50_000 * "[" + '"',
        "a = '''" + 50_000 * "[\n" + "'''",
        'a = """' + 50_000 * "{\n" + '"""',
        "# " + 50_000 * "[",
        "a = [] # " + 50_000 * "[" + "\nb = 1",
        'a = "\\"' + 50_000 * "[" + '"',
        "a = [[1], [2]]\n" * 500,
        "[[a.b]]\n" * 500,
        "a.b.c = 1.5",
        "a = '" + 50_000 * "." + "'",
    ],
)
def test_brackets_and_dots_in_strings_and_comments_do_not_count(text: str) -> None:
    """Only what the parser would go into counts."""
    assert unreadable(text) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = " + 100_000 * "[", 1),
        ("a = " + 100_000 * "[" + 100_000 * "]", 1),
        ("a = " + 50_000 * "{x=", 1),
        ("a = " + 200 * "[\n", 101),
        (f"a = '''x''''\n{DEEP}", 2),
        (f'a = "\\""\n{DEEP}', 2),
        (f'a = "x\\\\"\n{DEEP}', 2),
        (f'a = """x"""""\n{DEEP}', 2),
        (f'a = """"""\n{DEEP}', 2),
        (f'a = """\n\n\\""""\n{DEEP}', 4),
        (f"a = ''\n{DEEP}", 2),
        (f"# it's\n{DEEP}", 2),
    ],
)
def test_what_is_too_deep_is_refused_before_it_is_parsed(text: str, line: int) -> None:
    """The message names the line; strings before it, whatever is in them, hide nothing."""
    assert unreadable(text) == f"{NESTED} (at line {line}); accepted: at most 100"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (".".join(100_000 * "a") + " = 1", "a key of more than 30 parts (at line 1); accepted: at most 30"),
        ("\n[" + ".".join(31 * ["a"]) + "]", "a key of more than 30 parts (at line 2); accepted: at most 30"),
        ("a = " + 4_301 * "1", "a key or number of 4,301 characters (at line 1); accepted: at most 300"),
        ("a = 0x" + 5_000 * "f", "a key or number of 5,002 characters (at line 1); accepted: at most 300"),
        (301 * "k" + " = 1", "a key or number of 301 characters (at line 1); accepted: at most 300"),
    ],
)
def test_long_words_and_keys_are_refused_before_they_are_parsed(text: str, message: str) -> None:
    """Python converts no number of more than 4,300 digits, and long dotted keys take long."""
    assert unreadable(text) == message


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"a": {"b": 100_001 * "x"}}, "a.b: a text of 100,001 characters; accepted: at most 100,000"),
        ({"a": ["", 20_001 * [1]]}, "a[1]: 20,001 entries; accepted: at most 20,000"),
        ({"a": "\0"}, "a: the character U+0000 cannot be shown; accepted: "),
        ({"a": ["\x1b[31m"]}, "a[0]: the character U+001B cannot be shown; "),
        ({"a": "\u202e"}, "a: the character U+202E cannot be shown; "),
        ({"a": "\uffff"}, "a: the character U+FFFF cannot be shown; "),
        ({"a": {"b\n": 1}}, "a: the key 'b\\n' cannot be shown in a line; "),
        ({301 * "k": 1}, "the file: a key of 301 characters; accepted: at most 300"),
    ],
)
def test_tables_beyond_the_limits_are_told_with_their_key(table: dict[str, object], message: str) -> None:
    """One line each: the key, what was found, what is accepted."""
    (fault,) = table_faults(table)
    assert fault.startswith(message)


def test_a_table_that_is_nested_by_keys_is_too_deep() -> None:
    """Whatever made it so deep: no recursion is needed to find out."""
    table: dict[str, object] = {}
    for _ in range(100_000):
        table = {"a": table}
    (fault,) = table_faults(table)
    assert fault.endswith("...: nested more than 100 deep; accepted: at most 100")


def test_lines_and_tabs_are_fine() -> None:
    """Printed blocks have them."""
    assert list(table_faults({"text": "E = 1\n\tF = 2\n"})) == []


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    """Some editors write one."""
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_table(tmp_path / "x.toml") == {"a": 1}


@pytest.mark.parametrize("kind", ["pipe", "link to a device", "link to nothing", "too large", "link to a text"])
def test_what_is_no_fixture_at_all_is_named(tmp_path: Path, kind: str) -> None:
    """A pipe is not opened, which would wait for ever; a device is not read, which would never end."""
    file = tmp_path / "x.toml"
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "too large":
        file.write_bytes(b" " * 1_000_001)
    else:
        target = tmp_path / "passwd"
        target.write_text("root:x:0:0\n", encoding="utf-8")
        file.symlink_to({"link to a device": Path("/dev/zero"), "link to a text": target}.get(kind, tmp_path / "nothing"))
    message = {
        "pipe": "cannot be read: not a plain file; accepted: a text file",
        "link to a device": "cannot be read: not a plain file; accepted: a text file",
        "link to nothing": "no such file",
        "too large": "cannot be read: more than 1,000,000 bytes; accepted: at most so many, split the file",
        "link to a text": "not TOML: Expected '=' after a key in a key/value pair (at line 1, column 5)",
    }[kind]
    with pytest.raises(FixtureError) as caught:
        read_table(file)
    assert str(caught.value) == f"{file}: {message}"
