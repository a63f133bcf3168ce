"""The jobs in which nodeps is compared with PyTorch, each with its marks."""
import statistics
from dataclasses import dataclass, field

from . import programs, tables
from .programs import spread, stop


@dataclass
class Job:
    """What both do: a kind, a network, a batch, threads; and how many times the peer's speed ours must and wants to reach."""
    kind: str
    net: str
    batch: int
    threads: int
    must: str
    aim: str
    ours: list = field(default_factory=list)
    theirs: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    hashes: set = field(default_factory=set)
    best: dict = field(default_factory=dict)

    @property
    def name(self):
        """As the table has it."""
        if self.kind == "latency":
            return f"one image, {self.net}, warm, us"
        verb = "train" if self.kind == "train" else "classify"
        return f"{verb} {self.net}, batch {self.batch}, {self.threads} thread{'s' if self.threads > 1 else ''}, images/s"

    @property
    def is_time(self):
        """Whether less is better."""
        return self.kind == "latency"

    @property
    def peer_job(self):
        """What tools/peer_torch.py calls it."""
        return {"train": "train", "classify": "infer", "latency": "latency"}[self.kind]

    @property
    def ratio(self):
        """How many times as fast as the peer; None where there is none."""
        if not self.theirs:
            return None
        ratio = statistics.median(self.ours) / statistics.median(self.theirs)
        return 1 / ratio if self.is_time else ratio


JOBS = (
    ("train", "pedestrian", 64, 1, "4 x", "6 x"),
    ("train", "pedestrian", 64, 2, "5 x", "8 x"),
    ("train", "pedestrian", 256, 2, "5 x", "8 x"),
    ("train", "lochman", 64, 1, "2 x", "3 x"),
    ("train", "lochman", 64, 2, "2 x", "3 x"),
    ("classify", "pedestrian", 256, 1, "2 x", "3.5 x"),
    ("classify", "pedestrian", 256, 2, "2 x", "3.5 x"),
    ("classify", "lochman", 256, 2, "1.4 x", "2 x"),
    ("latency", "pedestrian", 1, 1, "8 us", "4 us"),
    ("latency", "lochman", 1, 1, "200 us", "150 us"),
)


def measure_ours(job, options, data, epochs):
    """One round of ours."""
    if job.kind == "train":
        _, speed, digest = programs.ours_training(job.net, job.batch, job.threads, data, epochs)
        return speed, digest
    batch = () if job.kind == "latency" else ("--batch", str(job.batch))
    found, = programs.ours_json("bench", job.kind, "--net", job.net, *batch, "--threads", str(job.threads),
                                "--seconds", str(options.seconds / 2))
    return found["microseconds" if job.is_time else "images_per_second"], found["hash"]


def epochs_for(job, options, data, known):
    """How many epochs fill a round on one thread: as many on several threads, so that the models can be compared."""
    if job.kind != "train" or options.quick:
        return 1
    key = job.net, job.batch
    if key not in known:
        seconds, _, _ = programs.ours_training(job.net, job.batch, 1, data, 1)
        known[key] = max(1, round(options.seconds / max(seconds, 0.01)))
    return known[key]


def measure(job, options, data, peer, epochs):
    """All rounds of a job; the two take turns, so that a noisy neighbor troubles both alike."""
    settings = {"net": job.net, "batch": job.batch, "data": data}
    if peer.is_there:
        job.best = peer.fastest(job.peer_job, options.quick, job.threads, seconds=options.seconds / 2, **settings)
    for _ in range(options.rounds):
        job.peaks.append(programs.peak(options.seconds / 20))
        figure, digest = measure_ours(job, options, data, epochs)
        job.ours.append(figure)
        job.hashes.add(digest)
        if peer.is_there:
            found = peer.run(job.peer_job, seconds=options.seconds, **job.best, **settings)
            job.theirs.append(found["microseconds" if job.is_time else "images_per_second"])
    if len(job.hashes) > 1:
        stop(f"{job.name}: the result differs from round to round: {sorted(job.hashes)}")


def row_of(job):
    """The table's row."""
    decimals = 1 if job.is_time else 0
    images = 1e6 / statistics.median(job.ours) if job.is_time else statistics.median(job.ours)
    operations = 2 * programs.multiply_adds(job.net, job.kind == "train") * images
    share = operations / (statistics.median(job.peaks) * job.threads)
    theirs = (*spread(job.theirs, decimals), f"{job.ratio:.1f} x") if job.theirs else ("-", "-", "-")
    return [job.name, *spread(job.ours, decimals), *theirs, job.must, job.aim, f"{operations / 1e9:,.1f}", f"{100 * share:.0f} %",
            f"{job.best['variant']}, {job.best['threads']} thr." if job.best else "-"]


def bench(options, data, peer):
    """All jobs, or those whose names have the word asked for."""
    jobs = [job for job in (Job(*numbers) for numbers in JOBS) if options.only in job.name]
    known = {}
    for job in jobs:
        measure(job, options, data, peer, epochs_for(job, options, data, known))
        print(f"{job.name}: {spread(job.ours, 1)[0]}" + (f", {job.ratio:.2f} times PyTorch" if job.theirs else ""), flush=True)
    for other in jobs:
        for job in jobs:
            same = (job.kind, job.net, job.batch) == (other.kind, other.net, other.batch)
            if same and job.hashes != other.hashes:
                stop(f"{job.name}: the result is another than with {other.threads} threads: {job.hashes}, {other.hashes}")
    tables.write(f"Median and range of {options.rounds} rounds, ours and PyTorch in turns",
                 ["job", "nodeps", "range", "PyTorch", "range", "ratio", "must", "aim", "GFLOP/s", "of peak", "PyTorch's best"],
                 [row_of(job) for job in jobs], options.markdown)
    if jobs:
        digest = sorted(jobs[0].hashes)[0]
        print(f"\nhash of the result, the same in every round and on any number of threads: {digest} ({jobs[0].name})")
    return [{**vars(job), "hashes": sorted(job.hashes), "ratio": job.ratio} for job in jobs]
