"""Which class is predicted, and how surely, in Keras."""

import tensorflow as tf


def metrics(y: tf.Tensor, t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The number of correctly classified samples and the minimum margin of outputs ``y`` for targets ``t``, row by row."""
    predicted = tf.argmax(y, axis=-1)
    others = tf.where(tf.one_hot(predicted, y.shape[-1], on_value=True, off_value=False), y.dtype.min, y)
    margin = tf.reduce_min(tf.reduce_max(y, axis=-1) - tf.reduce_max(others, axis=-1))
    return tf.reduce_sum(tf.cast(predicted == tf.argmax(t, axis=-1), tf.int32)), margin
