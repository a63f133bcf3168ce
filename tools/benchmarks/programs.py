"""The programs that are measured: nodeps, its peer, and the helpers in C; and how a measurement is taken."""
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TOOLS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TOOLS)
OURS = os.environ.get("NODEPS_BINARY", os.path.join(ROOT, "out", "nodeps"))
PEER = os.path.join(TOOLS, "peer_torch.py")
NO_TORCH = """PyTorch is not installed, so ours stands alone. On Debian or Ubuntu:
    apt-get install python3-torch libopenblas0-openmp
or name a Python that has it: tools/bench.py --python /path/to/python3"""


def stop(reason):
    """The end, with exit status 1."""
    sys.exit(f"bench: {reason}")


def output_of(command):
    """What a command prints; the end of this program when it fails."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0:
        stop(f"{' '.join(command)} failed ({result.returncode}):\n{result.stderr.strip()}")
    return result.stdout


def seconds_of(command):
    """How long a whole process takes, and what it prints."""
    start = time.perf_counter()
    printed = output_of(command)
    return time.perf_counter() - start, printed


def ours_json(*words):
    """What nodeps prints with --json, an object a line."""
    return [json.loads(line) for line in output_of([OURS, *words, "--json"]).splitlines()]


def ours_training(net, batch, threads, data, epochs):
    """Trains for some epochs; the speed of the steps alone, as nodeps prints it, and the hash of the model."""
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model.safetensors")
        printed = output_of([OURS, "train", "--net", net, "--batch", str(batch), "--epochs", str(epochs), "--threads",
                             str(threads), "--data", data, "--out", model])
        found = re.search(r"total time [\d.]+ s, ([\d.]+) s of it training: ([\d,]+) images/s", printed)
        if found is None:
            stop(f"nodeps train printed no speed:\n{printed}")
        with open(model, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()[:16]
    return float(found[1]), float(found[2].replace(",", "")), digest


def multiply_adds(net, training):
    """Multiply-adds for one image by the layers' formulas; no gradient flows to the images."""
    layers = [layer["multiply_adds"] for layer in ours_json("describe", net)[0]["layers"]]
    first = next(count for count in layers if count > 0)
    return 3 * sum(layers) - first if training else sum(layers)


def peak(seconds):
    """Operations a second of one core in the best instruction set: measured anew in every round, as clocks change."""
    return max(row["gflops"] for row in ours_json("bench", "peak", "--seconds", str(seconds))) * 1e9


class Peer:
    """PyTorch behind a Python that can import it."""

    def __init__(self, asked):
        self.python = None
        for python in [asked] if asked else [sys.executable, "python3", "/usr/bin/python3"]:
            try:
                if subprocess.run([python, "-c", "import torch"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  check=False).returncode == 0:
                    self.python = python
                    break
            except OSError:
                continue

    @property
    def is_there(self):
        """Whether there is one."""
        return self.python is not None

    def command(self, job, **options):
        """The command that runs a job with options of tools/peer_torch.py."""
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        return [self.python, PEER, job, *words]

    def run(self, job, **options):
        """What it finds."""
        return json.loads(output_of(self.command(job, **options)).splitlines()[-1])

    def speed(self, job, **options):
        """Images a second; 0 where it fails, as a variant may that PyTorch cannot run."""
        result = subprocess.run(self.command(job, **options), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                check=False)
        return json.loads(result.stdout.splitlines()[-1])["images_per_second"] if result.returncode == 0 else 0

    def fastest(self, job, quick, threads, **options):
        """
        Its fastest variant for this job, and with how many threads of those it may have, found here and now: the peer is to be
        seen at its best.
        """
        variants = json.loads(output_of([self.python, PEER, job, "--list"]))
        if quick:
            return {"variant": variants[0], "threads": threads}
        speeds = {variant: self.speed(job, variant=variant, threads=threads, **options) for variant in variants}
        variant = max(speeds, key=speeds.get)
        alone = self.speed(job, variant=variant, threads=1, **options) if threads > 1 else 0
        return {"variant": variant, "threads": 1 if alone > speeds[variant] else threads}


def compile_c(source, program, static):
    """Compiles a helper; a static one with musl where that is installed. Says which library it stands on."""
    compiler = "musl-gcc" if static and shutil.which("musl-gcc") else os.environ.get("CC", "gcc")
    output_of([compiler, "-O2", *(["-static"] if static else []), "-o", program, os.path.join(TOOLS, source)])
    return "static, " + ("musl" if compiler == "musl-gcc" else "the system's libc")


def spread(figures, decimals=0):
    """Median, and in brackets the range."""
    return (f"{statistics.median(figures):,.{decimals}f}", f"{min(figures):,.{decimals}f} to {max(figures):,.{decimals}f}")
