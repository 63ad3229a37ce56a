"""Who may not be called by an engine that computes by itself: the reference, and the other engines."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path

import adapters
from adapters import Registry
from verification.independence.watcher import Watcher

ROOT = Path(adapters.__file__).parents[1]
SHARED = "numpy"  # what every engine may use: the reference's package
BOOKKEEPING: Mapping[str, tuple[str, ...]] = {  # by file: functions that engines share, for these compute no result
    "reference/optimization/shuffling.py": ("shuffled",),
    "reference/layers/im2col.py": ("pair", "same_padding"),
}


def borrowed(engine_name: str, watcher: Watcher, registry: Registry = adapters.ENGINES) -> Iterator[str]:
    """A line for every method of an engine that called a function of a lender, and one where it never called its own package."""
    folders, calls = lenders(engine_name, registry), dict[str, list[tuple[str, str, str]]]()
    for label, file, function in watcher.functions:
        if lender := lender_of(file, function, folders):
            calls.setdefault(label, []).append((lender, shortened(file), function))
    for label, of_label in calls.items():
        ours = (call for call in of_label if call[1].startswith(("adapters/", "reference/")))
        lender, file, function = next(ours, of_label[0])  # what an import of a package runs says less
        yield f"{engine_name}: {label} calls {file} {function}: the numbers are {lender}"
    package = registry[engine_name][1] if engine_name in registry else SHARED
    if package != SHARED and not uses(package, watcher):
        yield f"{engine_name}: no function of the package {package} was called: the numbers are not its own"


def lenders(engine_name: str, registry: Registry) -> dict[str, str]:
    """The folders that an engine may not call, and whose numbers would come from there."""
    own = registry.get(engine_name, ("", SHARED))
    folders = {f"{ROOT / 'reference'}/": "the reference's"}
    for name, (module, package) in registry.items():
        if name != engine_name and module != own[0]:
            whose = f"{'the ' if name == 'reference' else ''}{name}'s"
            if sub_package := module.rpartition(".")[0]:
                folders[f"{ROOT.joinpath(*sub_package.split('.'))}/"] = whose
            if package not in (SHARED, own[1]) and (folder := folder_of(package)):
                folders[folder] = whose
    return folders


def lender_of(file: str, function: str, folders: Mapping[str, str]) -> str:
    """Whose numbers a function computes; empty where it is not a lender's, or only keeps the books."""
    if function.partition(".")[0] in BOOKKEEPING.get(shortened(file), ()):
        return ""
    return next((lender for folder, lender in folders.items() if file.startswith(folder)), "")


def uses(package: str, watcher: Watcher) -> bool:
    """Whether a function of a package was called, Python's or an extension module's."""
    folder = folder_of(package)
    in_python = bool(folder) and any(file.startswith(folder) for _, file, _ in watcher.functions)
    return in_python or package in watcher.extensions


def folder_of(package: str) -> str:
    """The folder of an installed package; empty where there is none."""
    spec = importlib.util.find_spec(package)
    return f"{Path(spec.origin).parent}/" if spec and spec.origin else ""


def shortened(file: str) -> str:
    """A file of this project from its root, any other from its package."""
    path = Path(file)
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return file.rpartition("site-packages/")[2]
