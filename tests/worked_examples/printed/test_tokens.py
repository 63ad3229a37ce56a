"""The words of a printed block, and how deep in brackets they are."""

from worked_examples.printed.tokens import Tokenizer, closing


def test_words_and_marks() -> None:
    """Names, numbers, marks and heads of arrays, each with its line; a separated sign belongs to its number."""
    found = [tuple(token) for token in Tokenizer().tokens("E.x[0] = - 0.5 |\nf = array([1], dtype=int8)")]
    assert found[:4] == [("name", "E.x[0]", 1), ("mark", "=", 1), ("number", "-0.5", 1), ("mark", "|", 1)]
    assert [token[:2] for token in found[6:]] == [
        ("call", "array("),
        ("mark", "["),
        ("number", "1"),
        ("mark", "]"),
        ("mark", ","),
        ("attribute", "dtype=int8"),
        ("mark", ")"),
    ]


def test_an_attribute_is_one_in_a_call_only() -> None:
    """Elsewhere it is a name with a value."""
    kinds = [token.kind for token in Tokenizer().tokens("requires_grad=True")]
    assert kinds == ["name", "mark", "number"]


def test_commas_separate_thousands_outside_of_brackets() -> None:
    """Within brackets they separate numbers."""
    texts = [token.text for token in Tokenizer().tokens("1,234 [1,234]") if token.kind == "number"]
    assert texts == ["1,234", "1", "234"]


def test_what_is_opened_is_closed_by_its_own_mark() -> None:
    """Brackets by brackets, what TensorFlow prints in angles by an angle."""
    assert [closing(head) for head in ("[", "(", "tensor(", "<tf.Tensor:")] == ["]", ")", ")", ">"]
