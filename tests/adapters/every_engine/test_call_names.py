"""The lists of accepted calls: what they name exists, and they hold what the fixtures call."""

import importlib
from collections.abc import Mapping
from operator import attrgetter

import pytest

from adapters.conventions import check_call
from worked_examples import ConventionExample, load_all

FAMILIES = {"optimizer", "function", "layer", "initializer", "training"}


@pytest.fixture(params=["keras", "torch"])
def framework(request: pytest.FixtureRequest) -> str:
    """The name of each framework that is installed."""
    name: str = request.param
    pytest.importorskip(name)
    return name


@pytest.fixture
def calls(framework: str) -> Mapping[str, tuple[str, ...]]:
    """The framework's accepted calls by family."""
    accepted: Mapping[str, tuple[str, ...]] = importlib.import_module(f"adapters.{framework}.call_names").CALLS
    return accepted


def test_every_accepted_name_exists(framework: str, calls: Mapping[str, tuple[str, ...]]) -> None:
    """Each is an attribute of the framework, once in its family; a layer's parameter is named behind a space."""
    package = importlib.import_module(framework)
    assert calls.keys() == FAMILIES
    for names in calls.values():
        assert len(set(names)) == len(names)
        for name in names:
            assert callable(attrgetter(name.partition(" ")[0])(package))


def test_every_call_of_the_fixtures_is_accepted(framework: str, calls: Mapping[str, tuple[str, ...]]) -> None:
    """Defaults and aligned settings of every convention."""
    examples = [example for example in load_all().values() if isinstance(example, ConventionExample)]
    for convention in (convention for example in examples for convention in example.conventions):
        if framework in convention.engines:
            entry = convention.engines[framework]
            for call in filter(None, (entry.default, entry.aligned)):
                check_call(call, convention.family, calls, framework)
