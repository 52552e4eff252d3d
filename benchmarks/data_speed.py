"""How long the data take: preparing the stand-ins, cutting windows, loading pictures.

    uv run --no-sync python benchmarks/data_speed.py [prepare|windows|loading]

Times are wall-clock seconds, with the processor time of this process and its children beside them: on a busy machine
the second is the one to believe.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time

import numpy as np
import torch


def timed(work, repeat=1):
    """Best wall time and processor time of `repeat` runs, in seconds."""
    best = (float("inf"), float("inf"))
    for _ in range(repeat):
        wall, own, before = time.perf_counter(), time.process_time(), os.times()
        work()
        after = os.times()
        used = time.process_time() - own + sum(after[2:4]) - sum(before[2:4])
        best = min(best, (time.perf_counter() - wall, used))
    return best


def prepare():
    """The four stand-ins, from nothing."""
    from data_scripts import clouds, electricity, omniglot, water

    total = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as root:
        for module in (water, electricity, clouds, omniglot):
            first = timed(lambda module=module: module.prepare(root=root))
            again = timed(lambda module=module: module.prepare(root=root))
            total = [sum(pair) for pair in zip(total, first, strict=True)]
            print(
                f"{module.RECIPE.name:12} {first[0]:7.2f} s wall {first[1]:7.2f} s processor"
                f"   again {again[0] * 1000:7.1f} ms",
                flush=True,
            )
    print(f"{'all':12} {total[0]:7.2f} s wall {total[1]:7.2f} s processor")


def windows():
    """100,000 rows, windows of 96 steps: vectorized against the plain loop."""
    from data_scripts.electricity import windows as cut

    series = np.random.default_rng(0).normal(size=100_000).astype("float32")

    def loop():
        inputs, targets = [], []
        for start in range(len(series) - 96):
            inputs.append(series[start : start + 96])
            targets.append(series[start + 96])
        return np.array(inputs), np.array(targets)

    def vectorized():
        inputs, targets = cut(series, 96)
        return inputs.copy(), targets.copy()

    assert all((one == two).all() for one, two in zip(loop(), vectorized(), strict=True))
    slow, fast, view = (
        timed(loop, 3)[1],
        timed(vectorized, 3)[1],
        timed(lambda: [cut(series, 96) for _ in range(1000)], 3),
    )
    each = view[1] / 1000
    print(f"loop {slow * 1000:.1f} ms, vectorized with a copy {fast * 1000:.1f} ms (x {slow / max(fast, 1e-3):.0f}), ")
    print(f"as a view {each * 1e6:.1f} µs (x {slow / max(each, 1e-9):,.0f})")


def loading(root=None):
    """Pictures per second through a DataLoader, against a training step, and from a tensor in memory."""
    from PIL import Image
    from torch import nn
    from torch.utils.data import DataLoader, Dataset, TensorDataset

    from data_scripts import clouds, omniglot

    torch.set_num_threads(1)

    class Pictures(Dataset):
        def __init__(self, paths, mode):
            self.paths, self.mode = paths, mode

        def __len__(self):
            return len(self.paths)

        def __getitem__(self, index):
            with Image.open(self.paths[index]) as image:
                small = image.convert(self.mode).resize((64, 64), Image.Resampling.BILINEAR)
            pixels = np.asarray(small, dtype=np.float32) / 255
            return torch.from_numpy(pixels.reshape(64, 64, -1)).permute(2, 0, 1), 0

    with tempfile.TemporaryDirectory() as temporary:
        root = root or temporary
        skies, images = clouds.prepare(root=root).train, omniglot.prepare(root=root).images
        letters = [one.path for one in omniglot.drawings(images) if one.alphabet < 3]
        sets = {
            "clouds": (sorted(skies.rglob("*.jpg")), "RGB", lambda: clouds.load(skies), 3, 16, (32, 64)),
            "omniglot": (letters, "L", lambda: omniglot.load(images, alphabets=3), 1, 32, (16,)),
        }
        for name, (paths, mode, load, channels, batch, widths) in sets.items():
            data = Pictures(paths, mode)
            once = timed(load, 2)
            files = timed(lambda data=data, batch=batch: [None for _ in DataLoader(data, batch, shuffle=True)])[1]
            kept = TensorDataset(load().images, torch.zeros(len(data), dtype=torch.long))
            memory = timed(lambda kept=kept, batch=batch: [None for _ in DataLoader(kept, batch, shuffle=True)])[1]
            layers: list[nn.Module] = []
            for width in widths:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ELU(), nn.MaxPool2d(2)]
                channels = width
            side = 64 // 2 ** len(widths)
            model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels * side * side, 128))
            optimizer = torch.optim.Adam(model.parameters())

            def train(model=model, optimizer=optimizer, kept=kept, batch=batch):
                for x, y in DataLoader(kept, batch, shuffle=True):
                    optimizer.zero_grad()
                    nn.functional.cross_entropy(model(x / 255), y).backward()
                    optimizer.step()

            step = timed(train)[1] - memory
            rate = [len(paths) / max(one, 1e-9) for one in (files, memory, step)]
            print(
                f"{name:10} files {rate[0]:8,.0f} pictures/s, memory {rate[1]:8,.0f}/s, training {rate[2]:8,.0f}/s: "
                f"reading takes {files / (files + step):.0%} of an epoch, {memory / (memory + step):.0%} from memory "
                f"(load() once: {once[0]:.2f} s wall, {once[1]:.2f} s processor)",
                flush=True,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = {"prepare": prepare, "windows": windows, "loading": loading}
    parser.add_argument("tasks", nargs="*", choices=[*tasks, []], metavar="prepare|windows|loading")
    parser.add_argument("--root", help="loading: folder of the sets; by default they are prepared in a temporary one")
    arguments = parser.parse_args()
    for name in arguments.tasks or tasks:
        if name == "loading":
            loading(arguments.root)
        else:
            tasks[name]()


if __name__ == "__main__":
    main()
