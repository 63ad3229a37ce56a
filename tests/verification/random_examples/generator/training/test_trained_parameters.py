"""What trains, and how a fixture says so."""

from collections.abc import Callable
from typing import Any

from verification.random_examples.generator.training.trained_parameters import trained_parameters


def test_what_trains_is_written_where_it_is_not_all(drawn: Callable[..., list[Any]]) -> None:
    """All without a word or by one, none by a word or an empty list, or those of a list."""
    both = ("kernel", "bias")
    found = {str(written.get("trainable", "absent")): names for names, written in drawn(trained_parameters(both), 200)}
    assert {words: set(names) for words, names in found.items()} == {
        "absent": set(both),
        "True": set(both),
        "False": set(),
        "[]": set(),
        "['kernel']": {"kernel"},
        "['bias']": {"bias"},
        "['kernel', 'bias']": set(both),
        "['bias', 'kernel']": set(both),
    }


def test_both_biases_of_a_gru_train_together(drawn: Callable[..., list[Any]]) -> None:
    """As the loader takes them."""
    found = drawn(trained_parameters(("kernel", "bias", "recurrent_bias")), 300)
    assert all(("bias" in trained) == ("recurrent_bias" in trained) for trained, _ in found)
    assert {len(trained) for trained, _ in found} == {0, 1, 2, 3}


def test_a_layer_without_parameters_says_what_it_likes(drawn: Callable[..., list[Any]]) -> None:
    """It trains nothing, by any word or without."""
    found = drawn(trained_parameters(()), 60)
    assert all(not trained for trained, _ in found)
    assert {str(written.get("trainable")) for _, written in found} == {"None", "True", "False", "[]"}
