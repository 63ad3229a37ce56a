"""The placement of drawn results among seeds: its arithmetic against the reference, its statistics, its committed files."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array, Parameters
from adapters.reference import Trainer
from fixtures import NetworkExample
from fixtures.loading import ROOT
from reference import descent
from reference.network import Design, Layer, backward, forward
from tests import oracle, seed_courses, seed_measures, seed_rows, seeds
from tests.seed_courses import segments, xor
from tests.seed_measures import Quantity, distribution, judge, place
from tests.seed_nets import Course, Setup, drawn, swapped

ONE = segments("as printed", slice(2, 3))
SEVERAL = {
    "in order": segments("as printed"),
    "swapped": segments("swapped"),
    "xor": xor(2, 2),
    "padded": xor(4, 2),
    "wide": xor(2, 3),
}


def silent(text: str) -> None:
    """Report nothing."""


def strings(array: Array) -> Any:
    """An array of floats as nested lists of decimal strings that are read back as the same floats."""
    return np.vectorize(repr, otypes=[object])(array.astype(object)).tolist()


def example(setup: Setup, seed: int, pattern: int, threshold: float = 1e-9) -> NetworkExample:
    """The training of one seed on one pattern, as a fixture."""
    kernels = drawn(setup, seed, 0)[0]
    layers = [
        {"kernel": strings(kernel), "bias": ["0"] * kernel.shape[1], "activation": name}
        for kernel, name in zip(kernels, setup.activations, strict=True)
    ]
    stop = {"loss_below": repr(threshold)}
    table: dict[str, Any] = {
        "kind": "network",
        "id": f"ours/seed-{seed}",
        "title": "one seed",
        "provenance": "ours",
        "source": {"document": "ours", "section": "tests"},
        "network": {"layers": layers, "loss": "half squared error"},
        "data": {"input": strings(np.array([setup.inputs[pattern]])), "target": strings(np.array([setup.targets[pattern]]))},
        "training": {"optimizer": "gradient descent", "learning_rate": repr(setup.rate), "max_epochs": 10_000, "stop": stop},
    }
    return NetworkExample.model_validate(table)


def of_seed(course: Course, seed: int) -> list[Parameters]:
    """The parameters of one seed of a course, as the reference has them."""
    return [Parameters(layer.kernel[..., seed], layer.bias[..., seed]) for layer in course.layers]


def learnt(setup: Setup, layers: list[Layer], patterns: Iterable[int]) -> list[Layer]:
    """The layers after the reference's update with each of the patterns in turn, in floats or (layers of balls) in balls."""
    read: Callable[[Any], Array] = oracle.balls if layers[0].kernel.dtype == object else np.asarray
    design = Design(setup.activations, "half squared error")
    for pattern in patterns:
        x, t = (read(np.array([rows[pattern]])) for rows in (setup.inputs, setup.targets))
        gradients = backward(design, layers, x, forward(design, layers, x), t)
        layers = descent.update(layers, gradients.layers, read(np.array([setup.rate]))[0])
    return layers


def check(found: list[Parameters], expected: Sequence[tuple[Array, Array]], balls: list[Layer]) -> None:
    """Both are float64 courses of the exact one, from which either may be off by the radius at 53 bits times ``oracle.SLACK``."""
    for one, other, ball in zip(found, expected, balls, strict=True):
        for a, b, c in zip(one, other, ball, strict=True):
            bound = 2 * oracle.SLACK * np.asarray(oracle.radius(c), dtype=float)
            assert np.all(np.abs(a - b) <= bound)
            assert np.max(bound) < 1e-9


def test_one_pattern_follows_the_reference() -> None:
    """After 1 and after 100 epochs seeds 0 and 1 stand where the reference's trainer does, as near as two float64 runs must."""
    course = Course(ONE, (0, 1), 0)
    trainers = [Trainer(example(ONE, seed, 0), "float64") for seed in (0, 1)]
    balls = [[Layer(*layer) for layer in oracle.exactly(of_seed(course, seed))] for seed in (0, 1)]
    for reached, epoch in ((0, 1), (1, 100)):
        for _ in range(reached, epoch):
            course.epoch()
        for seed, trainer in enumerate(trainers):
            trainer.advance(epoch)
            with flint.ctx.workprec(oracle.BITS["float64"]):
                balls[seed] = learnt(ONE, balls[seed], [0] * (epoch - reached))
            check(of_seed(course, seed), trainer.parameters(), balls[seed])


