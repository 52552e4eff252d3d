"""Train each set's reference model on the stand-in and, where a local copy is given, on the real set.

    uv run --no-sync python benchmarks/data_scores.py water [--real ../shared/data/water_potability.csv] [--seeds 5]

The scores are those in docs/data.md. Nothing here is timed for its own sake; two cores are enough.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from torch import nn


def fit(model, inputs, targets, *, loss, epochs, batch, rate=1e-3, augment=None):
    """Plain training loop with Adam; `augment` is applied to each batch of inputs."""
    optimizer = torch.optim.Adam(model.parameters(), rate)
    for _ in range(epochs):
        model.train()
        for rows in torch.randperm(len(targets)).split(batch):
            chosen = inputs[rows]
            optimizer.zero_grad()
            loss(model(augment(chosen) if augment else chosen), targets[rows]).backward()
            optimizer.step()
    return model.eval()


def show(name, source, scores):
    for what, values in scores.items():
        spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
        print(f"{name:12} {source:10} {what:44} {statistics.mean(values):.3f}{spread}   (n={len(values)})", flush=True)


def water(source, original, seeds, root):
    from data_scripts import water as module

    files = module.prepare(source=source, from_path=original, root=root, say=lambda _: None)
    train, test = pd.read_csv(files.train), pd.read_csv(files.test)
    features = list(module.FEATURES)
    scores: dict[str, list[float]] = {}
    for rows in ("all rows", "complete rows"):
        if rows == "complete rows":
            train, test = train.dropna(), test.dropna()
        median = train[features].median()
        mean, deviation = train[features].mean(), train[features].std()

        def ready(table, median=median, mean=mean, deviation=deviation):
            values = (table[features].fillna(median) - mean) / deviation
            return (
                torch.tensor(values.to_numpy(), dtype=torch.float32),
                torch.tensor(table[module.LABEL].to_numpy(), dtype=torch.float32)[:, None],
            )

        (x, y), (xt, yt) = ready(train), ready(test)
        scores[f"{rows}: majority class"] = [max(yt.mean().item(), 1 - yt.mean().item())]
        for seed in range(seeds):
            torch.manual_seed(seed)
            for name, model, epochs in (("logistic regression", nn.Linear(9, 1), 60), ("9-16-8-1", _small_net(), 60)):
                fit(model, x, y, loss=nn.BCEWithLogitsLoss(), epochs=epochs, batch=32)
                hits = ((model(xt) > 0) == yt.bool()).float().mean().item()
                scores.setdefault(f"{rows}: {name}, {epochs} epochs", []).append(hits)
    return scores


def _small_net():
    return nn.Sequential(nn.Linear(9, 16), nn.ELU(), nn.Linear(16, 8), nn.ELU(), nn.Linear(8, 1))


class Recurrent(nn.Module):
    """Two LSTM layers of 32 units, and a linear layer on the last step."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(1, 32, num_layers=2, batch_first=True)
        self.head = nn.Linear(32, 1)

    def forward(self, windows):
        states, _ = self.lstm(windows[..., None])
        return self.head(states[:, -1])


def electricity(source, original, seeds, root):
    from data_scripts import electricity as module

    files = module.prepare(source=source, from_path=original, root=root, say=lambda _: None)
    train, test = (pd.read_csv(path)[module.VALUE].to_numpy("float32") for path in (files.train, files.test))
    mean, deviation = train.mean(), train.std()
    train, test = torch.tensor((train - mean) / deviation), torch.tensor((test - mean) / deviation)
    scores: dict[str, list[float]] = {}
    for steps, horizon in (("next step", 1), ("6 hours", 24), ("1 day", 96)):
        x, y = module.windows(train, 96, horizon)
        x, y = x[::5], y[::5, None]
        xt, yt = module.windows(test, 96, horizon)
        persistence = (xt[:, -1] - yt).square().mean().item()
        scores[f"{steps}: persistence, MSE"] = [persistence]
        weights = torch.linalg.lstsq(torch.cat([x, torch.ones(len(x), 1)], 1), y).solution
        linear = (torch.cat([xt, torch.ones(len(xt), 1)], 1) @ weights)[:, 0]
        scores[f"{steps}: linear AR(96) / persistence"] = [(linear - yt).square().mean().item() / persistence]
        for seed in range(seeds):
            torch.manual_seed(seed)
            model = fit(Recurrent(), x, y, loss=nn.MSELoss(), epochs=5, batch=64, rate=2e-3)
            with torch.no_grad():
                guess = torch.cat([model(rows) for rows in xt.split(2048)])[:, 0]
            ratio = (guess - yt).square().mean().item() / persistence
            scores.setdefault(f"{steps}: LSTM, 5 epochs / persistence", []).append(ratio)
            print(steps, seed, round(ratio, 3), flush=True)
    return scores


def picture_net(classes, side=64):
    """Two convolutions and a linear layer, as in the chapter on image classifiers."""
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1),
        nn.ELU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ELU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64 * (side // 4) ** 2, classes),
    )


