"""The optimizer of a training, with the options of its paper and those about which frameworks differ."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from worked_examples.schema.base import Model, Number, Word

OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "gradient descent": {},
    "momentum": {"momentum": ..., "velocity": "rate inside", "nesterov": False, "dampening": None},
    "adagrad": {"epsilon": ..., "eps_in_sqrt": False, "initial_accumulator": "0"},
    "adadelta": {"rho": "0.95", "epsilon": "1e-6"},
    "rmsprop": {"rho": "0.9", "epsilon": ..., "eps_in_sqrt": False, "centered": False, "momentum": None, "velocity": "rate inside"},
    "adam": {"beta1": "0.9", "beta2": "0.999", "epsilon": "1e-8", "epsilon_hat": False},
}
"""The options of every optimizer with the value that its paper gives; ``...`` where the fixture must give one."""

VELOCITIES = ("rate inside", "rate outside", "average")
FORMS: Mapping[tuple[str, bool], str] = {  # the reference's name by velocity, and whether the step looks ahead
    ("rate inside", False): "momentum",
    ("rate outside", False): "momentum, rate outside",
    ("average", False): "momentum, average",
    ("rate inside", True): "nesterov",
    ("rate outside", True): "nesterov, rate outside",
}


class Optimizer(Model):
    """An optimizer and its options; which has which, and which formula each is, docs/conventions.md says."""

    name: Annotated[str, Word("an optimizer", tuple(OPTIONS))]
    momentum: Number | None = Field(None, description="between 0 and 1")
    velocity: Annotated[str, Word("a velocity", VELOCITIES)] | None = Field(
        None,
        description="rate inside: v = m v - lr g, w = w + v (the paper, Keras); rate outside: v = m v + g, w = w - lr v (PyTorch); "
        "average: v = m v + (1 - m) g, w = w - lr v",
    )
    nesterov: bool | None = Field(None, description="whether the step looks ahead (arXiv:1212.0901, equation 7)")
    dampening: Number | None = Field(None, description="v = g at first, then v = m v + (1 - d) g, with the rate outside (PyTorch)")
    rho: Number | None = Field(None, description="of the average of squared gradients; PyTorch calls it alpha in RMSprop")
    beta1: Number | None = Field(None, description="of the average of gradients")
    beta2: Number | None = Field(None, description="of the average of squared gradients")
    epsilon: Number | None = Field(None, description="the small number against division by 0")
    eps_in_sqrt: bool | None = Field(None, description="whether epsilon is under the root (Keras) or added to it (PyTorch)")
    epsilon_hat: bool | None = Field(
        None,
        description="whether epsilon is added before the bias correction (Keras), or after it (algorithm 1 of the paper, PyTorch)",
    )
    initial_accumulator: Number | None = Field(None, description="the sum of squared gradients before the first step")
    centered: bool | None = Field(None, description="whether the squared average of gradients is subtracted under the root")

    @model_validator(mode="after")
    def options_known(self) -> "Optimizer":
        """Every option is one of this optimizer's, and every one that it needs is there."""
        accepted = OPTIONS[self.name]
        for key in sorted(self.model_fields_set - {"name"}):
            if key not in accepted and getattr(self, key) is not None:
                raise ValueError(f"{key}: {self.name} does not have it; accepted: {', '.join(accepted) or 'no option'}")
        for key, value in accepted.items():
            if value is ... and getattr(self, key) is None:
                raise ValueError(f"{key}: missing; {self.name} does not have a value that everybody takes")
        return self

    @model_validator(mode="after")
    def in_range(self) -> "Optimizer":
        """Coefficients lie between 0 and 1, and what is added is not negative."""
        for key in ("momentum", "rho", "beta1", "beta2", "dampening"):
            text = getattr(self, key)
            if text is not None and not 0 < Fraction(text) < 1:
                raise ValueError(f"{key}: {text}; accepted: a number between 0 and 1")
        for key in ("epsilon", "initial_accumulator"):
            text = getattr(self, key)
            if text is not None and Fraction(text) < 0:
                raise ValueError(f"{key}: {text}; accepted: a number from 0")
        return self

    @model_validator(mode="after")
    def one_form(self) -> "Optimizer":
        """Velocity, Nesterov's step and dampening fit together."""
        if self.dampening is not None and (self.velocity, self.nesterov or False) != ("rate outside", False):
            raise ValueError('dampening: accepted with velocity = "rate outside" and without nesterov, as PyTorch has it')
        if self.nesterov and self.velocity == "average":
            raise ValueError('velocity: with nesterov accepted: "rate inside", "rate outside"')
        if self.name == "rmsprop" and self.velocity == "average":
            raise ValueError('velocity: with rmsprop accepted: "rate inside", "rate outside"')
        if self.name == "rmsprop" and self.velocity is not None and self.momentum is None:
            raise ValueError("velocity: rmsprop without momentum does not have one")
        if self.name == "rmsprop" and self.centered and self.momentum is not None:
            raise ValueError("centered: accepted without momentum")
        return self

    def option(self, key: str) -> Any:
        """The value of an option: the fixture's, or that of the paper."""
        given = getattr(self, key)
        return OPTIONS[self.name].get(key) if given is None else given

    @property
    def velocity_form(self) -> str:
        """The reference's name of the form of the velocity."""
        return "momentum, dampened" if self.dampening else FORMS[self.option("velocity"), bool(self.nesterov)]

    @property
    def formula(self) -> str:
        """The name of the formula in ``reference.optimization.optimizers``."""
        if self.name == "rmsprop":
            return "rmsprop, momentum" if self.momentum else "rmsprop, centered" if self.centered else "rmsprop"
        if self.name == "adam":
            return "adam, epsilon hat" if self.epsilon_hat else "adam"
        if self.name == "momentum":
            return self.velocity_form
        return "sgd" if self.name == "gradient descent" else self.name

    @property
    def coefficients(self) -> dict[str, str]:
        """The formula's arguments that are numbers, by name."""
        keys = ("momentum", "dampening", "rho", "beta1", "beta2", "epsilon")
        return {key: self.option(key) for key in keys if self.option(key) is not None}

    @property
    def words(self) -> dict[str, str]:
        """The formula's arguments that are words, by name."""
        roots = {"root": "inside" if self.eps_in_sqrt else "outside"} if "eps_in_sqrt" in OPTIONS[self.name] else {}
        return roots | ({"form": self.velocity_form} if self.formula == "rmsprop, momentum" else {})

    @property
    def rule(self) -> str:
        """The formula with what frameworks differ about: an engine names the rules that it does not have by these words."""
        if self.name == "gradient descent":
            return self.name
        outside = self.formula == "rmsprop, momentum" and self.option("velocity") != "rate inside"
        velocity = [self.option("velocity")] if outside else []
        if "root" not in self.words:
            return self.formula
        epsilon = f"epsilon {self.words['root']} the root" if Fraction(self.epsilon or "0") else "without epsilon"
        return ", ".join([self.formula, *velocity, epsilon])


def named_or_table(value: Any) -> str:
    """Whether an optimizer is a name or a table; no key has a blank, so that no message shows this word."""
    return "a name" if isinstance(value, str) else "a table"


OptimizerOrName = Annotated[
    Annotated[str, Word("an optimizer", tuple(OPTIONS)), Tag("a name")] | Annotated[Optimizer, Tag("a table")],
    Discriminator(named_or_table),
]