@pytest.mark.parametrize("setup", SEVERAL.values(), ids=list(SEVERAL))
@pytest.mark.parametrize("seed", [0, 1])
def test_several_patterns_follow_the_reference(setup: Setup, seed: int) -> None:
    """One epoch over all patterns is, within rounding, the reference's update called pattern by pattern in the same order."""
    course = Course(setup, (0, 1), 1)
    layers = [Layer(*pair) for pair in of_seed(course, seed)]
    balls = [Layer(*pair) for pair in oracle.exactly(of_seed(course, seed))]
    order = course.epoch().order
    patterns = order[:, seed % order.shape[1]]
    with flint.ctx.workprec(oracle.BITS["float64"]):
        check(of_seed(course, seed), learnt(setup, layers, patterns), learnt(setup, balls, patterns))


def test_a_pass_gives_outputs_and_error_before_the_update() -> None:
    """Output and error of a pattern are those of the weights before its own update, as the reference computes them."""
    now = Course(ONE, (0, 1), 0).epoch()
    for seed in (0, 1):
        one = example(ONE, seed, 0)
        exact, bound = oracle.evaluate(one, None, oracle.EXACT), oracle.bounds(one, None, "float64")
        ball = oracle.distance(oracle.balls(now.outputs[..., seed].astype(object)), exact.outputs[-1])
        assert np.all(np.asarray(ball, dtype=float) <= bound.outputs[-1])
        assert float(oracle.distance(exact.loss, oracle.balls(now.error[seed]))) <= bound.loss


def test_the_stop_is_the_reference_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """The epoch where a seed stops is the reference's count of updates and one more, though the seeds stop at different epochs."""
    monkeypatch.setattr(seed_courses, "STOP", 0.2)
    found = seed_courses.stop(ONE, 3, silent)
    counts = [Trainer(example(ONE, seed, 0, 0.2), "float64").advance(10_000).epoch + 1 for seed in range(3)]
    assert found["epoch"].tolist() == counts
    assert len(set(counts)) == 3
    assert np.all((found["error"] < 0.2) & (found["error"] > 0.19))


def test_a_seed_that_never_stops_has_no_last_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the limit comes first, the epoch is infinite and output and error are missing."""
    monkeypatch.setattr(seed_courses, "LIMIT", 3)
    found = seed_courses.stop(ONE, 2, silent)
    assert np.all(np.isinf(found["epoch"]))
    assert np.all(np.isnan(found["output"]))
    assert np.all(np.isnan(found["error"]))
    assert not np.any(found["dead"])


def test_a_seed_is_dead_where_no_hidden_unit_has_a_positive_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 300 seeds those are dead at the start whose drawn kernel gives no positive sum on the pattern; there are some."""
    monkeypatch.setattr(seed_courses, "LIMIT", 1)
    sums = [np.array(ONE.inputs) @ drawn(ONE, seed, 0)[0][0] for seed in range(300)]
    dead = [not np.any(of_seed_ > 0) for of_seed_ in sums]
    assert seed_courses.stop(ONE, 300, silent)["dead"].tolist() == dead
    assert any(dead)


def test_the_shuffle_is_the_book_s() -> None:
    """The swaps of all seeds at once are those of the plain loop over positions, and go on from the order before."""
    setup = segments("swapped")
    course, places = Course(setup, (0, 1, 2), 4), [drawn(setup, seed, 4)[1] for seed in range(3)]
    plain = [list(range(10)) for _ in places]
    for epoch in range(4):
        for order, of_seed_ in zip(plain, places, strict=True):
            for position, place_ in enumerate(of_seed_[epoch]):
                order[position], order[place_] = order[place_], order[position]
        assert next(course.orders).T.tolist() == plain
    assert swapped(np.array([[0], [1]]), np.array([[1], [1]])).tolist() == [[1], [0]]


