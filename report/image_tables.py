"""Networks on images as tables: every printed result on every engine, predictions, and how long each run takes."""

from collections.abc import Iterator

from report.formatting import DASH, Grid, decimal, scientific, seed_value, whole
from verification.records import ExampleResult, ImageResult, PredictionCount, Results
from verification.seeds.records import SeedQuantity

SEED_COLUMNS = ("min", "median", "max", "percentile", "verdict")


def image_tables(example: ExampleResult, engines: list[str]) -> Iterator[Grid]:
    """The tables of an example; none where it is not about images."""
    if example.images and example.images.printed:
        yield printed_results(example.images, example.percentiles, engines)
    if example.images and example.images.settings:
        yield predictions(example.images, engines)


def printed_results(images: ImageResult, percentiles: list[SeedQuantity], engines: list[str]) -> Grid:
    """Every printed result of a training, on every engine and among the seeds."""
    quantities = {quantity.name: quantity for quantity in percentiles}
    computed = [images.logged(engine) for engine in engines]
    rows = [
        [
            result.title,
            result.printed,
            *(values.get(result.title, DASH) for values in computed),
            *among_seeds(quantities.get(result.title)),
        ]
        for result in images.printed
    ]
    n_seeds = max((quantity.n_seeds for quantity in percentiles), default=0)
    seeds = f"; seeds: the same result for {n_seeds} other weights and orders" if n_seeds else ""
    caption = f"What is printed, and what each engine gives with the fixture's own weights and order{seeds}"
    return Grid(caption, ["result", "printed", *engines, *(f"seeds: {name}" for name in SEED_COLUMNS)], rows)


def among_seeds(quantity: SeedQuantity | None) -> list[str]:
    """The percentile of a printed result; what follows from other numbers of its log row has none of its own."""
    if quantity is None:
        return [DASH] * len(SEED_COLUMNS)
    values = (quantity.min, quantity.median, quantity.max)
    return [*map(seed_value, values), decimal(quantity.percentile), quantity.verdict]


def predictions(images: ImageResult, engines: list[str]) -> Grid:
    """For each inference setting: what is printed, and how many images each engine classifies correctly."""
    caption = "Correctly classified images, and their fraction; the minimum margin is that between an image's two largest outputs"
    counted = [images.predicted(engine) for engine in engines]
    rows = [
        [name, "; ".join(texts) or DASH, *prediction_cells([counts.get(name) for counts in counted])]
        for name, texts in ((setting.inference_setting, setting.printed) for setting in images.settings)
    ]
    return Grid(caption, ["inference setting", "printed", "images", *engines, "minimum margin"], rows)


def prediction_cells(by_engine: list[PredictionCount | None]) -> list[str]:
    """The number of images, what each engine classifies correctly, and the minimum margin on any engine."""
    known = [count for count in by_engine if count]
    cells = [f"{count.n_correct:,} ({count.n_correct / count.n_images:.5f})" if count else DASH for count in by_engine]
    if not known:
        return [DASH, *cells, DASH]
    return [whole(max(count.n_images for count in known)), *cells, scientific(min(count.min_margin for count in known))]


def run_times(results: Results) -> Grid:
    """Every run on the page's images: path, seconds, and the memory that its process had needed by then."""
    head = ["example", "engine", "path", "seconds", "peak memory, MiB", "minimum margin", "distance from the reference's weights"]
    image_results = {name: example.images for name, example in results.examples.items() if example.images}
    rows = [row for name, images in image_results.items() for row in timed(name, images, results.engines)]
    return Grid(f"Runs on the page's images, in {results.dtype}", head, rows)


def timed(name: str, images: ImageResult, engines: list[str]) -> Iterator[list[str]]:
    """The rows of one example."""
    for engine in engines:
        if time := images.run_times.get(engine):
            numbers = [f"{time.seconds:,.1f}", whole(time.peak_memory), scientific(time.min_margin), scientific(time.distance)]
            yield [name, engine, time.path, *numbers]
        elif predicted := images.predictions.get(engine):
            seconds = sum(count.seconds for count in predicted)
            margin = min(count.min_margin for count in predicted)
            yield [name, engine, "inference only", f"{seconds:,.1f}", DASH, scientific(margin), DASH]