def turn_and_flip(pictures):
    """Each picture flipped with probability 1/2 and turned by up to 45 degrees."""
    count = len(pictures)
    angle = (torch.rand(count) * 2 - 1) * torch.pi / 4
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    zero = torch.zeros(count)
    first = torch.stack([flip * angle.cos(), -angle.sin(), zero], 1)
    second = torch.stack([flip * angle.sin(), angle.cos(), zero], 1)
    grid = nn.functional.affine_grid(torch.stack([first, second], 1), list(pictures.shape), align_corners=False)
    return nn.functional.grid_sample(pictures, grid, align_corners=False)


def _histogram(pictures):
    """Shares of 8 x 8 x 8 colors, square root."""
    levels = (pictures * 7.999).long()
    bins = levels[:, 0] * 64 + levels[:, 1] * 8 + levels[:, 2]
    counts = torch.stack([torch.bincount(picture.flatten(), minlength=512) for picture in bins]).float()
    return (counts / counts.sum(1, keepdim=True)).sqrt()


def _accuracy(model, pictures, labels):
    with torch.no_grad():
        hits = [(model(x).argmax(1) == y).float() for x, y in zip(pictures.split(64), labels.split(64), strict=True)]
    return torch.cat(hits).mean().item()


def clouds(source, original, seeds, root):
    from data_scripts import clouds as module

    files = module.prepare(source=source, from_path=original, root=root, say=lambda _: None)
    (x, y, classes), (xt, yt, _) = (module.load(folder, 64) for folder in (files.train, files.test))
    x, xt = x / 255, xt / 255
    common = y.bincount().argmax()
    scores = {"majority class": [(yt == common).float().mean().item()]}
    loss = nn.CrossEntropyLoss()
    for seed in range(seeds):
        torch.manual_seed(seed)
        colors = nn.Sequential(nn.Linear(512, 64), nn.ELU(), nn.Linear(64, len(classes)))
        fit(colors, _histogram(x), y, loss=loss, epochs=60, batch=16)
        scores.setdefault("color histogram only (512-64-7)", []).append(_accuracy(colors, _histogram(xt), yt))
        for name, augment in (("not augmented", None), ("augmented (flip, 45 degrees)", turn_and_flip)):
            torch.manual_seed(seed)
            model = fit(picture_net(len(classes)), x, y, loss=loss, epochs=EPOCHS, batch=16, augment=augment)
            scores.setdefault(f"conv32-conv64-linear, {name}", []).append(_accuracy(model, xt, yt))
            print(name, seed, _accuracy(model, x, y), {key: value[-1] for key, value in scores.items()}, flush=True)
    return scores


EPOCHS = 12  # for pictures


class TwoInputs(nn.Module):
    """A picture and (unless `blind`) the alphabet it is from; one score per character."""

    def __init__(self, alphabets, characters, blind):
        super().__init__()
        self.alphabets = alphabets
        self.blind = blind
        self.eye = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1),
            nn.ELU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(16 * 32 * 32, 128),
            nn.ELU(),
        )
        self.alphabet = nn.Sequential(nn.Linear(alphabets, 8), nn.ELU())
        self.head = nn.Linear(136, characters)

    def forward(self, batch):
        known = nn.functional.one_hot(batch[:, -1].long(), self.alphabets).float()
        picture = batch[:, :-1].reshape(-1, 1, 64, 64)
        return self.head(torch.cat([self.eye(picture), self.alphabet(known * (not self.blind))], 1))


def omniglot(source, original, seeds, root, alphabets=30, epochs=4):
    """Drawers 1 to 16 to learn from, 17 to 20 to test; ink is 1."""
    from data_scripts import omniglot as module

    files = module.prepare(source=source, from_path=original, root=root, say=lambda _: None)
    drawn = module.load(files.images, 64, alphabets=alphabets)
    x = torch.cat([1 - drawn.images.flatten(1) / 255, drawn.alphabets[:, None]], 1)
    y, learn = drawn.characters, drawn.drawers <= 16
    characters = int(y.max()) + 1
    scores = {f"{alphabets} alphabets, alphabet known, character guessed": [alphabets / characters]}
    for seed in range(seeds):
        for blind in (False, True):
            torch.manual_seed(seed)
            model = TwoInputs(alphabets, characters, blind)
            fit(model, x[learn], y[learn], loss=nn.CrossEntropyLoss(), epochs=epochs, batch=32)
            what = "picture only" if blind else "picture and alphabet"
            key = f"{alphabets} alphabets, {what}, {epochs} epochs"
            scores.setdefault(key, []).append(_accuracy(model, x[~learn], y[~learn]))
            print(key, scores[key], flush=True)
    return scores


TASKS = {"water": water, "electricity": electricity, "clouds": clouds, "omniglot": omniglot}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=TASKS)
    parser.add_argument("--real", type=Path, help="local copy of the real set; without it, the stand-in is scored")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--alphabets", type=int, default=30, help="omniglot: only the first ones")
    parser.add_argument("--root", type=Path, help="folder to prepare the sets in, and to leave them for the next run")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    np.random.seed(0)
    with tempfile.TemporaryDirectory() as temporary:
        root = arguments.root or temporary
        source = "real" if arguments.real else "synthetic"
        extra = {"alphabets": arguments.alphabets} if arguments.name == "omniglot" else {}
        scores = TASKS[arguments.name](source, arguments.real, arguments.seeds, root, **extra)
        show(arguments.name, source, scores)


if __name__ == "__main__":
    main()
