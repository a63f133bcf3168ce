#!/usr/bin/env python3
"""Measures out/nodeps beside its peers, all in one run: `make bench`.

- training speed: `nodeps train` and PyTorch, taking turns for several rounds; median, range, ratio;
- classifying many images at a time, and one by itself: `nodeps bench classify` and `latency`, and PyTorch, likewise;
- start-up: `nodeps --version` and a static C program that only prints, taking turns some thousand times;
- memory: the peak of resident memory while training one epoch.

    tools/bench.py [--quick] [--data DIR] [--rounds N] [--seconds S] [--python PROGRAM] [--json FILE]

--quick runs everything once and small, to show that it works; its figures mean little. Where PyTorch is missing, ours
stands alone and the program says how to get it. Exit status 1 when ours itself cannot be measured.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from bench_inference import bench_inference

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOOLS = os.path.join(ROOT, "tools")
OURS = os.environ.get("NODEPS_BINARY", os.path.join(ROOT, "out", "nodeps"))
PEER = os.path.join(TOOLS, "peer_torch.py")
VARIANTS = ("nchw", "blas1", "channels_last")
NO_TORCH = """PyTorch is not installed, so ours stands alone. On Debian or Ubuntu:
    apt-get install python3-torch libopenblas0-openmp
or name a Python that has it: tools/bench.py --python /path/to/python3"""


def stop(reason):
    sys.exit(f"bench: {reason}")


def output_of(command):
    """What a command prints; the end of this program when it fails."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0:
        stop(f"{' '.join(command)} failed ({result.returncode}):\n{result.stderr.strip()}")
    return result.stdout


