"""The report on networks on images: tables as the results have them, pictures of what was recorded, and what was not judged."""

from base64 import b64encode
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import numpy as np
import pytest

import report
from report.curves import among, curves, parts

NAME = "ours/net"
PLACED = {"printed": "7629", "verdict": "typical", "percentile": 78.0, "n_seeds": 50}
PLACED |= {"min": 7214.0, "median": 7541.0, "max": 7801.0}
COURSE = {"seconds": 32.7, "MiB": 2597, "path": "eager", "apart": 0.0, "gap": 7.3e-8}
HOSTILE = "<b>nowhere</b> | `x`"


def place(updates: int, quantity: str, text: str) -> dict[str, Any]:
    """A printed result with its title."""
    return {"title": f"update {updates}, {quantity}", "text": text, "updates": updates, "quantity": quantity, "derived": False}


def learnt(**changes: Any) -> dict[str, Any]:
    """The results of a learning of which two lines are printed."""
    page = [place(100, "n_correct", "76"), place(100, "n_wrong", "24"), place(100, "accuracy", "0.76")]
    page += [place(200, "n_correct", "170"), place(200, "n_wrong", "30"), place(200, "accuracy", "0.85")]
    entry: dict[str, Any] = {"title": "a net", "set": "mnist", "page": {one["title"]: one for one in page}}
    entry["lines"] = {engine: {one["title"]: one["text"] for one in page} for engine in ("reference", "keras")}
    entry["placed"] = {"update 100, hits": PLACED | {"min": 70.0, "median": 75.0, "max": 80.0}}
    entry["courses"] = {"reference": COURSE, "keras": COURSE | {"path": "compiled", "apart": 5.2e-15}}
    return results(entry | {"pictured": pictured()} | changes)


def asked(**changes: Any) -> dict[str, Any]:
    """The results of a pretrained network that is asked under two conditions."""
    answer = {"images": 10_000, "n_correct": 9207, "gap": 1.2e-4, "seconds": 0.5}
    entry: dict[str, Any] = {"set": "mnist", "asked": {"raw": ["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"], "scaled": []}}
    entry["answers"] = {
        "reference": {"raw": answer, "scaled": answer | {"n_correct": 9352}},
        "keras": {"raw": answer | {"gap": 1e-5}},
    }
    return results(entry | changes)


def pictured() -> dict[str, Any]:
    """What pictures are made of: two images, the second mistaken, and two kernels."""
    pixels = b64encode(np.arange(2 * 784, dtype=np.uint8).tobytes()).decode()
    sample = {"image": [0, 1], "label": [7, 4], "answer": [7, 9], "pixels": pixels}
    confusion = np.diag(range(90, 100)).tolist()
    return {"divisor": "255", "updates": 200, "confusion": confusion, "sample": sample, "kernels": pixels, "units": 64}


def results(entry: dict[str, Any]) -> dict[str, Any]:
    """The results of a run of one example."""
    return {"engines": ["reference", "keras"], "examples": {NAME: entry}}


def write(found: dict[str, Any], folder: Path) -> dict[str, str]:
    """The texts of a report by file name."""
    return {file.name: file.read_text(encoding="utf-8") for file in report.write(found, {}, folder)}


def both(texts: dict[str, str], *cells: str) -> bool:
    """Whether a row stands in a table of the page and of the Markdown file."""
    first, *others = cells
    html = f'<tr><th scope="row">{first}</th>{"".join(f"""<td class="number">{cell}</td>""" for cell in others)}</tr>'
    return html in texts["index.html"] and f"| {' | '.join(cells)} |" in texts["report.md"]


def test_every_printed_line_stands_beside_the_engines_and_the_seeds(tmp_path: Path) -> None:
    """A row has the print, each engine's text and its place among the seeds; what is not placed or missing is a dash."""
    found = learnt()
    del found["examples"][NAME]["lines"]["keras"]["update 200, accuracy"]
    texts = write(found, tmp_path)
    assert both(texts, "update 100, hits", "76", "76", "76", "70", "75", "80", "78", "typical")
    assert both(texts, "update 200, accuracy", "0.85", "0.85", *"–" * 6)


def test_answers_stand_beside_what_the_page_prints(tmp_path: Path) -> None:
    """A row has what is printed under a condition, each engine's count with its share, and the smallest gap of all engines."""
    texts = write(asked(), tmp_path)
    counts = ("9,207 (0.92070)", "9,207 (0.92070)", "1.0e-05")
    assert both(texts, "raw", "Accuracy 0.9287 (erratum); Accuracy 0.9207", "10,000", *counts)
    assert both(texts, "scaled", "–", "10,000", "9,352 (0.93520)", "–", "1.2e-04")


