from torchmetrics.aggregation import MeanMetric


def accuracy_per_head(model, loader):
    metrics = {name: MeanMetric() for name in ("both", "character", "alphabet")}
    before = model.training
    model.eval()
    with torch.inference_mode():
        for x, alphabets, characters in loader:
            first, second = (scores.softmax(1).argmax(-1) for scores in model(x))
            hits = {"alphabet": first == alphabets, "character": second == characters}
            hits["both"] = hits["alphabet"] * hits["character"]
            for name, hit in hits.items():
                metrics[name].update(hit.float())
    if before:
        model.train()
    return {name: metric.compute().item() for name, metric in metrics.items()}
