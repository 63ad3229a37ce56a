"""The training of a network on images, which are not part of the fixture."""

from pydantic import Field, model_validator

from worked_examples.schema.base import Number, Size
from worked_examples.schema.trainings.training import Training


class ImageTraining(Training):
    """A training on the training images of a data set, in batches that are drawn; every epoch is a whole number of batches."""

    max_updates: Size | None = Field(None, description="where the book's loop ends, if that is within the last epoch")
    finite_difference_step: Number | None = Field(None, description="h, where the listing's gradients are central differences")

    @model_validator(mode="after")
    def in_drawn_batches(self) -> "ImageTraining":
        """Batches are drawn, and only the number of epochs or updates ends the training."""
        if self.batch_size == "full":
            raise ValueError('batch_size: "full"; accepted on images: a whole number')
        if self.seed is None:
            raise ValueError("order: accepted on images: permutation, swap shuffle, with replacement")
        others = ("stopping_criterion", "first_epoch", "rule", "epoch_counts")
        if key := next((name for name in others if getattr(self, name) != type(self).model_fields[name].default), ""):
            raise ValueError(f"{key}: not accepted on images; leave it out")
        return self

    @model_validator(mode="after")
    def gradient_visible(self) -> "ImageTraining":
        """A gradient that is compared with finite differences is seen in the first update."""
        if self.finite_difference_step and not (self.constant_rate and self.trains_biases):
            raise ValueError("finite_difference_step: accepted with optimizer = 'gradient descent' at one learning rate alone")
        return self

    @property
    def batch(self) -> int:
        """The samples of an update."""
        return int(self.batch_size)

    def total(self, samples: int) -> int:
        """The number of updates, for so many training images."""
        whole = self.max_epochs * (samples // self.batch)
        return whole if self.max_updates is None else min(self.max_updates, whole)
