"""Whole processes: start-up, memory, the first prediction, the time to a trained network."""
import os
import re
import statistics

from . import programs, tables
from .programs import OURS, output_of, seconds_of, spread


def startup(options, folder, measure):
    """`nodeps --version` beside a C program that only prints."""
    hello = os.path.join(folder, "hello")
    kind = programs.compile_c("hello.c", hello, static=True)
    lines = output_of([measure, "time", str(options.starts), OURS, "--version", "--", hello]).splitlines()
    mine, theirs = ([int(number) / 1000 for number in line.split()] for line in lines)
    print(f"\nstart to exit: microseconds, median [least .. ninth decile] of {options.starts}")
    print(f"  nodeps --version      {mine[0]:7.1f} [{mine[1]:.1f} .. {mine[2]:.1f}]")
    print(f"  C that only prints    {theirs[0]:7.1f} [{theirs[1]:.1f} .. {theirs[2]:.1f}]  ({kind})")
    print(f"  ratio                 {mine[0] / theirs[0]:7.2f}")
    return {"ours_us": mine, "c_us": theirs, "c_is": kind, "ratio": mine[0] / theirs[0]}


def memory(data, folder, measure):
    """The most memory that a training run has resident."""
    model = os.path.join(folder, "model.safetensors")
    peak = int(output_of([measure, "memory", OURS, "train", "--epochs", "1", "--data", data, "--out", model]).splitlines()[-1])
    print(f"\npeak resident memory, one epoch of training: {peak / 1e6:.1f} MB")
    return {"peak_bytes": peak}


def first_prediction(options, data, folder, measure, peer):
    """From the start of a process to the class of one image of a gzipped file, by a saved network."""
    model = os.path.join(folder, "first.safetensors")
    output_of([OURS, "train", "--epochs", "1", "--data", data, "--out", model])
    images = next(name for name in sorted(os.listdir(data)) if name.startswith("t10k-images-idx3-ubyte"))
    runs = max(3, options.starts // 20)
    line = output_of([measure, "time", str(runs), OURS, "predict", "--model", model, os.path.join(data, images) + ":0"])
    median, least, decile = (int(number) / 1e6 for number in line.split())
    print(f"\nstart of the process to its first prediction, ms: median [least .. ninth decile] of {runs}; must 2, aim 1")
    print(f"  nodeps predict        {median:7.2f} [{least:.2f} .. {decile:.2f}]")
    figures = {"ours_ms": median}
    if peer.is_there and not options.quick:
        times = [1e3 * seconds_of(peer.command("first", data=data))[0] for _ in range(options.rounds)]
        figures["peer_ms"] = statistics.median(times)
        print(f"  PyTorch               {figures['peer_ms']:7.1f} [{min(times):.1f} .. {max(times):.1f}]")
    return figures


def time_to_accuracy(options, data, folder, peer):
    """
    From the start of the process, with everything it reads, to a trained pedestrian and its accuracy on the test set; the
    same recipe on both sides, another seed in each round.
    """
    epochs, batch, threads = (1 if options.quick else 2), 64, max(options.threads)
    ours, theirs = [], []
    for seed in range(1, options.rounds + 1):
        time, printed = seconds_of([OURS, "train", "--epochs", str(epochs), "--lr", "0.1", "--seed", str(seed), "--threads",
                                    str(threads), "--data", data, "--out", os.path.join(folder, "trained.safetensors")])
        ours.append((time, float(re.search(r"test accuracy ([\d.]+)%", printed)[1])))
        if peer.is_there and not options.quick:
            command = peer.command("to-accuracy", data=data, batch=batch, threads=threads, epochs=epochs, rate=0.1, seed=seed)
            time, printed = seconds_of(command)
            theirs.append((time, 100 * float(re.search(r'"accuracy": ([\d.]+)', printed)[1])))
    rows = [[name, *spread([time for time, _ in runs], 2), f"{statistics.mean(rate for _, rate in runs):.2f} %",
             f"{min(rate for _, rate in runs):.2f} %"] for name, runs in (("nodeps", ours), ("PyTorch", theirs)) if runs]
    tables.write(f"Trained from the gzipped files, {epochs} epochs on {threads} threads: seconds from the start of the process",
                 ["program", "seconds", "range", "mean test accuracy", "least"], rows, options.markdown)
    return {"ours": ours, "peer": theirs}
