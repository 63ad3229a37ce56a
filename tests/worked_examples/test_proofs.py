"""Proofs of errata in words: one that proves nothing is refused at load time, with file and key."""

from collections.abc import Callable

import pytest

Refusal = Callable[[str, str, str], str]
NAME = "dl-python/cost-functions"
FIRST = """test = "len(content) == len(y_right)"
printed = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"
"""


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            'test = "len(content) == len(y_rigth)"\nprinted = "1"\n',
            "test: 'y_rigth' in 'len(content) == len(y_rigth)' is unknown; accepted: ",
        ),
        ('test = "len(content) = 9"\nprinted = "1"\n', "test: 'len(content) = 9' is not an expression"),
        ('test = "content.real == t"\nprinted = "1"\n', "test: 'content.real' in 'content.real == t' is not accepted (Attribute)"),
        ('test = "len(content) == len(t)"\nprinted = "content"\n', "printed: 'content' in 'content' is unknown; accepted: "),
        ('test = "len(t) == 10"\nprinted = "1"\n', "test: 'len(t) == 10' does not use 'content'"),
        (
            'test = "len(content) == 10"\nprinted = "1"\n',
            "test: 'len(content) == 10' uses no evidence: neither a fact that is given nor",
        ),
        (
            'given = { t = "1" }\ntest = "content == t"\nprinted = "1"\n',
            "given.t: the name is taken, or is not an identifier; the example has CEE_right, ",
        ),
        (
            'given = { inf = "1" }\ntest = "content == inf"\nprinted = "1"\n',
            "given.inf: the name is taken, or is not an identifier; the example has CEE_right, ",
        ),
        ('given = { k = "2" }\ntest = "content == t"\nprinted = "1"\n', "given.k: not used"),
        (
            'given = { k = "[0, 0, 0, 0, 1, 0, 0, 0, 0, 0]" }\ntest = "content == k"\nprinted = "1"\n',
            "given.k: repeats the correction and proves nothing",
        ),
        ('given = { k = "j", j = "1" }\ntest = "content == k"\nprinted = "1"\n', "given.k: 'j' in 'j' is unknown; accepted: "),
        ('printed = "1"\n', "test: missing"),
        (
            f'settings = {{ a = {["1"] * 11}, b = {["1"] * 11} }}\ntest = "content == t + a + b"\nprinted = "1"\n'.replace(
                "'", '"'
            ),
            "settings: 121 combinations; accepted: at most 100",
        ),
        ('settings = { a = [] }\ntest = "content == t"\nprinted = "1"\n', "settings.a: not used, or without a value to try"),
        (
            'settings = { a = ["x"] }\ntest = "content == t + a"\nprinted = "1"\n',
            "settings.a[0]: 'x' in 'x' is unknown; accepted: ",
        ),
        ('readings = ["x"]\ntest = "content == t"\nprinted = "1"\n', "readings[0]: 'x' in 'x' is unknown; accepted: "),
    ],
)
def test_a_proof_that_proves_nothing_is_refused_with_file_and_key(refusal: Refusal, new: str, message: str) -> None:
    """Unknown names, no expression, no use of the content, no evidence, an unused fact, a repeated correction: one error each."""
    assert refusal(NAME, FIRST, new).startswith(f"errata[0].proof.{message}")


def test_an_erratum_without_a_quote_is_refused(refusal: Refusal) -> None:
    """What is only said to be printed, proved or not, is an error that names the key."""
    assert refusal(NAME, 'quote = "[0, 0, 0, 0, 1, 0, 0, 0, 0]) # label"\n', "") == "errata[0].quote: missing"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ('by = "hearsay"', "by: 'hearsay' is not a kind of evidence; accepted: computation, literature, page"),
        ('by = "page"', "source: missing; say where the evidence is found, for a proof by page"),
    ],
)
def test_evidence_is_of_a_known_kind_and_has_a_source(refusal: Refusal, new: str, message: str) -> None:
    """The kind is one of three, and a proof by the page or by literature says where the evidence is found."""
    assert refusal(NAME, 'by = "computation"', new) == f"errata[0].proof.{message}"
