"""The book's swap shuffle."""

from reference.optimization.shuffling import shuffled


def test_the_list_is_shuffled_on_from_epoch_to_epoch() -> None:
    """By hand, from the draws 1, 0, 2, 0 and 3, 3, 3, 3, which Python promises for this seed."""
    assert list(shuffled(4, 2, seed=1)) == [[3, 1, 2, 0], [0, 3, 1, 2]]


def test_every_epoch_visits_every_sample_once() -> None:
    """Each list is a permutation, and each is its own: changing one changes no other."""
    epochs = list(shuffled(10, 50, seed=2))
    assert all(sorted(permutation) == list(range(10)) for permutation in epochs)
    assert len({id(permutation) for permutation in epochs}) == 50