def test_outputs_are_sorted_by_pattern() -> None:
    """The outputs of a shuffled pass are returned in the order of the page, whatever the order they were learnt in."""
    now = Course(xor(2, 2), range(5), 1).epoch()
    for seed in range(5):
        for place_, pattern in enumerate(now.order[:, seed]):
            assert now.by_pattern()[pattern, 0, seed] == now.outputs[place_, 0, seed]
    assert len({tuple(order) for order in now.order.T}) > 1


def test_the_last_pass_is_that_of_the_last_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is that of the last epoch; a seed whose training the program itself would have ended earlier is an error."""
    setup = segments("swapped")
    monkeypatch.setattr(seed_courses, "EPOCHS", 3)
    course = Course(setup, (0, 1), 3)
    last = [course.epoch().by_pattern() for _ in range(3)][-1]
    assert np.array_equal(seed_courses.last_pass.__wrapped__(setup, 2, silent), last)
    monkeypatch.setattr(seed_courses, "STOP", 100.0)
    with pytest.raises(ArithmeticError, match="epoch 1"):
        seed_courses.last_pass.__wrapped__(setup, 2, silent)


def test_percentile_and_verdict_of_a_hand_made_sample() -> None:
    """Seeds that print the same text count half below and half above, and those without a value not at all."""
    values = np.array([0.001, 0.004, 0.006, 0.02, np.nan])
    assert place(Quantity("q", "0.00", values)) == {"percentile": 25.0, "verdict": "typical"}
    assert place(Quantity("q", "0.03", values)) == {"percentile": 100.0, "verdict": "outside"}
    assert place(Quantity("q", "0.01", values)) == {"percentile": 62.5, "verdict": "typical"}
    assert place(Quantity("q", "7", np.array([5.0, np.inf]))) == {"percentile": 50.0, "verdict": "typical"}


def test_distribution_of_a_hand_made_sample() -> None:
    """Quantiles are values of the sample; an infinite one (never stopped) is counted and not written as a number."""
    found = distribution(np.append(np.arange(1.0, 100.0), np.inf))
    assert (found["min"], found["1 %"], found["50 %"], found["99 %"], found["max"]) == (1.0, 1.0, 50.0, 99.0, None)
    assert found["never stopped"] == 0.01


@pytest.mark.parametrize(
    ("at_most", "at_least", "verdict"),
    [(0.5, 0.5, "typical"), (0.01, 0.99, "typical"), (0.009, 0.991, "rare"), (1.0, 0.001, "rare"), (0.0, 1.0, "outside")],
)
def test_verdicts(at_most: float, at_least: float, verdict: str) -> None:
    """Typical within the central 98 % of the seeds, outside beyond all of them, else rare."""
    assert judge(at_most, at_least) == verdict


def test_the_table_as_a_whole() -> None:
    """A table's errors follow from the rounded outputs, and its nearest seed is the one whose worst output is nearest."""
    outputs = np.array([[[0.104, 0.3]], [[0.9, 0.8]]])
    found = seed_measures.table("t", (("0.1",), ("0.9",)), outputs, ((0.0,), (1.0,)))
    assert [(q.printed, q.derived) for q in found[:2]] == [("0.1", False), ("0.9", False)]
    squares, worst, near = found[2:]
    assert (squares.printed, worst.printed, near.printed) == ("0.010000", "0.100000", "0.000000")
    np.testing.assert_allclose([squares.values, worst.values, near.values], [[0.01, 0.065], [0.1, 0.3], [0.2, 0.2]], rtol=1e-15)


def test_shares_of_claims() -> None:
    """A claim's share is counted over seeds, or over all pairs of two samples, ties included."""
    assert seed_measures.pairs(np.array([1.0, 3.0]), np.array([1.0, 2.0])) == 0.75
    assert seed_measures.sequence([np.array([3.0, 3.0]), np.array([2.0, 4.0]), np.array([1.0, 1.0])]).tolist() == [True, False]
    assert seed_measures.right(np.array([[[0.6, 0.4]], [[0.2, 0.2]]]), ((1.0,), (0.0,))).tolist() == [True, False]


