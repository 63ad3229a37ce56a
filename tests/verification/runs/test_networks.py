"""The trainings of network examples."""

from verification.case import Case
from verification.certification.files import certified_run, is_certifiable
from verification.runs.networks import run
from worked_examples import NetworkExample, load_all


def case(name: str) -> Case[NetworkExample]:
    """One of our networks on the reference."""
    example = load_all()[name]
    assert isinstance(example, NetworkExample)
    return Case(example, "reference")


def test_without_a_stopping_criterion_a_training_ends_at_its_last_epoch() -> None:
    """The one before is recorded too."""
    finished = run(case("linear-algebra/cheese"))
    assert (finished.stop, finished.epochs) == (None, 100)
    assert {99, 100} <= set(finished.parameters)


def test_every_epoch_of_a_large_network_is_recorded() -> None:
    """A network of more parameters than are written down has no certified file; its every epoch is checked by itself."""
    large = case("numpy-dnn/324_1")
    assert not is_certifiable(large.example)
    assert certified_run(large.example) is None
    finished = run(large)
    assert sorted(finished.parameters) == list(range(finished.epochs + 1))
