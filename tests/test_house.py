"""The rules of the house: imports run one way, folders stay small, no module has state, every module has its test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("reference", "worked_examples", "adapters", "verification", "report")
MAY_IMPORT = {
    "reference": {"reference"},
    "worked_examples": {"reference", "worked_examples"},
    "adapters": {"reference", "worked_examples", "adapters"},
    "verification": {"reference", "worked_examples", "adapters", "verification"},
    "report": {"report", "worked_examples", "verification.records", "verification.seeds.records", "verification.verdicts"},
}
MUTABLE = ("dict", "list", "set", "defaultdict", "Counter", "deque")
CACHES = ("cache", "lru_cache")
MOST_MODULES = 15
PURE = {
    "adapters/schedule.py": "the order of the samples follows from four arguments alone, and is long",
    "worked_examples/expression/formulas.py": "the nodes of a text follow from the text alone",
    "worked_examples/expression/iterated.py": "the nodes of a text follow from the text alone",
    "worked_examples/expression/grammar.py": "the tree of a text follows from the text alone",
}
"""Modules that may cache a function, and why that is not state."""


def modules(package: str) -> list[Path]:
    """The modules of a package, ``__init__`` included."""
    return sorted((ROOT / package).rglob("*.py"))


def tree(file: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    """The modules that a module imports, wherever it does."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(name: str, package: str) -> bool:
    """Whether a package may import a name: what is not of this project, or is in what it may import, or on the way there."""
    ours = name.partition(".")[0] in (*PACKAGES, "tests", "benchmarks", "conftest")
    known = MAY_IMPORT[package]
    return (
        not ours
        or any(f"{name}.".startswith(f"{prefix}.") for prefix in known)
        or name in {prefix.rpartition(".")[0] for prefix in known}
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    """``reference`` <- ``worked_examples`` <- ``adapters`` <- ``verification`` <- ``report``; none of them tests or benchmarks."""
    wrong = [
        f"{file.relative_to(ROOT)}: {name}" for file in modules(package) for name in imported(file) if not is_allowed(name, package)
    ]
    assert wrong == []


def test_tests_import_no_tests() -> None:
    """What tests share are fixtures of a ``conftest``."""
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in modules("tests")
        for name in imported(file)
        if name.partition(".")[0] == "tests"
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_holds_too_many_modules(package: str) -> None:
    """At most 15 besides ``__init__``, so that one look tells where a thing is."""
    folders = {file.parent.relative_to(ROOT) for file in modules(package)}
    sizes = {str(folder): len([file for file in (ROOT / folder).glob("*.py") if file.name != "__init__.py"]) for folder in folders}
    assert {folder: size for folder, size in sizes.items() if size > MOST_MODULES} == {}


def is_mutable_and_empty(value: ast.expr | None) -> bool:
    """Whether an expression makes an empty dict, list, set or the like."""
    if isinstance(value, ast.Dict | ast.List | ast.Set):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    called = value.func if isinstance(value, ast.Call) and not value.args and not value.keywords else None
    called = called.value if isinstance(called, ast.Subscript) else called
    return isinstance(called, ast.Name) and called.id in MUTABLE


def is_cache(decorator: ast.expr) -> bool:
    """Whether a decorator keeps what a function returned."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in CACHES


def state(file: Path) -> Iterator[str]:
    """The empty containers and cached functions at the level of a module."""
    for node in tree(file).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_mutable_and_empty(node.value):
            yield f"{file.relative_to(ROOT)}:{node.lineno}: an empty container"
        pure = str(file.relative_to(ROOT)) in PURE
        if not pure and isinstance(node, ast.FunctionDef) and any(is_cache(decorator) for decorator in node.decorator_list):
            yield f"{file.relative_to(ROOT)}:{node.lineno}: {node.name} is cached"


@pytest.mark.parametrize("package", [*PACKAGES, "benchmarks"])
def test_no_module_has_state(package: str) -> None:
    """What a run computes is kept by its session."""
    assert [line for file in modules(package) for line in state(file)] == []


def places_of_test(file: Path) -> list[Path]:
    """Where the test of a module may be: in the folder of its name, or for an engine's module where all engines are tested."""
    *folders, name = file.relative_to(ROOT).parts
    test = f"test_{Path(name).stem.strip('_')}.py"
    places = [ROOT / "tests" / Path(*folders) / test]
    shared = [ROOT / "tests" / "adapters" / test, ROOT / "tests" / "adapters" / "every_engine" / test]
    return [*places, *shared] if folders[0] == "adapters" else places


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_has_a_test_of_its_name(package: str) -> None:
    """``verification/checks/epochs.py`` is tested by ``tests/verification/checks/test_epochs.py``."""
    tested = (file for file in modules(package) if file.name != "__init__.py")
    assert [str(file.relative_to(ROOT)) for file in tested if not any(place.is_file() for place in places_of_test(file))] == []


def test_tests_hold_only_tests() -> None:
    """A module in ``tests`` is a test or a ``conftest``: code that others use is not hidden here."""
    assert [
        str(file.relative_to(ROOT)) for file in modules("tests") if file.name != "conftest.py" and not file.name.startswith("test_")
    ] == []
