"""Records of networks on images come back as they were."""

from verification.records import ImageFindings, ImageResult, LoggedResult, LoggedValue, PredictionCount, PrintedAccuracies, RunTime


def test_findings_on_images_are_absent_by_default() -> None:
    """A check that is not about images says nothing about them."""
    assert ImageFindings().model_dump(exclude_none=True) == {}


def test_results_on_images_are_the_same_after_a_round_trip() -> None:
    """Log rows, run times and predictions by engine."""
    result = ImageResult(
        data_set="mnist",
        printed=[LoggedResult(title="epoch 1, hit", printed="7629", updates=10_000, quantity="n_correct", derived=False)],
        settings=[PrintedAccuracies(inference_setting="test, raw", printed=["Accuracy 0.92"])],
        log_rows={"keras": [LoggedValue(title="epoch 1, hit", value="7509")]},
        run_times={"keras": RunTime(path="eager", seconds=1.5, peak_memory=100, distance=0.0, min_margin=1e-7)},
        predictions={
            "keras": [PredictionCount(inference_setting="test, raw", n_images=10, n_correct=9, min_margin=0.1, seconds=0.5)]
        },
    )
    assert ImageResult.model_validate_json(result.model_dump_json(exclude_defaults=True)) == result
