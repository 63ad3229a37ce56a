"""For which cases a check has something to do, and what an engine must be capable of for it."""

from collections.abc import Iterable
from typing import Any

from verification.case import Case
from verification.certification import files
from verification.runs.networks import is_long
from verification.runs.smaller_types import is_viewed
from worked_examples.loading import ROOT

COMPILED = "compiled training"


def is_trained(case: Case[Any]) -> bool:
    """Whether the example trains."""
    return case.example.training is not None


def is_inference(case: Case[Any]) -> bool:
    """Whether the network is only used for inference."""
    return case.example.training is None


def has_printed(case: Case[Any]) -> bool:
    """Whether numbers are printed."""
    return bool(case.example.blocks)


def has_committed_values(case: Case[Any]) -> bool:
    """Whether the fixture is one of this project's, and has a certified file."""
    return case.example.file.is_relative_to(ROOT) and files.path(case.example.id).is_file()


def is_long_training(case: Case[Any]) -> bool:
    """Whether the engine's compiled loop trains the example."""
    return is_trained(case) and is_long(case.example)


def is_viewed_in_smaller_types(case: Case[Any]) -> bool:
    """Whether the example's training is repeated in float32 and float16."""
    return is_viewed(case.example)


def is_numerical(case: Case[Any]) -> bool:
    """Whether the listing's gradients are central differences."""
    return is_trained(case) and bool(case.example.training.finite_difference_step)


def is_second_of_pair(case: Case[Any]) -> bool:
    """Whether the engine is the second of two that are compared with each other."""
    return any(pair.engines[1] == case.engine_name for convention in case.example.conventions for pair in convention.pairs)


def compiles(_: Any) -> Iterable[str]:
    """The compiled loop."""
    return (COMPILED,)
