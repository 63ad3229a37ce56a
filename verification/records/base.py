"""The base of every record, and the words that several of them use."""

from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict

Digits = float | Literal["exact"]
"""Correct significant decimal digits (the log relative error), or a margin; ``exact`` where there is no error."""


class Record(BaseModel):
    """A table of ``results.json``; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


def in_words(name: str) -> str:
    """A name of ``results.json`` as a reader sees it: ``not judged``."""
    return name.replace("_", " ")


class Outcome(str, Enum):
    """How one check of one example on one engine ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    NOT_JUDGED = "not_judged"
