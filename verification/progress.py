"""How far a long run is: one line every few seconds."""

import time


class ProgressLines:
    """Prints what it is called with, unless it printed something less than ``seconds`` ago; ``label`` names what is under way."""

    def __init__(self, label: str = "", seconds: float = 5) -> None:
        self.label, self.seconds, self.last = label, seconds, time.monotonic()

    def __call__(self, text: str) -> None:
        """Print the text after the label."""
        if time.monotonic() > self.last + self.seconds:
            self.last = time.monotonic()
            print(f"  {self.label}: {text}", flush=True)
