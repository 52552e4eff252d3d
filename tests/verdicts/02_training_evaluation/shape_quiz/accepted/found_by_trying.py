import warnings


def shape_quiz():
    outputs, labels = torch.rand(8, 1), torch.ones(8)
    lines = [
        "nn.BCELoss()(outputs, labels)",
        "nn.BCEWithLogitsLoss()(outputs, labels)",
        "nn.MSELoss()(outputs, labels)",
        "nn.L1Loss()(outputs, labels)",
        "BinaryAccuracy()(outputs, labels)",
        "(outputs > 0.5) == labels",
    ]
    found = {}
    for line in lines:
        try:
            eval(line, globals(), {"outputs": outputs, "labels": labels})
            found[line] = "runs"
        except Exception:
            found[line] = "stops"
    return found
