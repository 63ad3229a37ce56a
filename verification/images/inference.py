"""Predictions of a pretrained network: computed once in a session, under every inference setting of the page."""

import time

from adapters import Trainer
from adapters.batch_metrics import min_margin
from verification.case import Case
from verification.images.data import as_network, pretrained_parameters, scaled
from verification.records import PredictionCount
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.schema.kinds.images import InferenceSetting


def predictions(case: Case[ImageExample]) -> dict[str, PredictionCount]:
    """What the engine classifies correctly under every inference setting, by its name."""

    def compute() -> dict[str, PredictionCount]:
        parameters, settings = pretrained_parameters(case.session, case.example), case.example.inference_settings
        none = scaled(case.session, case.example.data.images, "test", settings[0].divisor).rows(slice(0))
        trainer = case.engine.trainer(as_network(case.example, parameters, none), "float64", compiled=True)
        return {setting.name: predicted(case.session, case.example, trainer, setting) for setting in settings}

    return case.session.once(("predictions", *case.key), compute)


def predicted(session: Session, example: ImageExample, trainer: Trainer, setting: InferenceSetting) -> PredictionCount:
    """What a network classifies correctly under one inference setting."""
    samples, started = scaled(session, example.data.images, setting.images, setting.divisor), time.perf_counter()
    outputs = trainer.outputs_for(samples.x, setting.batch_size)
    n_correct = int((outputs.argmax(axis=1) == samples.labels).sum())
    seconds = round(time.perf_counter() - started, 2)
    return PredictionCount(
        inference_setting=setting.name,
        n_images=len(outputs),
        n_correct=n_correct,
        min_margin=min_margin(outputs),
        seconds=seconds,
    )