def find_peer(asked):
    """A Python that can import torch, or None."""
    for python in [asked] if asked else [sys.executable, "python3", "/usr/bin/python3"]:
        try:
            if subprocess.run([python, "-c", "import torch"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


def ours_training(options, data, threads, epochs):
    """Trains for some epochs; the speed of the steps alone, as it prints it, and the hash of the model."""
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.safetensors")
        printed = output_of([OURS, "train", "--net", options.net, "--batch", str(options.batch), "--epochs", str(epochs),
                             "--threads", str(threads), "--data", data, "--out", model])
        time = re.search(r"total time [\d.]+ s, ([\d.]+) s of it training: ([\d,]+) images/s", printed)
        if time is None:
            stop(f"nodeps train printed no speed:\n{printed}")
        with open(model, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()[:16]
    return {"seconds": float(time[1]), "images_per_second": float(time[2].replace(",", "")), "hash": digest}


def epochs_for(options, data):
    """How many epochs a measurement takes: the same in every round, so that the models can be compared."""
    if options.quick:
        return 1
    seconds = ours_training(options, data, max(options.threads), 1)["seconds"]
    return max(1, round(options.seconds / max(seconds, 0.01)))


def peer_training(python, options, data, threads, seconds, variant):
    return json.loads(output_of([python, PEER, "train", "--net", options.net, "--batch", str(options.batch),
                                 "--threads", str(threads), "--data", data, "--seconds", str(seconds),
                                 "--variant", variant]))


def best_variant(python, options, data, threads):
    """The peer's fastest configuration for this job, found here and now: the peer is to be seen at its best."""
    if options.quick:
        return VARIANTS[0]
    return max(VARIANTS, key=lambda variant: peer_training(
        python, options, data, threads, options.seconds, variant)["images_per_second"])


def summary(figures):
    return f"{statistics.median(figures):>9,.0f} [{min(figures):,.0f} .. {max(figures):,.0f}]"


def bench_training(options, data, python):
    """One row for each number of threads; the rounds take turns, so that a noisy neighbour troubles both alike."""
    rows = []
    epochs = epochs_for(options, data)
    print(f"\ntraining {options.net}, batch {options.batch}: images/s, median [range] of {options.rounds} rounds")
    for threads in options.threads:
        variant = best_variant(python, options, data, threads) if python else None
        mine, theirs, hashes, peer = [], [], set(), None
        for _ in range(options.rounds):
            result = ours_training(options, data, threads, epochs)
            mine.append(result["images_per_second"])
            hashes.add(result["hash"])
            if python:
                peer = peer_training(python, options, data, threads, options.seconds, variant)
                theirs.append(peer["images_per_second"])
        row = {"threads": threads, "ours": mine, "peer": theirs, "hashes": sorted(hashes, key=str)}
        print(f"  {threads} thread{'s' if threads > 1 else ' '}  nodeps   {summary(mine)}")
        if python:
            row["ratio"] = statistics.median(mine) / statistics.median(theirs)
            row["peer_is"] = f"PyTorch {peer['torch']}, {peer['blas']}, {peer['variant']}"
            print(f"             PyTorch  {summary(theirs)}  ({row['peer_is']})")
            print(f"             ratio    {row['ratio']:>9.2f}")
        if len(hashes) > 1:
            stop(f"{threads} threads: the result differs from round to round: {sorted(hashes, key=str)}")
        rows.append(row)
    if not python:
        print(NO_TORCH)
    if len({tuple(row["hashes"]) for row in rows}) > 1:
        stop("the result differs with the number of threads: " + str([row["hashes"] for row in rows]))
    print(f"  hash of the result, the same in every round and on any number of threads: {rows[0]['hashes'][0]}")
    return rows


def compile_c(source, program, static):
    """Compiles one of the helpers beside this script; a static one with musl where that is installed."""
    compiler = "musl-gcc" if static and shutil.which("musl-gcc") else os.environ.get("CC", "gcc")
    output_of([compiler, "-O2", *(["-static"] if static else []), "-o", program, os.path.join(TOOLS, source)])
    return "static, " + ("musl" if compiler == "musl-gcc" else "the system's libc")


def bench_startup(options, folder, measure):
    hello = os.path.join(folder, "hello")
    kind = compile_c("hello.c", hello, static=True)
    lines = output_of([measure, "time", str(options.starts), OURS, "--version", "--", hello]).splitlines()
    mine, theirs = ([int(number) / 1000 for number in line.split()] for line in lines)
    print(f"\nstart to exit: microseconds, median [least .. ninth decile] of {options.starts}")
    print(f"  nodeps --version      {mine[0]:7.1f} [{mine[1]:.1f} .. {mine[2]:.1f}]")
    print(f"  C that only prints    {theirs[0]:7.1f} [{theirs[1]:.1f} .. {theirs[2]:.1f}]  ({kind})")
    print(f"  ratio                 {mine[0] / theirs[0]:7.2f}")
    return {"ours_us": mine, "c_us": theirs, "c_is": kind, "ratio": mine[0] / theirs[0]}


def bench_memory(data, folder, measure):
    model = os.path.join(folder, "model.safetensors")
    peak = int(output_of([measure, "memory", OURS, "train", "--epochs", "1", "--data", data,
                          "--out", model]).splitlines()[-1])
    print(f"\npeak resident memory, one epoch of training: {peak / 1e6:.1f} MB")
    return {"peak_bytes": peak}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="everything once, small")
    parser.add_argument("--data", metavar="DIR", help="default: the best data set found")
    parser.add_argument("--net", default="pedestrian")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of measuring in each round")
    parser.add_argument("--starts", type=int, default=2000)
    parser.add_argument("--python", help="the Python that has PyTorch")
    parser.add_argument("--json", metavar="FILE", help="write every figure here too")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.starts = 1, 0.2, 20
    if not os.access(OURS, os.X_OK):
        stop(f"{OURS} is not there; make build makes it")
    if options.data:
        data = options.data
    elif options.quick:
        data = os.path.join(ROOT, "data", "sample")
    else:
        data = output_of([os.path.join(TOOLS, "find-data.sh")]).strip()
    print(f"data: {data}\nload: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors")
    peer = find_peer(options.python)
    figures = {"data": data, "training": bench_training(options, data, peer)}
    figures["inference"] = bench_inference(OURS, options, data, peer)
    with tempfile.TemporaryDirectory() as folder:
        measure = os.path.join(folder, "measure")
        compile_c("measure.c", measure, static=False)
        figures["startup"] = bench_startup(options, folder, measure)
        figures["memory"] = bench_memory(data, folder, measure)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


if __name__ == "__main__":
    main()
