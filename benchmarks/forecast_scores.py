"""What an RNN, an LSTM and a GRU gain over the baselines on the electricity series, by source and horizon.

    uv run --no-sync python benchmarks/forecast_scores.py [--real ../shared/data/electricity_15min.csv.gz] [--seeds 3]

For each horizon one model per cell and seed: 96 steps in, one layer of 32 units, a linear layer on the last step;
8,000 training windows drawn from three years, 8 epochs of Adam at 0.003, batches of 64, gradients clipped at 1. Scored
on 8,000 windows drawn from the test year. The table is the one in docs/data.md; two cores and half an hour do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path

import pandas as pd
import torch
from torch import nn

HORIZONS = {"next step": 1, "six hours": 24, "one day": 96}
CELLS = ("RNN", "LSTM", "GRU")
LENGTH, ROWS, EPOCHS = 96, 8_000, 8


class Forecaster(nn.Module):
    """Windows (batch, length) to one forecast each (batch,)."""

    def __init__(self, cell):
        super().__init__()
        self.recurrent = getattr(nn, cell)(1, 32, batch_first=True)
        self.head = nn.Linear(32, 1)

    def forward(self, windows):
        return self.head(self.recurrent(windows.unsqueeze(-1))[0][:, -1]).squeeze(-1)


def fit(model, inputs, targets):
    optimizer = torch.optim.Adam(model.parameters(), 3e-3)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(targets)).split(64):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(inputs[rows]), targets[rows]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    return model.eval()


def errors(forecast, targets):
    """Mean absolute and mean squared error."""
    return (forecast - targets).abs().mean().item(), (forecast - targets).square().mean().item()


def score(source, original, seeds, root):
    from data_scripts import electricity

    files = electricity.prepare(source=source, from_path=original, root=root, say=lambda _: None)
    train, test = (pd.read_csv(path)[electricity.VALUE].to_numpy("float32") for path in (files.train, files.test))
    mean, deviation = train.mean(), train.std()
    train, test = torch.tensor((train - mean) / deviation), torch.tensor((test - mean) / deviation)
    results = []
    for name, horizon in HORIZONS.items():
        x, y = electricity.windows(train, LENGTH, horizon)
        xt, yt = electricity.windows(test, LENGTH, horizon)
        # drawn at random: a stride that divides the day would look at some times of it only
        generator = torch.Generator().manual_seed(0)
        scored = torch.randperm(len(yt), generator=generator)[:ROWS]
        xt, yt = xt[scored], yt[scored]
        now, yesterday = errors(xt[:, -1], yt), errors(xt[:, horizon - 1], yt)
        every = x[::5], y[::5, None]
        weights = torch.linalg.lstsq(torch.cat([every[0], torch.ones(len(every[0]), 1)], 1), every[1]).solution
        linear = errors((torch.cat([xt, torch.ones(len(xt), 1)], 1) @ weights)[:, 0], yt)
        rows = [("as yesterday", [yesterday]), ("linear model", [linear])]
        for cell in CELLS:
            found = []
            for seed in range(seeds):
                torch.manual_seed(seed)
                chosen = torch.randperm(len(y))[:ROWS]
                model = fit(Forecaster(cell), x[chosen], y[chosen])
                with torch.no_grad():
                    found.append(errors(torch.cat([model(part) for part in xt.split(2000)]), yt))
                print(
                    source, name, cell, seed, [round(a / b, 3) for a, b in zip(found[-1], now, strict=True)], flush=True
                )
            rows.append((cell, found))
        for what, found in rows:
            results.append(
                {
                    "source": source,
                    "horizon": name,
                    "model": what,
                    "MAE / as now": [round(mae / now[0], 4) for mae, _ in found],
                    "MAE / as yesterday": [round(mae / yesterday[0], 4) for mae, _ in found],
                    "MSE / as now": [round(mse / now[1], 4) for _, mse in found],
                }
            )
    return results


def show(results):
    def text(values):
        spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
        return f"{statistics.mean(values):.3f}{spread}"

    columns = ("MAE / as now", "MAE / as yesterday", "MSE / as now")
    print("| source | horizon | model | " + " | ".join(columns) + " |")
    print("|---" * (3 + len(columns)) + "|")
    for row in results:
        cells = [row["source"], row["horizon"], row["model"], *(text(row[column]) for column in columns)]
        print("| " + " | ".join(cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, help="local copy of the real set; without it, the stand-in is scored")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the scores of each seed here")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as root:
        results = score("real" if arguments.real else "synthetic", arguments.real, arguments.seeds, root)
    show(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
