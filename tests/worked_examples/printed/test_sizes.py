"""Printed names that mean a size by themselves."""

import pytest

from worked_examples.printed.sizes import words_of_name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("depth", "depth"),
        ("one.shape", "layer 2 shape"),
        ("one_macs_M", "layer 2 MACs in millions"),
        ("a_b_weights", "layer 3 weights"),
        ("total_parameters_K", "parameters in thousands"),
        ("total_connections_G", "connections in billions"),
        ("two_macs", ""),
        ("total.shape", ""),
        ("one", ""),
        ("one_units", ""),
        ("one_macs_T", ""),
    ],
)
def test_a_name_is_a_size_of_a_layer_or_of_all(name: str, words: str) -> None:
    """In units of a power of ten; any other name means nothing."""
    assert words_of_name(name, [None, "one", "a_b"]) == words
