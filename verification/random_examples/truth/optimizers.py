"""Optimizers of the oracle, each number by number: from the papers, and from what the options of fixtures say of them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import mpmath

from verification.random_examples.truth.numbers import Array, array, number

Options: TypeAlias = Mapping[str, Any]
Memory: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Options, Memory, Any, Any, int], Any]


def coefficient(options: Options, name: str, otherwise: str = "0") -> Any:
    """An option that is a number, or what it is where the fixture does not give it."""
    return number(options.get(name, otherwise))


def average(memory: Memory, name: str, weight: Any, value: Any) -> Any:
    """A running average that is kept by a name."""
    memory[name] = weight * memory.get(name, 0) + (1 - weight) * value
    return memory[name]


def divided(options: Options, value: Any, square: Any) -> Any:
    """A value over the root of a square, with epsilon under the root or beside it."""
    epsilon = coefficient(options, "epsilon")
    return value / (mpmath.sqrt(square + epsilon) if options.get("eps_in_sqrt") else mpmath.sqrt(square) + epsilon)


def along_velocity(options: Options, memory: Memory, direction: Any, rate: Any) -> Any:
    """The step of momentum for a direction: what is added to the parameter."""
    m, form = coefficient(options, "momentum"), options.get("velocity", "rate inside")
    if form == "rate inside":
        memory["v"] = m * memory.get("v", 0) - rate * direction
        return m * memory["v"] - rate * direction if options.get("nesterov") else memory["v"]
    share = 1 - m if form == "average" else 1 - coefficient(options, "dampening")
    is_first = "v" not in memory and "dampening" in options
    memory["v"] = direction if is_first else m * memory.get("v", 0) + share * direction
    return -rate * (direction + m * memory["v"] if options.get("nesterov") else memory["v"])


def adagrad(options: Options, memory: Memory, g: Any, rate: Any, t: int) -> Any:
    """The root of the sum of all squares so far."""
    memory["sum"] = memory.get("sum", coefficient(options, "initial_accumulator")) + g**2
    return -rate * divided(options, g, memory["sum"])


def adadelta(options: Options, memory: Memory, g: Any, rate: Any, t: int) -> Any:
    """The root of the average of squared steps over that of squared gradients."""
    rho, epsilon = coefficient(options, "rho", "0.95"), coefficient(options, "epsilon", "1e-6")
    steps = mpmath.sqrt(memory.get("steps", 0) + epsilon)
    step = steps / mpmath.sqrt(average(memory, "gradients", rho, g**2) + epsilon) * g
    average(memory, "steps", rho, step**2)
    return -rate * step


def rmsprop(options: Options, memory: Memory, g: Any, rate: Any, t: int) -> Any:
    """The root of the average of squared gradients, or of their variance."""
    rho = coefficient(options, "rho", "0.9")
    square = average(memory, "squares", rho, g**2)
    if options.get("centered"):
        square -= average(memory, "mean", rho, g) ** 2
    direction = divided(options, g, square)
    return along_velocity(options, memory, direction, rate) if "momentum" in options else -rate * direction


def adam(options: Options, memory: Memory, g: Any, rate: Any, t: int) -> Any:
    """Averages of gradients and squared gradients, each over what its weights add up to after ``t`` steps."""
    beta1, beta2 = coefficient(options, "beta1", "0.9"), coefficient(options, "beta2", "0.999")
    epsilon = coefficient(options, "epsilon", "1e-8")
    first, second = average(memory, "first", beta1, g), average(memory, "second", beta2, g**2)
    first, whole = first / (1 - beta1**t), 1 - beta2**t
    if options.get("epsilon_hat"):
        return -rate * first * mpmath.sqrt(whole) / (mpmath.sqrt(second) + epsilon)
    return -rate * first / (mpmath.sqrt(second / whole) + epsilon)


STEPS: Mapping[str, Step] = {
    "gradient descent": lambda options, memory, g, rate, t: -rate * g,
    "momentum": lambda options, memory, g, rate, t: along_velocity(options, memory, g, rate),
    "adagrad": adagrad,
    "adadelta": adadelta,
    "rmsprop": rmsprop,
    "adam": adam,
}


class Optimizer:
    """An optimizer in a training: it remembers what it needs of every number that it changes."""

    def __init__(self, options: Options) -> None:
        self.options, self.step = options, STEPS[options["name"]]
        self.memories: dict[tuple[int, int], Memory] = {}

    def moved(self, place: int, parameters: Array, gradients: Array, rate: Any, t: int) -> Array:
        """The parameters of one place after step ``t`` (from 1)."""
        entries = [
            entry + self.step(self.options, self.memories.setdefault((place, position), {}), gradient, rate, t)
            for position, (entry, gradient) in enumerate(zip(parameters.ravel(), gradients.ravel(), strict=True))
        ]
        return array(entries).reshape(parameters.shape)