def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put constant results in the place of the long trainings."""
    stopped = {"epoch": np.ones(2), "error": np.ones(2), "output": np.ones((4, 2)), "dead": np.zeros(2)}
    monkeypatch.setattr(seed_rows, "stop", lambda *_: stopped)
    monkeypatch.setattr(seed_rows, "last_pass", lambda *_: np.ones((10, 4, 2)))
    monkeypatch.setattr(seed_rows, "xor_course", lambda *_: dict.fromkeys(seed_courses.XOR_EPOCHS, np.ones((4, 1, 2))))


@pytest.mark.parametrize("name", seed_rows.ROWS)
def test_the_committed_file_is_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recipe, printed texts and claims are those of the code, and the first two seeds come out as committed after a few epochs.

    At most 200 updates of some 20 operations: 4,000 roundings of 2^-53, which such short courses do not amplify, stay below 2^-40.
    """
    table = seeds.committed(name)
    assert table["recipe"] == seeds.recipe(name)
    for label, outputs in seeds.early(name).items():
        np.testing.assert_allclose(outputs, table[f"after {seeds.EARLY} epochs"][label], rtol=0, atol=2.0**-40)
    faked(monkeypatch)
    found = seed_rows.ROWS[name].measure(2, silent)
    printed = [(q.name, q.derived or q.printed) for q in found.quantities]  # what is derived may depend on the seeds
    assert printed == [(q["name"], q["derived"] or q["printed"]) for q in table["quantities"]]
    assert list(found.claims) == [claim["says"] for claim in table["claims"]]


def test_the_patterns_are_those_of_the_page() -> None:
    """The seven-segment patterns are the arrays I and T that 321_2 prints."""
    page = (ROOT / "numpy-dnn" / "321_2.toml").read_text(encoding="utf-8")
    for rows, mark in ((segments("as printed").inputs, "I = ["), (segments("as printed").targets, "T = [")):
        block = page.partition(mark)[2].partition("\n]")[0]
        assert [float(digit) for digit in block if digit.isdigit()] == [entry for row in rows for entry in row]


def test_placement_reads_the_committed_file_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is one line for each quantity of the committed file, and none where there is no file."""
    name = "numpy-dnn/321_1"
    lines = seeds.placement(name)
    assert len(lines) == len(seeds.committed(name)["quantities"])
    assert lines[5].startswith("epoch where training stops: 27818 is typical, percentile ")
    assert lines[5].endswith(" to never, median 24906, 2.4 % never stopped)")
    assert len(seeds.claims(name)) == 2
    assert seeds.placement("numpy-dnn/311_1") == seeds.claims("numpy-dnn/311_1") == []


@pytest.mark.parametrize("step", ["write_text", "replace"])
def test_an_interrupted_run_leaves_no_half_written_file(step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Interrupted while it writes, a run leaves the old file as it was, and nothing beside it."""
    file = tmp_path / "document" / "id.json"
    seeds.write(file, {"old": 1})
    write = Path.write_text

    def interrupted(self: Path, *arguments: Any, **options: Any) -> None:
        write(self, "{", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        seeds.write(file, {"new": 2})
    assert [path.name for path in file.parent.iterdir()] == ["id.json"]
    assert file.read_text(encoding="utf-8") == '{\n "old": 1\n}\n'


def test_a_run_writes_what_it_computes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes one file for each example that is named, and says so."""
    faked(monkeypatch)
    monkeypatch.setattr(seeds, "path", lambda name: tmp_path / f"{name}.json")
    seeds.main(["numpy-dnn/321_1", "backprop-notes/xor-sequential"])
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")) == [
        "backprop-notes/xor-sequential.json",
        "numpy-dnn/321_1.json",
    ]
    assert "[2/2] backprop-notes/xor-sequential: " in capsys.readouterr().out
    assert seeds.committed("numpy-dnn/321_1")["quantities"][5]["verdict"] == "outside"
