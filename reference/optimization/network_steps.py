"""An optimizer's steps on all layers of a network, with the state that it keeps for every parameter."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from reference.comparisons import Array
from reference.layer_types.parameters import Layer, Trained, present
from reference.optimization.momentum import State
from reference.optimization.optimizers import Optimizer


class NetworkSteps:
    """Steps of an optimizer on the layers of a network; a call makes one.

    ``state[k]`` has the k-th array of the optimizer's state for every parameter, shaped like the layers; ``t`` counts the steps
    made. Arrays that are not ``trained`` (None: all are) keep their values, and their state its initial one.

    ``optimizer`` has the step with all its options but the learning rate, which ``learning_rate`` gives by the number of steps
    made before; every array of the state is ``initial`` at first. ``decays`` are the weight decays before each step, by the names
    of the parameters that decay.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        learning_rate: Callable[[int], Any],
        layers: Sequence[Layer],
        initial: Any = 0,
        trained: Sequence[Trained] | None = None,
        decays: Mapping[str, Callable[[Array, Array, Any], tuple[Array, Array]]] = MappingProxyType({}),
    ) -> None:
        self.optimizer, self.learning_rate, self.decays, self.t = optimizer, learning_rate, decays, 0
        self.trained = present(layers) if trained is None else trained
        self.state = [[Layer(*(array * 0 + initial for array in layer)) for layer in layers] for _ in range(optimizer.state_size)]

    def __call__(self, layers: Sequence[Layer], gradients: Sequence[Layer]) -> list[Layer]:
        """The layers after the next step."""
        learning_rate = self.learning_rate(self.t)
        self.t += 1
        new, states = [], []
        for index, (layer, gradient) in enumerate(zip(layers, gradients, strict=True)):
            state = [of_layers[index] for of_layers in self.state]
            stepped = [
                self.step(name, kept, array, by_array, learning_rate) if trains else (kept, array)
                for name, array, by_array, trains, *kept in zip(
                    Layer._fields, layer, gradient, self.trained[index], *state, strict=True
                )
            ]
            new.append(Layer(*(array for _, array in stepped)))
            states.append([Layer(*arrays) for arrays in zip(*(kept for kept, _ in stepped), strict=True)])
        self.state = [list(of_layers) for of_layers in zip(*states, strict=True)]
        return new

    def step(self, name: str, state: Sequence[Array], w: Array, g: Array, learning_rate: Any) -> tuple[State, Array]:
        """One array of parameters of this name after this step, and its state."""
        if name in self.decays:
            w, g = self.decays[name](w, g, learning_rate)
        return self.optimizer.step(tuple(state), w, g, learning_rate, self.t)
