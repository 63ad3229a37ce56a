"""What is recorded of networks on images."""

from typing import Any

from pydantic import Field

from verification.records.base import Record


class RunTime(Record):
    """How a training on images was computed: seconds, peak memory of the process in MiB, distance from the reference's weights."""

    path: str
    seconds: float
    peak_memory: int
    distance: float
    min_margin: float


class LoggedValue(Record):
    """What an engine gives for a printed result of a log row, with as many decimals as are printed."""

    title: str
    value: str


class PrintedAccuracies(Record):
    """The printed results under one inference setting."""

    inference_setting: str
    printed: list[str] = []


class PredictionCount(Record):
    """Of so many images so many are classified correctly; the smallest margin between the two largest outputs."""

    inference_setting: str
    n_images: int
    n_correct: int
    min_margin: float
    seconds: float


class LoggedResult(Record):
    """A printed result of a log row: its text, the updates made by then, its quantity."""

    title: str
    printed: str
    updates: int
    quantity: str
    derived: bool


class ImageFindings(Record):
    """What a check finds about a network on images; each part only where the check is about it."""

    log_rows: list[LoggedValue] | None = None
    run_time: RunTime | None = None
    predictions: list[PredictionCount] | None = None
    pictures: dict[str, Any] | None = None


class ImageResult(Record):
    """A network on images: what the page prints, and what every engine gives."""

    data_set: str
    printed: list[LoggedResult] = []
    settings: list[PrintedAccuracies] = []
    log_rows: dict[str, list[LoggedValue]] = Field({}, description="by engine")
    run_times: dict[str, RunTime] = Field({}, description="by engine")
    predictions: dict[str, list[PredictionCount]] = Field({}, description="by engine; one for each inference setting")
    pictures: dict[str, Any] | None = None

    def logged(self, engine: str) -> dict[str, str]:
        """The values of an engine's log rows by title; empty where it gave none."""
        return {row.title: row.value for row in self.log_rows.get(engine, [])}

    def predicted(self, engine: str) -> dict[str, PredictionCount]:
        """The predictions of an engine by inference setting; empty where it gave none."""
        return {count.inference_setting: count for count in self.predictions.get(engine, [])}