def test_all_runs_stand_in_one_table(tmp_path: Path) -> None:
    """Courses have path, seconds and memory; a network that is only asked has the seconds of all conditions together."""
    course, question = (write(found, tmp_path) for found in (learnt(), asked()))
    assert both(course, NAME, "reference", "eager", "32.7", "2,597", "7.3e-08", "0")
    assert both(course, NAME, "keras", "compiled", "32.7", "2,597", "7.3e-08", "5.2e-15")
    assert both(question, NAME, "reference", "asked only", "1.0", "–", "1.2e-04", "–")


def test_pictures_stand_on_the_page_and_beside_it(tmp_path: Path) -> None:
    """Four pictures of a learning, each well-formed, described for who cannot see it, and the same in a second run."""
    first, second = write(learnt(), tmp_path), write(learnt(), tmp_path)
    assert first == second
    names = [f"ours-net-{kind}.svg" for kind in ("curves", "confusion", "sample", "kernels")]
    assert sorted(name for name in first if name.endswith(".svg")) == sorted(names)
    assert all(len(parseString(first[name]).getElementsByTagName("svg")) == 1 for name in names)  # noqa: S318 -- our own file
    assert all(f"]({name})" in first["report.md"] for name in names)
    assert "taken for 9" in first["ours-net-sample.svg"]
    assert 'aria-label="Confusion matrix: 945 of 945 test images are recognised after 200 updates"' in first["index.html"]
    assert 'aria-label="2 test images with their labels; framed: 4 taken for 9"' in first["index.html"]


def test_no_picture_is_made_of_what_was_not_recorded(tmp_path: Path) -> None:
    """Without lines there are no curves, and without a record of the network no other picture."""
    missing = {"because": HOSTILE, "claims": ["question lines"]}
    found = learnt(lines={}, courses={}, pictured={}, **{"not judged": missing})
    assert set(write(found, tmp_path)) == {"index.html", "report.md", "junit.xml"}


def test_what_was_not_judged_is_neither_confirmed_nor_passed(tmp_path: Path) -> None:
    """The verdict is "in part", both pages give the reason as text, and the CI job is told that the test was skipped."""
    counts = {"confirmed": 76, "total": 76}
    texts = write(learnt(printed=counts, **{"not judged": {"because": HOSTILE, "claims": ["question lines"]}}), tmp_path)
    assert '<td class="verdict in part">in part</td>' in texts["index.html"]
    assert "Not judged: question lines. Data not available: &lt;b&gt;nowhere&lt;/b&gt; | `x`" in texts["index.html"]
    assert r"Not judged: question lines. Data not available: &lt;b&gt;nowhere&lt;/b&gt; \| \`x\`" in texts["report.md"]
    assert '<skipped message="the page&#39;s images were not available' in texts["junit.xml"]
    assert 'failures="0" errors="0" skipped="1"' in texts["junit.xml"]
    assert "<skipped" not in write(learnt(printed=counts), tmp_path)["junit.xml"]


def test_an_accuracy_has_the_seeds_of_its_hits() -> None:
    """An accuracy that is not placed itself is placed by its line's hits, divided by hits and misses; without them it has none."""
    entry = learnt()["examples"][NAME]
    assert among(entry, entry["page"]["update 100, accuracy"]) == [0.70, 0.75, 0.80]
    assert np.isnan(among(entry, entry["page"]["update 200, accuracy"])).all()


def test_curves_leave_out_counts_and_break_where_lines_are_far_apart() -> None:
    """Hits and misses are not drawn beside their accuracy; a step of more than ten times the smallest begins a new part."""
    drawn = curves(learnt()["examples"][NAME], ["reference", "keras"])
    assert drawn is not None
    assert [axes.get_title() for axes in drawn[0].axes] == ["accuracy"]
    assert parts([1, 2, 3, 998, 999]) == [slice(0, 3), slice(3, 5)]
    assert parts([10_000, 20_000, 30_000]) == [slice(0, 3)]


@pytest.mark.parametrize("engines", [["reference", "keras"], ["keras"]])
def test_every_engine_has_its_curve(engines: list[str]) -> None:
    """The legend names the engines of the run, the seeds and the print, each once."""
    drawn = curves(learnt()["examples"][NAME], engines)
    assert drawn is not None
    assert [text.get_text() for text in drawn[0].legends[0].get_texts()] == ["all seeds", "their median", *engines, "printed"]
