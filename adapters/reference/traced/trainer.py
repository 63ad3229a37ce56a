"""The reference's training in one compiled loop."""

import ctypes
from typing import Any

import numpy as np

from adapters.protocol import Array, Progress
from adapters.reference.traced.compiler import CompilerError, compiled
from adapters.reference.traced.program import flat, put, source
from adapters.reference.traced.recording import RecordingError
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from worked_examples import NetworkExample, numbers
from worked_examples.schema.trainings.images import ImageTraining

C_REAL = {"float64": ctypes.c_double, "float32": ctypes.c_float}
RATES = 1_000_000  # epochs of which each has a learning rate of its own


class TracedTrainer(Trainer):
    """The same updates, recorded once and compiled; see ``adapters.Trainer``.

    Raises:
        RecordingError: where the training cannot be recorded: its stopping criterion tests something else than the loss of the
            training data, or an update decides by a number's value.
        CompilerError: where there is no compiler.

    """

    path = "compiled"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example, dtype)
        if isinstance(example.training, ImageTraining) or not example.data.samples:
            raise RecordingError("it is handed its batches")
        if dtype not in C_REAL:
            raise RecordingError(f"no arithmetic of {dtype} in C")
        if self.tester or self.further:
            raise RecordingError("the stopping criterion tests something else than the loss of the training data")
        self.dtype, self.real = dtype, C_REAL[dtype]
        self.rates = self.all_rates()
        self.order = np.zeros((1, 0), dtype=np.int32) if self.sample_order is None else np.ascontiguousarray(self.sample_order)
        self.arrays = [np.ascontiguousarray(array.reshape(len(array), -1), dtype=dtype) for array in self.data]
        self.run = compiled(source(example, dtype, self.order.shape[1]))

    def all_rates(self) -> Array:
        """The learning rate of every epoch, in the number type; one for all epochs where it does not change."""
        training = training_of(self.example)
        if not self.rate_changes:
            return np.array([self.learning_rate], dtype=self.dtype)
        if training.max_epochs > RATES:
            raise RecordingError(f"a learning rate for each of {training.max_epochs:,} epochs")
        return np.array([self.learning_rate_at(epoch) for epoch in range(training.max_epochs)], dtype=self.dtype)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        row, loss = np.ascontiguousarray(flat(self), dtype=self.dtype), np.array([self.epoch_loss], dtype=self.dtype)
        threshold = self.real(float(numbers(training_of(self.example).criterion.threshold, self.dtype)[()]))
        order = pointer(self.order), ctypes.c_long(len(self.order))
        span = ctypes.c_long(self.epoch), ctypes.c_long(limit)
        data = [pointer(array) for array in self.arrays]
        rates = pointer(self.rates), ctypes.c_long(len(self.rates))
        self.epoch = self.run(pointer(row), *data, *order, *rates, *span, threshold, pointer(loss))
        put(self, row)
        self.epoch_loss = loss[0]
        if self.steps:
            self.steps.t = self.epoch * self.updates
        return Progress(self.epoch, self.epoch_loss)


def trainer(example: NetworkExample, dtype: str) -> Trainer:
    """A compiled training, or where it cannot be recorded or compiled an eager one."""
    try:
        return TracedTrainer(example, dtype)
    except (RecordingError, CompilerError):
        return Trainer(example, dtype)


def why_eager(example: NetworkExample, dtype: str) -> str:
    """Why a training is eager; empty where it is compiled."""
    try:
        TracedTrainer(example, dtype)
    except (RecordingError, CompilerError) as error:
        return str(error)
    return ""


def pointer(array: Array) -> Any:
    """The address of an array's numbers."""
    return ctypes.c_void_p(array.ctypes.data)
