"""``python -m verification.certification.command``: recompute every certified value from scratch and compare it with the committed one.

Each finished example is written, whole, to ``build/certified``; an interrupted run goes on with those not yet done. With
``--update`` the committed files are replaced. Exit status 1 where anything differs.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import flint
import numpy as np

from adapters import Array, Evaluation, Parameters
from adapters.training import Run
from verification import exact_arithmetic
from verification.certification import certified
from verification.certification.ball_training import certify
from verification.session import recorded_epochs
from worked_examples import NetworkExample, load_all
from worked_examples.errors import FixtureError

BUILD = Path("build") / "certified"
ENOUGH = 256  # bits for one evaluation, and to write 25 digits
VOLATILE = ("seconds", "versions", "bits", "radius")


def text(ball: flint.arb) -> str:
    """The certified decimal string of a ball: exact where it is short, else 25 digits, correctly rounded.

    Raises:
        ArithmeticError: where the ball is too wide for 25 digits.
    """
    if ball.is_exact() and len(exact := shortest(ball)) < certified.DIGITS:
        return exact
    with flint.ctx.workprec(ENOUGH):
        low, high = (side.str(certified.DIGITS, radius=False) for side in (ball.lower(), ball.upper()))
    if low != high:
        raise ArithmeticError(f"{ball} does not decide {certified.DIGITS} digits")
    return str(low)


def shortest(ball: flint.arb) -> str:
    """The exact decimal digits of an exact ball, which is a whole number over a power of two."""
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    if exponent < -200 or exponent > 200:
        return "too long to be short, and so to be written exactly"
    with localcontext() as context:
        context.prec = 1000
        return f"{(mantissa * Decimal(2) ** exponent).normalize():f}"


strings: Callable[[Any], Any] = np.frompyfunc(text, 1, 1)


def table(array: Any) -> Any:
    """An array of balls as nested lists of certified strings."""
    found: Array | str = strings(array)
    return found.tolist() if isinstance(found, np.ndarray) else found


def layers(parameters: list[Parameters]) -> list[dict[str, Any]]:
    """Parameters or gradients of all layers for the file."""
    return [{"kernel": table(kernel), "bias": table(bias)} for kernel, bias in parameters]


def evaluation(found: Evaluation) -> dict[str, Any]:
    """One evaluation for the file."""
    outputs, gradients = [table(output) for output in found.outputs], layers(found.gradients)
    return {"outputs": outputs, "loss": table(found.loss), "gradients": gradients, "input": table(found.input_gradient)}


def compute(example: NetworkExample, progress: Callable[[int], None]) -> dict[str, Any]:
    """The certified file of one example."""
    started, extra = time.perf_counter(), recorded_epochs(example)
    with flint.ctx.workprec(ENOUGH):
        start = exact_arithmetic.initial(example, "ball")
    run, bits = certify(example, extra, progress) if example.training else (Run(None, 0, {0: start}, {}, ""), ENOUGH)
    at = {epoch for epoch in (extra | {0, run.epochs - 1, run.epochs}) if epoch in run.parameters}
    with flint.ctx.workprec(ENOUGH):
        evaluations = {
            str(epoch): evaluation(exact_arithmetic.evaluate_balls(example, run.parameters[epoch])) for epoch in sorted(at)
        }
    several = example.training is not None and example.training.updates(example.data.samples) > 1 and run.stop is not None
    sums = {str(epoch): text(run.losses[epoch]) for epoch in (run.epochs - 1, run.epochs)} if several else {}
    return {
        "id": example.id,
        "fixture": certified.fingerprint(example),
        "stop": run.stop,
        "evaluations": evaluations,
        **({"sums": sums} if sums else {}),
        "parameters": {str(epoch): layers(run.parameters[epoch]) for epoch in sorted(run.parameters)},
        "bits": bits,
        "radius": f"{max(exact_arithmetic.widest(pair) for pair in run.parameters[run.epochs]):.1e}",
        "versions": {"python-flint": flint.__version__, "numpy": np.__version__},
        "seconds": round(time.perf_counter() - started, 1),
    }


def write(name: str, found: dict[str, Any], folder: Path) -> None:
    """Write one file, whole or not at all."""
    file = certified.path(name, folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def work(name: str) -> str:
    """Compute one example in a process of its own and write it to the build folder."""
    example, last = load_all()[name], [time.monotonic()]
    assert isinstance(example, NetworkExample), "only networks are certified"

    def progress(epoch: int) -> None:
        if time.monotonic() > last[0] + 15:
            last[0] = time.monotonic()
            print(f"  {name}: epoch {epoch:,}", flush=True)

    write(name, compute(example, progress), BUILD)
    return name


def difference(name: str) -> str:
    """What differs between the committed and the recomputed file of an example; empty where nothing does."""
    new = json.loads(certified.path(name, BUILD).read_text(encoding="utf-8"))
    if not certified.path(name).is_file():
        return f"{name}: no committed file"
    old = json.loads(certified.path(name).read_text(encoding="utf-8"))
    keys = [key for key in sorted(set(old) | set(new)) if key not in VOLATILE and old.get(key) != new.get(key)]
    return f"{name}: {', '.join(keys)} differ; compare {certified.path(name)} with {certified.path(name, BUILD)}" if keys else ""


def pending(examples: dict[str, NetworkExample]) -> Iterator[str]:
    """The examples that an interrupted run has not done, the longest first."""
    for name, example in sorted(examples.items(), key=lambda item: -weight(item[1])):
        file = certified.path(name, BUILD)
        if not (file.is_file() and json.loads(file.read_text(encoding="utf-8"))["fixture"] == certified.fingerprint(example)):
            yield name


def code() -> str:
    """What decides the values beside the fixtures: the reference's code and the code that runs it in balls."""
    files = [
        *sorted(Path("reference").rglob("*.py")),
        *sorted(Path("verification/certification").glob("*.py")),
        Path("verification/exact_arithmetic.py"),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def resume() -> None:
    """Keep what an interrupted run of this very code has done; throw away anything older."""
    mark = BUILD / "code"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != code():
        shutil.rmtree(BUILD, ignore_errors=True)
        BUILD.mkdir(parents=True)
        mark.write_text(code(), encoding="utf-8")


def weight(example: NetworkExample) -> int:
    """How long an example will take, roughly: its updates, and more where softmax or tanh outputs widen the balls."""
    updates = example.training.expected * example.training.updates(example.data.samples) if example.training else 0
    return updates * (10 if example.network.layers[-1].activation in ("softmax", "tanh") else 1)


def main(arguments: list[str]) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m verification.certification.command", description=__doc__)
    parser.add_argument("--update", action="store_true", help="replace the committed files")
    update = parser.parse_args(arguments).update
    started = time.perf_counter()
    networks = {name: example for name, example in load_all().items() if isinstance(example, NetworkExample)}
    examples = {name: example for name, example in networks.items() if certified.affordable(example)}
    resume()
    todo = list(pending(examples))
    print(f"certifying {len(todo)} of {len(examples)} examples", flush=True)
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for done, name in enumerate(pool.imap_unordered(work, todo), 1):
            found = json.loads(certified.path(name, BUILD).read_text(encoding="utf-8"))
            stop = f"stop {found['stop']:,}" if found["stop"] is not None else "evaluated"
            print(
                f"[{done}/{len(todo)}] {name}: {stop}, {found['bits']} bits, radius {found['radius']}, {found['seconds']} s",
                flush=True,
            )
    differences = [line for name in examples if (line := difference(name))]
    if update:
        shutil.copytree(BUILD, certified.FOLDER, dirs_exist_ok=True, ignore=shutil.ignore_patterns("code"))
    shutil.rmtree(BUILD)
    print(f"{len(examples) - len(differences)} of {len(examples)} as committed, {time.perf_counter() - started:.0f} s")
    print("\n".join(differences))
    return int(bool(differences) and not update)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (FixtureError, KeyboardInterrupt) as error:
        sys.exit(f"not finished: {error}" if str(error) else "interrupted; the next run goes on with the examples not yet done")
