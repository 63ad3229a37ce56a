"""Tables of networks on images have what the results have."""

from collections.abc import Callable

from report.image_tables import prediction_cells
from verification.records import ExampleResult

MakeExample = Callable[..., ExampleResult]
WriteReport = Callable[..., dict[str, str]]


def is_in_both(texts: dict[str, str], *cells: str) -> bool:
    """Whether a row is in a table of the page and of the Markdown file."""
    first, *others = cells
    html = f'<tr><th scope="row">{first}</th>{"".join(f"""<td class="number">{cell}</td>""" for cell in others)}</tr>'
    markdown = f"| {' | '.join(cells)} |".replace("_", r"\_")
    return html in texts["index.html"] and markdown in texts["report.md"]


def test_every_printed_result_is_beside_the_engines_and_the_seeds(
    trained_on_images: MakeExample, write_report: WriteReport
) -> None:
    """A row has the print, each engine's text and its percentile among the seeds; what has none, or is missing, is a dash."""
    example = trained_on_images()
    assert example.images
    del example.images.log_rows["keras"][-1]
    texts = write_report(example)
    assert is_in_both(texts, "update 100, n_correct", "76", "76", "76", "70", "75", "80", "78", "typical")
    assert is_in_both(texts, "update 200, accuracy", "0.85", "0.85", *"–" * 6)
    assert "the same result for 50 other weights and orders" in texts["index.html"]


def test_predictions_are_beside_what_is_printed(pretrained: ExampleResult, write_report: WriteReport) -> None:
    """A row has what is printed in an inference setting, each engine's count with its fraction, and the minimum margin of all."""
    texts = write_report(pretrained)
    predictions = ("9,207 (0.92070)", "9,207 (0.92070)", "1.0e-05")
    assert is_in_both(texts, "raw", "Accuracy 0.9287 (erratum); Accuracy 0.9207", "10,000", *predictions)
    assert is_in_both(texts, "scaled", "–", "10,000", "9,352 (0.93520)", "–", "1.2e-04")
    assert prediction_cells([None, None]) == ["–"] * 4


def test_all_runs_are_in_one_table(trained_on_images: MakeExample, pretrained: ExampleResult, write_report: WriteReport) -> None:
    """Trainings have path, seconds and memory; a pretrained network has the seconds of all inference settings together."""
    texts = write_report(trained_on_images(), pretrained)
    assert is_in_both(texts, "numpy-dnn/0", "reference", "eager", "32.7", "2,597", "7.3e-08", "0")
    assert is_in_both(texts, "numpy-dnn/0", "keras", "compiled", "32.7", "2,597", "7.3e-08", "5.2e-15")
    assert is_in_both(texts, "numpy-dnn/1", "reference", "inference only", "1.0", "–", "1.2e-04", "–")
    assert "Runs on the page&#39;s images, in float64" in texts["index.html"]


def test_examples_without_images_have_no_table_of_runs(
    make_example: Callable[..., ExampleResult], write_report: WriteReport
) -> None:
    """The heading is there only where there is a run."""
    texts = write_report(make_example())
    assert "Networks on images" not in texts["index.html"] + texts["report.md"]
