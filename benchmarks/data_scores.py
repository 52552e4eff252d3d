"""Train each set's reference model on the stand-in and, where a local copy is given, on the real set.

    uv run --no-sync python benchmarks/data_scores.py water [--real ../shared/data/water_potability.csv] [--seeds 5]
    uv run --no-sync python benchmarks/data_scores.py clouds --bound

The scores are those in docs/data.md. Nothing here is timed for its own sake; two cores are enough. `--bound` measures
what a stand-in lets a model reach that knows more than a student's: with many more scenes of the generator (clouds),
or with the strokes of each character and the hand of each person (omniglot).
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


def _guesses(model, pictures):
    with torch.no_grad():
        return torch.cat([model(some).argmax(1) for some in pictures.split(64)])


def _accuracy(model, pictures, labels):
    return (_guesses(model, pictures) == labels).float().mean().item()


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
            model = picture_net(len(classes)).to(memory_format=torch.channels_last)  # a third faster, the same net
            fit(model, x, y, loss=loss, epochs=EPOCHS, batch=16, augment=augment)
            guess = _guesses(model, xt)
            found = torch.stack([(guess[yt == kind] == kind).float().mean() for kind in range(len(classes))])
            scores.setdefault(f"conv32-conv64-linear, {name}", []).append((guess == yt).float().mean().item())
            scores.setdefault(f"conv32-conv64-linear, {name}: macro recall", []).append(found.mean().item())
            print(seed, {key: round(value[-1], 3) for key, value in scores.items()}, flush=True)
    return scores


EPOCHS = 20  # for pictures: after 12, augmented training has not caught up in every seed


def clouds_bound(root, scenes=2100):
    """The same network, but with `scenes` different scenes to learn from, equally many of each kind."""
    from data_scripts import clouds as module

    x, y = [], []
    for number in range(0, scenes, 70):
        images, labels, _ = module.held_out(70, seed=f"bound {number}")
        x.append(nn.functional.avg_pool2d(torch.from_numpy(images).permute(0, 3, 1, 2) / 255, 4))
        y.append(torch.from_numpy(labels))
    x, y = torch.cat(x), torch.cat(y)
    xt, yt, classes = module.load(module.prepare(root=root).test, 64)
    torch.manual_seed(0)
    model = picture_net(len(classes)).to(memory_format=torch.channels_last)
    fit(model, x, y, loss=nn.CrossEntropyLoss(), epochs=10, batch=16, augment=turn_and_flip)
    return {f"conv32-conv64-linear, augmented, {scenes} scenes": [_accuracy(model, xt / 255, yt)]}


class TwoInputs(nn.Module):
    """A picture and (unless `blind`) the alphabet it is from; one score per character."""

    def __init__(self, alphabets, characters, blind):
        super().__init__()
        self.alphabets = alphabets
        self.blind = blind
        self.eye = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1),
            nn.MaxPool2d(2),
            nn.ELU(),
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


def omniglot_bound(root, drawers=range(16, 20)):
    """The nearest of all 964 characters as the generator would draw them in that person's hand without any slip."""
    from dataclasses import replace

    from data_scripts import omniglot as module
    from data_scripts._random import Stream
    from data_scripts._scripts import draw, new_hand

    drawn = module.load(module.prepare(root=root).images, module.PIXELS)

    def blurred(paper):
        """35 x 35 shares of ink, each drawing moved to the middle first."""
        moved = []
        for ink in ~paper:
            rows, columns = np.nonzero(ink)
            to_middle = (52 - (rows.min() + rows.max()) // 2, 52 - (columns.min() + columns.max()) // 2)
            moved.append(np.roll(ink, to_middle, axis=(0, 1)))
        ink = torch.from_numpy(np.stack(moved)).float()[:, None]
        for _ in range(2):
            ink = nn.functional.avg_pool2d(ink, 7, 1, 3)
        return ink[:, :, 1::3, 1::3].flatten(1)

    home = torch.tensor([number for number, count in enumerate(module.ALPHABETS.values()) for _ in range(count)])
    scores: dict[str, list[float]] = {}
    for drawer in drawers:
        hand = replace(
            new_hand(Stream("omniglot", "students", 0, "hand", drawer)), sloppy=0.0, wobble=0.0, overshoot=0.0
        )
        neat = [
            draw(strokes, [hand], [Stream("bound")])[0]
            for name in module.ALPHABETS
            for strokes in module._characters(name)
        ]
        own = drawn.drawers == drawer + 1
        distance = torch.cdist(blurred(drawn.images[own, 0].numpy() > 0), blurred(np.stack(neat)))
        truth = drawn.characters[own]
        for what, far in (("picture only", 0.0), ("picture and alphabet", 1e9)):
            guess = (distance + far * (home[truth][:, None] != home)).argmin(1)
            scores.setdefault(f"nearest neat drawing, {what}", []).append((guess == truth).float().mean().item())
    return scores


BOUNDS = {"clouds": clouds_bound, "omniglot": omniglot_bound}
TASKS = {"water": water, "electricity": electricity, "clouds": clouds, "omniglot": omniglot}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=TASKS)
    parser.add_argument("--real", type=Path, help="local copy of the real set; without it, the stand-in is scored")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--alphabets", type=int, default=30, help="omniglot: only the first ones")
    parser.add_argument("--epochs", type=int, default=4, help="omniglot: passes over the drawings")
    parser.add_argument("--bound", action="store_true", help="clouds, omniglot: what the stand-in lets a model reach")
    parser.add_argument("--root", type=Path, help="folder to prepare the sets in, and to leave them for the next run")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    np.random.seed(0)
    with tempfile.TemporaryDirectory() as temporary:
        root = arguments.root or temporary
        source = "real" if arguments.real else "synthetic"
        extra = {}
        if arguments.name == "omniglot":
            extra = {"alphabets": arguments.alphabets, "epochs": arguments.epochs}
        if arguments.bound:
            scores = BOUNDS[arguments.name](root)
        else:
            scores = TASKS[arguments.name](source, arguments.real, arguments.seeds, root, **extra)
        show(arguments.name, source, scores)


if __name__ == "__main__":
    main()
