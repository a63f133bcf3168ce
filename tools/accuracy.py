#!/usr/bin/env python3
"""Trains every network with its own recipe on three seeds and prints the mean test accuracies: `make accuracy`.

    tools/accuracy.py [--mnist DIR] [--fashion DIR] [--seeds N] [--only NAME ...]

MNIST is data/mnist unless named otherwise (make data obtains it); a row whose data is not at hand says so.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OURS = os.environ.get("NODEPS_BINARY", os.path.join(ROOT, "out", "nodeps"))
FASHION = "/usr/share/datasets/fashion-mnist"

# network, data, epochs, further options of train, what it must reach at the least in percent
ROWS = [
    ("pedestrian", "mnist", 20, [], 99.35),
    ("pedestrian", "mnist", 20, ["--shift", "2", "--lr", "0.05"], 99.45),
    ("pedestrian", "mnist", 80, ["--recipe", "best"], 99.55),
    ("pedestrian", "fashion", 20, [], 91.3),
    ("pedestrian", "fashion", 80, ["--recipe", "fashion"], 92.3),
    ("pedestrian-shortcut", "mnist", 10, [], 99.2),
    ("lochman", "mnist", 5, [], 98.9),
    ("scratch", "mnist", 5, [], 98.7),
    ("vardhan", "mnist", 5, [], 97.5),
    ("richard", "mnist", 3, [], 97.5),
]


def accuracy(net, data, epochs, further, seed):
    """Test accuracy in percent after training."""
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run([OURS, "train", "--net", net, "--data", data, "--epochs", str(epochs), "--seed", str(seed), *further,
                                 "--out", os.path.join(folder, "model.safetensors")],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    match = re.search(r"^test accuracy .*\((\d+)/(\d+)\)$", result.stdout, re.MULTILINE)
    if result.returncode != 0 or match is None:
        sys.exit(f"accuracy: {net} failed ({result.returncode}):\n{result.stderr.strip()}")
    return 100 * int(match[1]) / int(match[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", default=os.path.join(ROOT, "data", "mnist"))
    parser.add_argument("--fashion", default=FASHION)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    options = parser.parse_args()
    folders = {"mnist": options.mnist, "fashion": options.fashion}
    below = 0
    print("| network | data | epochs | seeds | mean | asked |\n| --- | --- | --- | --- | --- | --- |")
    for net, data, epochs, further, least in ROWS:
        if options.only and net not in options.only:
            continue
        name = " ".join([net, *further])
        if not os.path.isdir(folders[data]):
            print(f"| {name} | {data} | {epochs} | | not at hand: {folders[data]} | {least} % |", flush=True)
            continue
        figures = [accuracy(net, folders[data], epochs, further, seed) for seed in range(1, options.seeds + 1)]
        mean = statistics.mean(figures)
        below += mean < least
        print(f"| {name} | {data} | {epochs} | {', '.join(f'{figure:.2f}' for figure in figures)} | {mean:.2f} % "
              f"| {least} %{'' if mean >= least else ' (below)'} |", flush=True)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
