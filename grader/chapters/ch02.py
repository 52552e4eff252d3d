"""Chapter 2: training and evaluation.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import torch

from grader.calibration.samples import draw_water, handed_over
from grader.exercise import exercise
from grader.expect import expect_metric, expect_model, fail, outputs_in_eval_mode
from grader.shapes import show_shape
from grader.touch import Subject, call

# -- 2.12: a classifier, measured ----------------------------------------------------------------------------------

TRAIN_ROWS, TEST_ROWS = 1600, 2000


def _why_low(logits: torch.Tensor, labels: torch.Tensor, accuracy: float) -> tuple[str, str]:
    """Cause and next step of a low accuracy."""
    share = labels.mean().item()
    if not torch.isfinite(logits).all():
        return (
            "the outputs hold NaN or infinity: the training has blown up",
            "print the loss of each epoch, and take a smaller learning rate",
        )
    if bool(((logits >= 0) & (logits <= 1)).all()):
        return (
            "every output lies between 0 and 1: these are probabilities, from a sigmoid or softmax in the model, and "
            "as logits they all mean label 1",
            "let the model end with a linear layer, and take the loss that is made for logits",
        )
    guesses = logits > 0
    if bool(guesses.all()) or not bool(guesses.any()):
        return (
            "the model gives the same label to every sample: it has learned which label is more frequent, or nothing",
            "does the loss fall? Look at the five steps of your loop, and at the number of epochs",
        )
    if accuracy <= max(share, 1 - share):
        return (
            "that is no better than always guessing the more frequent label: nothing was learned, or the labels do "
            "not belong to their features",
            "check that each batch of labels comes from the same rows as its features, and that all five steps of "
            "the loop are there",
        )
    return (
        "it has learned something, but too little: a model without a hidden layer, too few epochs or too small steps",
        "plot the training loss over the epochs: if it still falls at the end, train longer or with a larger step",
    )


@exercise(
    "2.12",
    title="Train a classifier that beats the baseline",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "The five steps, a loop over batches inside a loop over epochs: you have written the inner one already.",
        "A hidden layer of 16 and one of 8 are enough. The last layer has one output and no activation.",
        "Adam with a learning rate of 0.01, batches of 64 and 10 epochs reach the floor with room to spare.",
    ),
)
def train_classifier(train_classifier: Subject) -> None:
    data = draw_water(TRAIN_ROWS, TEST_ROWS)
    model = call(
        train_classifier,
        handed_over(data.train_features),
        handed_over(data.train_labels),
        keep=True,
        label="train_classifier(features, labels)",
    )
    expect_model(model, because="the grader runs it on samples that it has not seen")
    logits = outputs_in_eval_mode(model, data.test_features)
    if tuple(logits.shape) != (TEST_ROWS, 1):
        expect_logits(logits)
    guesses = (logits.squeeze(1) > 0).float()
    accuracy = (guesses == data.test_labels).float().mean().item()
    expect_metric(
        accuracy,
        "accuracy",
        because="the reference reaches it with every seed",
        diagnose=lambda value: _why_low(logits, data.test_labels, value),
    )


def expect_logits(logits: torch.Tensor) -> None:
    """Say what is wrong with the shape of the outputs."""
    columns = logits.shape[1] if logits.ndim == 2 else 0
    fail(
        "The model's outputs have the wrong shape.",
        expected=f"one logit per sample: shape ({TEST_ROWS}, 1) for {TEST_ROWS} samples",
        actual=f"shape {show_shape(logits.shape)}",
        cause="there is one output per label, where one logit says it all"
        if columns == 2
        else "the last axis was removed inside the model"
        if logits.ndim == 1
        else "the last layer has another number of outputs",
        next_step="let the last layer have one output, and return it as it is",
    )


EXERCISES = (train_classifier,)
