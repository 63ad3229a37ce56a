"""Stopping criteria in Keras: the state of a loop is the loss, or two numbers, the loss and what the criterion needs besides.

With patience it is three: the loss of further data, the least one, and how many epochs there were since.
"""

from collections.abc import Callable, Mapping

import tensorflow as tf

from worked_examples.schema.trainings.stopping import StoppingCriterion

ERRORS: Mapping[str, Callable[[tf.Tensor, tf.Tensor], tf.Tensor]] = {
    "above 0": lambda y, t: tf.math.count_nonzero(tf.reduce_any((y > 0) != (t > 0), axis=1)),
    "above 0.5": lambda y, t: tf.math.count_nonzero(tf.reduce_any((y > 0.5) != (t > 0.5), axis=1)),
    "arg max": lambda y, t: tf.math.count_nonzero(tf.argmax(y, axis=1) != tf.argmax(t, axis=1)),
}


def before_first_epoch(criterion: StoppingCriterion, threshold: tf.Tensor) -> tf.Tensor:
    """A state that stops nothing."""
    if criterion.tests == "loss":
        return threshold + 1
    far = float(threshold.dtype.max) / 4
    if criterion.tests == "patience":
        return tf.constant([1, far, 0], threshold.dtype)
    return tf.constant([far, -far] if criterion.tests == "change" else [1, 1], threshold.dtype)


def measured(criterion: StoppingCriterion, loss: tf.Tensor, y: tf.Tensor, t: tf.Tensor) -> tf.Tensor:
    """The loss of a batch, and where errors are counted their number behind it."""
    if criterion.no_errors is None:
        return loss
    return tf.stack([loss, tf.cast(ERRORS[criterion.no_errors](y, t), loss.dtype)])


def summed(criterion: StoppingCriterion, state: tf.Tensor) -> tf.Tensor:
    """What of a state is the sum of what was measured of batches."""
    return loss(state) if criterion.tests in ("change", "patience") else state


def begun(criterion: StoppingCriterion, now: tf.Tensor, state: tf.Tensor) -> tf.Tensor:
    """The state of the present epoch, measured anew."""
    if criterion.tests == "patience":
        return state
    return tf.stack([now, state[1]]) if criterion.tests == "change" else now


def after(criterion: StoppingCriterion, now: tf.Tensor, state: tf.Tensor) -> tf.Tensor:
    """The state after an epoch, of which ``now`` was measured, from that before it."""
    if criterion.tests == "patience":
        return watched(criterion, now, state)
    return tf.stack([now, state[0]]) if criterion.tests == "change" else now


def watched(criterion: StoppingCriterion, loss: tf.Tensor, state: tf.Tensor) -> tf.Tensor:
    """The loss of further data after an epoch, the least one, and how many epochs there were since."""
    is_lower = loss + tf.constant(float(criterion.min_delta or 0), loss.dtype) < state[1]
    return tf.stack([loss, tf.where(is_lower, loss, state[1]), tf.where(is_lower, 0 * loss, state[2] + 1)])


def tested(criterion: StoppingCriterion, state: tf.Tensor) -> tf.Tensor:
    """What is compared with the threshold."""
    if criterion.patience:
        return criterion.patience - state[2]
    if criterion.tests == "change":
        return tf.abs(state[0] - state[1])
    return state if criterion.tests == "loss" else state[1]


def loss(state: tf.Tensor) -> tf.Tensor:
    """The loss of a state, or of what was measured."""
    return state[0] if state.shape.rank else state
