"""A run: parts side by side in processes, each example judged within a time limit."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from verification.random_examples.counts import RunCounts, Wrong
from verification.random_examples.engines import wrong_on
from verification.random_examples.judging import NAME, Judged, described, judged
from verification.random_examples.parts import Part, made
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.time_limit import at_most

SECONDS = 60.0  # of one example
EVERY = 10  # one example in so many is computed by the other engines too


def run_part(part: Part, engines: Sequence[str] = ()) -> RunCounts:
    """Make and judge the examples of a part."""
    counts = RunCounts()
    with tempfile.TemporaryDirectory() as folder:
        made(part, partial(judge_one, counts, Path(folder), engines))
    return counts


def judge_one(counts: RunCounts, folder: Path, engines: Sequence[str], example: RandomExample) -> None:
    """Judge one example and count it; every tenth on the other engines too."""
    started = time.perf_counter()
    result = within_limit(example, folder)
    counts.note(result, example.words, example.fixture(NAME), time.perf_counter() - started)
    if counts.examples % EVERY == 1:
        for engine in engines:
            if lines := list(wrong_on(engine, example, folder, counts.engines)):
                counts.wrong.append(Wrong(lines, example.fixture(NAME)))


def within_limit(example: RandomExample, folder: Path) -> Judged:
    """The judgement of one example; that it takes too long is a wrong statement."""
    try:
        with at_most(SECONDS):
            return judged(example, folder)
    except TimeoutError as error:
        return Judged([described(error)], [], [], [])


def run(parts: Iterable[Part], engines: Sequence[str], processes: int, progress: Callable[[RunCounts], None]) -> RunCounts:
    """The counts of all parts, in so many processes (0: one for each core); ``progress`` is told them now and then."""
    total = RunCounts()
    with get_context("spawn").Pool(processes or os.cpu_count() or 1) as pool:
        for counts in pool.imap_unordered(partial(run_part, engines=engines), parts):
            total.add(counts)
            progress(total)
    return total
