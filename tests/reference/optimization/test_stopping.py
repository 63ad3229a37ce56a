"""What a stopping criterion tests: losses, their changes, and errors, in every number type."""

import flint
import numpy as np
import pytest

from reference.comparisons import UndecidedError
from reference.optimization.stopping import ERRORS, Observer


@pytest.mark.parametrize(
    ("name", "y", "t", "expected"),
    [
        ("above 0", [[0.5], [-0.5], [0.0]], [[1], [1], [-1]], 1),
        ("above 0.5", [[0.5], [0.75], [0.25]], [[0], [0], [1]], 2),
        ("above 0.5", [[0.75, 0.25], [0.75, 0.75]], [[1, 0], [1, 0]], 1),
        ("arg max", [[0.25, 0.75], [0.5, 0.5]], [[0, 1], [0, 1]], 1),
    ],
)
def test_an_error_is_a_sample_in_another_class(name: str, y: list[list[float]], t: list[list[float]], expected: int) -> None:
    """A sample with two wrong outputs is one error; an output on the threshold is not above it."""
    assert ERRORS[name](np.array(y), np.array(t)) == expected
    balls = [np.array([[flint.arb(entry) for entry in row] for row in rows], dtype=object) for rows in (y, t)]
    if name != "arg max" or len({*map(tuple, y)}) == len(y):
        assert ERRORS[name](*balls) == expected


def test_an_output_that_may_be_on_either_side_is_not_guessed() -> None:
    """The class of a ball around the threshold is open."""
    with pytest.raises(UndecidedError, match="the sign of a number"):
        ERRORS["above 0"](np.array([[flint.arb(0, 1)]], dtype=object), np.array([[flint.arb(1)]], dtype=object))


def test_a_change_needs_two_losses() -> None:
    """It has no sign; after ``forget`` it begins anew."""
    tester = Observer("change")
    assert tester.value(3.0) is None
    tester.end_epoch(3.0)
    assert tester.value(5.0) == 2.0
    assert tester.value(2.5) == 0.5
    tester.forget()
    assert tester.value(2.5) is None


def test_errors_are_summed_over_the_batches_of_an_epoch() -> None:
    """There is no number before the first epoch; where the loss is not finite, neither is what is tested."""
    tester = Observer("errors", ERRORS["above 0"])
    assert tester.value(1.0) is None
    for expected in (2, 2):
        tester.begin_epoch()
        tester.observe(np.array([[1.0], [-1.0]]), np.array([[-1.0], [-1.0]]))
        tester.observe(np.array([[1.0]]), np.array([[-1.0]]))
        assert tester.value(7.0) == expected
    assert np.isnan(tester.value(float("nan")))
    assert Observer("loss").value(7.0) == 7.0


@pytest.mark.parametrize("number", [float, flint.arb])
def test_patience_ends_after_epochs_without_a_lower_loss(number: type) -> None:
    """A loss that is lower by no more than the least difference does not count, and a nan loss is none."""
    observer = Observer("patience", patience=2, min_delta=number(0.25))
    assert observer.value(number(1)) is None
    left = []
    for loss in (4, 3, 2.875, 2.5, 2.375, 2.25):
        observer.watch(number(loss))
        left.append(float(observer.value(number(loss))))
    assert left == [2, 2, 1, 2, 1, 0]
    observer.forget()
    assert observer.value(number(1)) is None


def test_a_loss_that_is_not_a_number_is_not_lower() -> None:
    """It is not compared; what is tested is not a number either."""
    observer = Observer("patience", patience=2)
    observer.watch(1.0)
    observer.watch(float("nan"))
    assert (observer.least, observer.n_waited) == (1.0, 1)
    assert np.isnan(observer.value(float("nan")))


@pytest.mark.parametrize("place", [0, 1])
def test_the_loss_of_what_is_the_same_is_not_lower_than_itself(place: int) -> None:
    """Also as a ball, whichever arrays decide it; of arrays that may differ the comparison is open."""
    loss, exact, wide = flint.arb(1, 0.1), np.array([flint.arb(1)]), np.array([flint.arb(1, 0.1)])
    observer, deciding = Observer("patience", patience=2), [[wide, wide], [wide]]
    deciding[place] = [exact] * (2 - place)
    observer.watch(loss, *deciding)
    observer.watch(loss, *deciding)
    assert observer.n_waited == 1
    observer.forget()
    observer.watch(loss, [exact, wide])
    with pytest.raises(UndecidedError):
        observer.watch(loss, [exact, wide])


def test_losses_that_balls_do_not_tell_apart_are_not_compared() -> None:
    """Which one is lower is open."""
    observer = Observer("patience", patience=2)
    observer.watch(flint.arb(1, 0.1))
    with pytest.raises(UndecidedError):
        observer.watch(flint.arb(1, 0.1))
