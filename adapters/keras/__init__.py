"""Keras 3 on its TensorFlow backend, imported without TensorFlow's start-up messages.

Beside the modules of every engine there is ``call_names``, which imports no framework.
"""

import os

if os.environ.setdefault("KERAS_BACKEND", "tensorflow") != "tensorflow":
    raise ImportError(
        f"KERAS_BACKEND is '{os.environ['KERAS_BACKEND']}', but only 'tensorflow' computes in true float64: "
        "on other backends Keras casts products to float32"
    )
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # start-up messages; errors still come
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from adapters.stderr import log_noise_suppressed

with log_noise_suppressed():
    import keras  # noqa: F401 -- imported here once, so that every module of this package finds the backend chosen
    import tensorflow as tf  # noqa: F401
