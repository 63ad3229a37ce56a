"""The optimizers of ``torch.optim``: an example's options as PyTorch takes them, and the state in the form of the reference."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.optim.adadelta import adadelta
from torch.optim.adagrad import adagrad
from torch.optim.adam import adam
from torch.optim.rmsprop import rmsprop
from torch.optim.sgd import sgd

from worked_examples.schema.trainings.optimizer import OPTIONS, Optimizer
from worked_examples.schema.trainings.regularization import WeightDecay

STATES: Mapping[str, tuple[str, ...]] = {
    "sgd": (),
    **dict.fromkeys(("momentum", "momentum, rate outside", "momentum, average", "momentum, dampened"), ("momentum_buffer",)),
    **dict.fromkeys(("nesterov", "nesterov, rate outside"), ("momentum_buffer",)),
    "adagrad": ("sum",),
    "adadelta": ("square_avg", "acc_delta"),
    "rmsprop": ("square_avg",),
    "rmsprop, centered": ("square_avg", "grad_avg"),
    "rmsprop, momentum": ("square_avg", "momentum_buffer"),
    "adam": ("exp_avg", "exp_avg_sq"),
    "adam, epsilon hat": ("exp_avg", "exp_avg_sq"),
}
"""The arrays of each formula's state, by PyTorch's names, in the order of the reference."""

RATE_INSIDE = ("momentum", "nesterov")  # PyTorch's buffer is the velocity over minus the learning rate
OUTSIDE_ONLY = "PyTorch has the learning rate outside of the velocity"
UNDER_ROOT = "PyTorch adds epsilon to the root, and does not have it under the root"
COUPLED = "PyTorch has decoupled weight decay with Adam only (AdamW)"
UNSUPPORTED: Mapping[str, str] = {
    **{
        f"{name}, epsilon inside the root optimizer": UNDER_ROOT
        for name in ("adagrad", "rmsprop", "rmsprop, centered", "rmsprop, momentum", "rmsprop, momentum, rate outside")
    },
    **{f"decoupled weight decay with {name}": COUPLED for name in OPTIONS if name != "adam"},
    "l2 weight decay with momentum inside at changing rates": OUTSIDE_ONLY,
    "rmsprop, momentum, epsilon outside the root optimizer": OUTSIDE_ONLY,
    "rmsprop, momentum, without epsilon optimizer": OUTSIDE_ONLY,
}


def options(method: Optimizer) -> dict[str, Any]:
    """The options as PyTorch names them."""
    given = {name: float(text) for name, text in method.coefficients.items()}
    if method.formula.startswith(("momentum", "nesterov")):
        dampening = given["momentum"] if method.formula == "momentum, average" else given.get("dampening", 0)
        return {"momentum": given["momentum"], "dampening": dampening, "nesterov": bool(method.nesterov)}
    epsilon = {"eps": given["epsilon"]} if "epsilon" in given else {}
    match method.name:
        case "adagrad":
            return {**epsilon, "initial_accumulator_value": float(method.option("initial_accumulator"))}
        case "adadelta":
            return {**epsilon, "rho": given["rho"]}
        case "rmsprop":
            return {**epsilon, "alpha": given["rho"], "centered": bool(method.centered), "momentum": given.get("momentum", 0)}
        case "adam":
            return {**epsilon, "betas": (given["beta1"], given["beta2"])}
    return {}


CLASSES: Mapping[str, Callable[..., torch.optim.Optimizer]] = {
    "gradient descent": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "adadelta": torch.optim.Adadelta,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
}


def build(
    method: Optimizer, parameters: Mapping[str, Tensor], learning_rate: float, decay: WeightDecay | None = None
) -> torch.optim.Optimizer:
    """The optimizer of ``torch.optim``; where some parameters decay and others do not, each have a group of their own."""
    if decay is None:
        return CLASSES[method.name](parameters.values(), lr=learning_rate, **options(method))
    make = torch.optim.AdamW if decay.form == "decoupled" else CLASSES[method.name]
    groups = [
        {"params": [parameters[name] for name in parameters if decays(name, decay) == chosen], "weight_decay": coefficient}
        for chosen, coefficient in ((True, float(decay.coefficient)), (False, 0.0))
    ]
    return make([group for group in groups if group["params"]], lr=learning_rate, **options(method))


def decays(name: str, decay: WeightDecay) -> bool:
    """Whether a parameter, by PyTorch's name, decays; ``bias_ih_l0`` is a bias."""
    return ("bias" if "bias" in name.rpartition(".")[2] else "kernel") in decay.of


