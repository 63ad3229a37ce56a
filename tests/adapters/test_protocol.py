"""The protocol: every engine has its methods, and so have the trainers that an engine gives."""

import inspect
from collections.abc import Callable
from typing import Any

from adapters import Engine, Trainer
from worked_examples import NetworkExample


def signatures(protocol: type) -> dict[str, list[str]]:
    """The parameters of the methods of a protocol, by name."""
    methods = {name: method for name, method in vars(protocol).items() if inspect.isfunction(method) and name[0] != "_"}
    return {name: list(inspect.signature(method).parameters) for name, method in methods.items()}


def implemented(implementation: Any, protocol: type) -> dict[str, list[str]]:
    """The parameters of the same methods of an object, with the object itself."""
    return {name: ["self", *inspect.signature(getattr(implementation, name)).parameters] for name in signatures(protocol)}


def test_an_engine_has_every_method(engine: Engine) -> None:
    """With the parameters in the order and by the names of the protocol."""
    assert implemented(engine, Engine) == signatures(Engine)


def test_a_trainer_has_every_method(engine: Engine, network: Callable[[str], NetworkExample]) -> None:
    """It says by which path it trains."""
    trainer = engine.trainer(network("numpy-dnn/311_1"), "float64", compiled=False)
    assert implemented(trainer, Trainer) == signatures(Trainer)
    assert trainer.path == "eager"
