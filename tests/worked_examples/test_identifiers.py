"""Ids and names of documents: any book's, but nothing that leaves its folder or its line."""

import pytest

from worked_examples.identifiers import LONGEST, document_name, example_id


@pytest.mark.parametrize(
    "text",
    ["d2l/softmax-1", "numpy-dnn/311_1", "ours/exercise-I-H-M-O", "9/9", "a.b_c/1.2", "a/b@2-3x4", f"{'a' * 100}/{'B' * 100}"],
)
def test_an_id_is_a_folder_and_a_file(text: str) -> None:
    """Digits, dots, hyphens and underscores are accepted in both parts, capitals in the file's name, and a variant's sizes."""
    assert example_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "d2l",
            "d2l/",
            "/1",
            "a/b/c",
            "a//b",
            "../b",
            "a/..",
            "a/b..c",
            "a..b/c",
            "./b",
            ".a/b",
            "a/.b",
            "-a/b",
            "a/-b",
            "A/b",
        ),
        *(
            "a b/c",
            "a/b c",
            "a/b\n",
            "a\n/b",
            "a/b\0",
            "a/b\x7f",
            "a\\b/c",
            "a/é",
            "a/b@",
            "a/b@2x1",
            "a/b@2-3",
            "c:/b",
            "a/b@2-3x4\n",
        ),
        *("a" * (LONGEST + 1) + "/b", "a/" + "b" * (LONGEST + 1)),
    ],
)
def test_no_id_plays_tricks_with_paths(text: str) -> None:
    """Empty parts, dots in front, two dots, blanks, control characters, other letters and endless names are refused in one line."""
    with pytest.raises(
        ValueError, match=r"^.* is not an id; accepted: FOLDER/FILE, without '\.toml', each of at most 100 "
    ) as caught:
        example_id(text)
    assert "\n" not in str(caught.value)


def test_a_document_is_the_folder_part_of_an_id() -> None:
    """A folder that is not a folder of an id is not a document."""
    assert document_name("d2l") == "d2l"
    for text in ("", "D2l", "a/b", "..", "a..b", "a b", "a\n", "a" * (LONGEST + 1)):
        with pytest.raises(ValueError, match="is not the name of a document"):
            document_name(text)
