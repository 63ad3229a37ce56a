"""``python -m verification certify``."""

import argparse
from pathlib import Path

import pytest

from verification.certification import build, command
from verification.certification.files import is_certifiable
from worked_examples import FixtureError, NetworkExample, load_all

NAME = "numpy-dnn/314_1"
EXAMPLES = load_all()


@pytest.fixture(autouse=True)
def certified_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is empty, and examples are computed in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "certify_all", lambda examples: [print(command.certify_example(example)) for example in examples])


def options(*arguments: str) -> argparse.Namespace:
    """The options of a command line."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_recomputed_values_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is as committed ends with status 0 and leaves no build folder."""
    assert command.main(options(NAME)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["certifying 1 of 1 examples", NAME]
    assert lines[2].startswith("1 of 1 as committed, ")
    assert not (tmp_path / build.BUILD).exists()


def test_a_difference_is_an_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says what differs, and the status is 1."""
    monkeypatch.setattr(build, "difference", lambda name: f"{name}: stop differ")
    assert command.main(options(NAME)) == 1
    assert capsys.readouterr().out.endswith(f"{NAME}: stop differ\n")


def test_all_that_can_be_certified_are_chosen_by_default() -> None:
    """Without ids, every network of few enough parameters."""
    chosen = command.chosen([], EXAMPLES)
    assert NAME in chosen
    assert all(is_certifiable(example) for example in chosen.values())
    assert list(command.chosen([NAME], EXAMPLES)) == [NAME]


@pytest.mark.parametrize("name", ["numpy-dnn/324_1", "numpy-dnn/321_2", "numpy-dnn/nothing"])
def test_what_cannot_be_certified_is_refused(name: str) -> None:
    """Too large a network, an example of another kind, an id that nobody has."""
    with pytest.raises(FixtureError, match=f"'{name}' cannot be certified; accepted: "):
        command.chosen([name], EXAMPLES)


def test_the_outcome_of_an_example_is_one_line() -> None:
    """Stop epoch, bits, radius and seconds."""
    example = EXAMPLES[NAME]
    assert isinstance(example, NetworkExample)
    assert command.outcome(NAME) == f"{NAME}: no recomputed file"
    assert command.certify_example(example) == NAME
    assert command.outcome(NAME).startswith(f"{NAME}: stop 172, 192 bits, radius ")