def factor(method: Optimizer, learning_rate: float) -> float:
    """By what PyTorch's first state array is multiplied to be the reference's."""
    return -learning_rate if method.formula in RATE_INSIDE else 1.0


def load_state(
    optimizer: torch.optim.Optimizer, method: Optimizer, tensor: Tensor, arrays: Sequence[Tensor], steps: int, learning_rate: float
) -> None:
    """Set the state of one parameter; the buffer of a dampened momentum is None before the first step."""
    scale = factor(method, learning_rate)
    state: dict[str, Any] = {
        name: array / scale if scale != 1 else array.clone() for name, array in zip(STATES[method.formula], arrays, strict=True)
    }
    if method.formula == "momentum, dampened" and not steps:
        state = {}
    has_steps = method.name not in ("gradient descent", "momentum")
    optimizer.state[tensor] = state | ({"step": torch.tensor(float(steps))} if has_steps else {})


def unload_state(optimizer: torch.optim.Optimizer, method: Optimizer, tensor: Tensor, learning_rate: float) -> list[Tensor]:
    """The state of one parameter, copied, in the form of the reference."""
    state, scale = optimizer.state[tensor], factor(method, learning_rate)
    arrays = [state.get(name) for name in STATES[method.formula]]
    return [torch.zeros_like(tensor) if array is None else array.clone() * scale for array in arrays]


def epsilon_of_step(method: Optimizer, steps: Any) -> Any:
    """PyTorch's epsilon after so many steps: epsilon hat over ``sqrt(1 - beta2^t)``, so that it acts where PyTorch adds its own."""
    return float(method.option("epsilon")) / (1 - float(method.option("beta2")) ** (steps + 1)) ** 0.5


def functional_step(
    method: Optimizer,
    vector: Tensor,
    gradient: Tensor,
    arrays: Sequence[Tensor],
    steps: Tensor,
    learning_rate: Any,
    decay: Mapping[str, Any],
) -> tuple[Tensor, list[Tensor]]:
    """One step of ``torch.optim``'s functional form: a compiled loop must not change its operands.

    ``decay`` are its settings of a weight decay. Returns the new parameters and their new state, which is PyTorch's own.
    """
    new, state, count = vector.clone(), [array.clone() for array in arrays], [steps.to(vector.dtype)]
    settings: dict[str, Any] = {
        "lr": learning_rate,
        "weight_decay": 0,
        "maximize": False,
        "foreach": False,
        **options(method),
        **decay,
    }
    settings.pop("initial_accumulator_value", None)
    match method.name:
        case "gradient descent" | "momentum":
            defaults = {"momentum": 0, "dampening": 0, "nesterov": False}
            sgd([new], [gradient], [state[0] if state else None], **(defaults | settings))
        case "adagrad":
            adagrad([new], [gradient], state, count, lr_decay=0, has_sparse_grad=False, **settings)
        case "adadelta":
            adadelta([new], [gradient], [state[0]], [state[1]], count, capturable=True, **settings)
        case "rmsprop":
            averages = state[1:] if method.centered else []
            buffers = state[1:] if method.momentum else []
            rmsprop([new], [gradient], state[:1], averages, buffers, count, capturable=True, **settings)
        case "adam":
            beta1, beta2 = settings.pop("betas")
            if method.epsilon_hat:
                settings["eps"] = epsilon_of_step(method, steps.to(vector.dtype))
            settings |= {"capturable": True, "amsgrad": False, "beta1": beta1, "beta2": beta2}
            adam([new], [gradient], [state[0]], [state[1]], [], count, **settings)
    return new, state
