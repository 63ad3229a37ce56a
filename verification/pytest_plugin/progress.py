"""Progress of a long run: which example, how many checks, and an estimate of what remains, on a terminal and in a log."""

import sys
import time
from collections.abc import Callable, Mapping


class Progress:
    """Writes a line at most every few seconds; ``costs`` are the estimated seconds of each check by its id."""

    def __init__(self, costs: Mapping[str, float], write: Callable[[str], None], seconds: float | None = None) -> None:
        self.costs, self.write = costs, write
        self.seconds = seconds if seconds is not None else (5.0 if sys.stderr.isatty() else 15.0)
        self.started = self.last = time.monotonic()
        self.n_done, self.cost_done = 0, 0.0

    def done(self, name: str, example: str, engine: str, check: str) -> None:
        """Count one finished check, and say so if nothing was said just now."""
        self.n_done += 1
        self.cost_done += self.costs.get(name, 0.0)
        now = time.monotonic()
        if now >= self.last + self.seconds and self.n_done < len(self.costs):
            self.last = now
            counts = f"[{self.n_done:>{len(str(len(self.costs)))}}/{len(self.costs)}]"
            self.write(f"{counts} {example} on {engine}: {check}; {self.remaining(now)}")

    def remaining(self, now: float) -> str:
        """What remains, estimated from the share of the cost that is done."""
        share = self.cost_done / (sum(self.costs.values()) or 1.0)
        if not share:
            return "no estimate yet"
        seconds = (now - self.started) * (1 - share) / share
        return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} min left"
