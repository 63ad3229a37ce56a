"""Every framework computes by itself: with numbers that nobody has seen it is right, and it calls itself and no lender."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import numpy as np

from adapters import Engine, Parameters
from adapters.reference.training import Trainer
from verification.case import Case
from verification.checks import calculation, evaluation, trajectory
from verification.checks.images import first_update, on_digits
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.images.data import stand_in
from verification.images.training_runs import trained
from verification.independence.lenders import borrowed
from verification.independence.unseen import unseen, unseen_parameters
from verification.independence.watched_epoch import WatchedEpoch
from verification.independence.watcher import WatchedEngine, Watcher
from verification.records import Findings
from verification.runs.networks import watched_epochs
from verification.session import Session
from worked_examples import CalculationExample, ImageExample, NetworkExample
from worked_examples.printed.claims import claims, quantity_of

NEXT_STEP = "the engine must compute by its own package: see the functions that adapters/{engine} calls"
Find = Callable[[Case[Any], Findings], Iterator[str]]


def of_network(case: Case[NetworkExample]) -> Iterator[str]:
    """One pass with other initial parameters, one with the same as given ones, and an epoch of each trainer that has run.

    Formulas and further data are computed with other parameters too.
    """
    yield from wrong_passes(case)
    if case.example.quantities or case.example.further_data:
        yield from watched(case, (evaluation.check_outputs,))
    if case.example.training:
        for epoch in watched_epochs(case):
            yield from borrowed(case.engine_name, epoch.watcher)
            yield from wrong_epoch(case, epoch)
    if any(quantity_of(case.example, claim).over for claim in claims(case.example)):
        yield from wrong_updates(case)


def wrong_updates(case: Case[NetworkExample]) -> Iterator[str]:
    """Lines where an epoch from unseen parameters, update by update, is not the exact one, and for whom the engine called."""
    before, watcher = unseen_parameters(case.example, arithmetic.initial(case.example, case.dtype)), Watcher()
    trainer = case.engine.trainer(case.example, case.dtype, compiled=False)

    def train() -> list[Parameters]:
        trainer.restore(0, before)
        trainer.before_updates()
        return trainer.parameters()

    steps = trajectory.one_step(case, 0, {0: before, 1: watcher.watch("training by single updates", train)})
    yield from (f"training by single updates from unseen parameters: {problem}" for problem in steps)
    yield from borrowed(case.engine_name, watcher)


def wrong_passes(case: Case[NetworkExample]) -> Iterator[str]:
    """Lines where a pass with unseen parameters is not the exact one within the rounding bound, and for whom the engine called.

    Printed numbers of a training rest on passes with given parameters, outputs on those with the initial ones.
    """
    example, watcher, other = case.example, Watcher(), unseen(case.example)
    engine = WatchedEngine(case.engine, watcher)
    case.engine.evaluate(example, None, case.dtype)  # what is kept of it must not come again
    passes = {
        "for initial parameters": engine.evaluate(other, None, case.dtype),
        "for given parameters": engine.evaluate(example, arithmetic.initial(other, case.dtype), case.dtype),
    }
    exact, bounds = case.session.once(
        ("unseen pass", example.id, case.dtype),
        lambda: (arithmetic.evaluate(other, None, arithmetic.EXACT), arithmetic.bounds(other, None, case.dtype)),
    )
    for when, computed in passes.items():
        triples = zip(*map(arithmetic.named, (computed, exact, bounds)), strict=True)
        for (_, name, values), (*_, expected), (*_, bound) in triples:
            yield from (
                f"with unseen numbers, {line}"
                for line in differences(f"{name} {when}", np.asarray(values), expected, np.asarray(bound))
            )
    yield from borrowed(case.engine_name, watcher)


def of_calculation(case: Case[CalculationExample]) -> Iterator[str]:
    """All values and gradients with other inputs."""
    yield from watched(case, (calculation.check_values,))


def of_images(case: Case[ImageExample]) -> Iterator[str]:
    """The first update, or the outputs, with other parameters on scikit-learn's handwritten digits, and the training there."""
    if case.example.training is None:
        yield from watched(case, (on_digits.check_outputs,))
        return
    yield from watched(case, (first_update.check_first_update,))
    if watcher := trained(case, stand_in(case.example)).watcher:
        yield from borrowed(case.engine_name, watcher)


def watched(case: Case[Any], checks: tuple[Find, ...]) -> Iterator[str]:
    """What these checks find with numbers that nobody has seen, and whom the engine called for them."""
    watcher, name = Watcher(), case.engine_name
    engine = cast("Engine", WatchedEngine(case.engine, watcher))
    example = unseen(case.example)
    names = dict.fromkeys(("reference", name))
    session = Session([example], data=case.session.data, engine_names=names, engines={name: engine})
    findings = Findings(example=example.id, engine=name, check="independence", dtype=case.dtype)
    for check in checks:
        yield from (f"with unseen numbers, {problem}" for problem in check(Case(example, name, session, case.dtype), findings))
    yield from borrowed(name, watcher)


def wrong_epoch(case: Case[NetworkExample], epoch: WatchedEpoch) -> Iterator[str]:
    """Lines where the epoch from unseen parameters is not the exact one, within the rounding of one epoch."""
    if epoch.reached:
        steps = trajectory.one_step(case, 0, {0: epoch.before, 1: epoch.after})
        yield from (f"{epoch.path} training from unseen parameters: {problem}" for problem in steps)
        return
    reference = Trainer(case.example, case.dtype)
    reference.restore(0, epoch.before)
    if reference.advance(1).epoch:
        yield f"{epoch.path} training from unseen parameters: no update is made, although the stopping criterion does not hold"


BY_KIND: Mapping[type[Any], Callable[[Case[Any]], Iterator[str]]] = {
    NetworkExample: of_network,
    CalculationExample: of_calculation,
    ImageExample: of_images,
}


def check_independence(case: Case[Any], _: Findings) -> Iterator[str]:
    """With numbers that nobody has seen the engine is right, and it calls its own package, not the reference or another engine."""
    yield from BY_KIND[type(case.example)](case)
