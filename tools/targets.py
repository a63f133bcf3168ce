#!/usr/bin/env python3
"""Compares the three build targets: JIT, NativeAOT, bare. Prints the README's table.

    tools/targets.py [--runs N] [--data DIR]

Processes are timed by tools/measure.c, in turns; training speed is what `train` prints, the median of five rounds in turns.
"""
import argparse
import os
import re
import statistics
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGETS = {
    "JIT": ["dotnet", os.path.join(ROOT, "src/NoDeps.Cli/bin/Release/net10.0/nodeps.dll")],
    "NativeAOT": [os.path.join(ROOT, "out/aot/nodeps")],
    "bare": [os.path.join(ROOT, "out/nodeps")],
}
ROUNDS = 5


def which(program):
    return subprocess.run(["sh", "-c", f"command -v {program}"], capture_output=True, text=True, check=True).stdout.strip()


def medians(measure, runs, argument_lists):
    """Median time of a process in nanoseconds for each command, all in turns."""
    command = [measure, "time", str(runs)]
    for i, arguments in enumerate(argument_lists):
        command += (["--"] if i else []) + arguments
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in output.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--data", default=os.path.join(ROOT, "data/sample"))
    options = parser.parse_args()
    TARGETS["JIT"][0] = os.path.realpath(which("dotnet"))
    with tempfile.TemporaryDirectory() as folder:
        measure, model = os.path.join(folder, "measure"), os.path.join(folder, "model.safetensors")
        subprocess.run(["gcc", "-O2", "-o", measure, os.path.join(ROOT, "tools/measure.c")], check=True)
        train = ["train", "--data", options.data, "--epochs", "5", "--out", model]
        speeds = {name: [] for name in TARGETS}
        for _ in range(ROUNDS):
            for name, command in TARGETS.items():
                text = subprocess.run(command + train, capture_output=True, text=True, check=True).stdout
                speeds[name].append(int(re.search(r"training: ([\d,]+) images/s", text)[1].replace(",", "")))
        images = os.path.join(options.data, "t10k-images-idx3-ubyte.gz")
        starts = medians(measure, options.runs, [c + ["--version"] for c in TARGETS.values()])
        firsts = medians(measure, options.runs, [c + ["predict", "--model", model, f"{images}:0"] for c in TARGETS.values()])
    jit = os.path.dirname(TARGETS["JIT"][1])
    sizes = [sum(os.path.getsize(os.path.join(jit, f)) for f in os.listdir(jit) if f.endswith((".dll", ".json")))]
    sizes += [os.path.getsize(TARGETS[name][0]) for name in ("NativeAOT", "bare")]
    print("| | JIT | NativeAOT | bare |\n| --- | ---: | ---: | ---: |")
    print(f"| size, bytes | {sizes[0]:,} and .NET | {sizes[1]:,} | {sizes[2]:,} |")
    print("| start to exit of `--version` | " + " | ".join(f"{t / 1e6:.2f} ms" for t in starts) + " |")
    print("| start to first prediction | " + " | ".join(f"{t / 1e6:.2f} ms" for t in firsts) + " |")
    print("| training, images/s | " + " | ".join(f"{statistics.median(s):,.0f}" for s in speeds.values()) + " |")


if __name__ == "__main__":
    main()
