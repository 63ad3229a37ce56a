"""What certification costs, counted and not timed, so that every machine judges the same run alike.

Measured on two cores: the reference in balls takes 60 microseconds for an update of a small network, and 0.6 for every parameter
and sample in it; 1,000 further bits of precision double both.
"""

from typing import NamedTuple

from adapters.reference.training import initial_parameters
from worked_examples import NetworkExample

UPDATE, PARAMETER, PER_BIT = 60e-6, 0.6e-6, 1 / 1000
BOUND, PER_DERIVATIVE = 4, 1.25  # an epoch of a running error bound, in epochs in balls, for 6 to 100 parameters


class Budget(NamedTuple):
    """The estimated seconds that are left for one example."""

    example: NetworkExample
    seconds: float

    @property
    def n_parameters(self) -> int:
        """The parameters of the network."""
        return self.example.network.n_parameters

    def epoch(self, bits: int) -> float:
        """The estimated seconds of one epoch in balls."""
        samples = self.example.data.samples
        updates = self.example.training.updates(samples) if self.example.training else 1
        return (updates * UPDATE + self.n_parameters * samples * PARAMETER) * (1 + bits * PER_BIT)

    def epochs(self, bits: int) -> int:
        """How many epochs can be afforded."""
        return int(self.seconds / self.epoch(bits))

    def bounded_epochs(self, bits: int) -> int:
        """How many epochs of a running error bound can be afforded: one costs as much as an epoch in balls for each derivative.

        Derivatives are by every parameter, and by every entry of the optimizer's state.
        """
        n_derivatives = sum(array.size for layer in initial_parameters(self.example, "float64") for array in layer)
        return int(self.seconds / (self.epoch(bits) * (BOUND + PER_DERIVATIVE * n_derivatives)))

    def after(self, epochs: int, bits: int) -> "Budget":
        """What is left after an attempt of so many epochs."""
        return self._replace(seconds=self.seconds - max(epochs, 1) * self.epoch(bits))
