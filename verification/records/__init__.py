"""Typed records of a run, from what one check finds to ``results.json``."""

from verification.records.base import Digits, Outcome, in_words
from verification.records.findings import Ending, EpochCount, Findings
from verification.records.images import (
    ImageFindings,
    ImageResult,
    LoggedResult,
    LoggedValue,
    PredictionCount,
    PrintedAccuracies,
    RunTime,
)
from verification.records.printed import CAUSES, WEIGHTS, Counts, ErratumResult, OnPage, PrintedNumber, StatementResult
from verification.records.results import (
    CheckResult,
    EpochResult,
    ExampleResult,
    ExampleVerdict,
    Histogram,
    Results,
    SourceResult,
    Totals,
    UnreadableFile,
    schema,
)

__all__ = [
    "CAUSES",
    "WEIGHTS",
    "CheckResult",
    "Counts",
    "Digits",
    "Ending",
    "EpochCount",
    "EpochResult",
    "ErratumResult",
    "ExampleResult",
    "ExampleVerdict",
    "Findings",
    "Histogram",
    "ImageFindings",
    "ImageResult",
    "LoggedResult",
    "LoggedValue",
    "OnPage",
    "Outcome",
    "PredictionCount",
    "PrintedAccuracies",
    "PrintedNumber",
    "Results",
    "RunTime",
    "SourceResult",
    "StatementResult",
    "Totals",
    "UnreadableFile",
    "in_words",
    "schema",
]
