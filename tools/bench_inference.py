"""The part of bench.py that measures classifying: many images at a time, and one by itself, beside PyTorch at its best."""
import json
import os
import statistics
import subprocess

TOOLS = os.path.dirname(os.path.abspath(__file__))
PEER = os.path.join(TOOLS, "peer_torch.py")
VARIANTS = {"classify": ("mkldnn", "optimized", "frozen"), "latency": ("frozen", "optimized", "eager")}
BATCH = 256
# Subject of `nodeps bench`, network, threads.
JOBS = (
    ("classify", "pedestrian", 1), ("classify", "pedestrian", 2), ("classify", "lochman", 1), ("classify", "lochman", 2),
    ("latency", "pedestrian", 1), ("latency", "lochman", 1), ("latency", "lochman", 2),
)
UNITS = {"classify": ("images_per_second", "images/s", 0), "latency": ("microseconds", "µs", 1)}


def json_of(command):
    """The one line of JSON that a command prints; None where it fails, as a variant may that PyTorch cannot run."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    return json.loads(result.stdout) if result.returncode == 0 else None


def ours(program, job, seconds):
    subject, net, threads = job
    return json_of([program, "bench", subject, "--net", net, "--threads", str(threads), "--batch", str(BATCH),
                    "--seconds", str(seconds), "--json"])


def theirs(python, job, data, seconds, variant):
    subject, net, threads = job
    return json_of([python, PEER, "infer" if subject == "classify" else subject, "--net", net, "--threads", str(threads),
                    "--batch", str(BATCH), "--data", data, "--seconds", str(seconds), "--variant", variant])


def best_variant(python, job, data, options):
    """The peer's fastest configuration for this job, found here and now."""
    variants = VARIANTS[job[0]]
    if options.quick:
        return variants[0]
    speeds = {}
    for variant in variants:
        found = theirs(python, job, data, options.seconds, variant)
        if found is not None:
            speeds[variant] = found["images_per_second"]
    return max(speeds, key=speeds.get) if speeds else None


def summary(figures, decimals):
    middle, least, most = (f"{figure:,.{decimals}f}" for figure in (statistics.median(figures), min(figures), max(figures)))
    return f"{middle:>9} [{least} .. {most}]"


def bench_inference(program, options, data, python):
    """One row for each job; the rounds take turns. Every round must come to the same result."""
    rows = []
    print(f"\nclassifying, batch {BATCH}, and one image by itself: median [range] of {options.rounds} rounds")
    for job in JOBS:
        subject, net, threads = job
        key, unit, decimals = UNITS[subject]
        variant = best_variant(python, job, data, options) if python else None
        mine, peer, hashes = [], [], set()
        for _ in range(options.rounds):
            found = ours(program, job, options.seconds)
            if found is None:
                raise SystemExit(f"bench: nodeps bench {subject} failed")
            mine.append(found[key])
            hashes.add(found["hash"])
            other = theirs(python, job, data, options.seconds, variant) if variant else None
            if other is not None:
                peer.append(other[key])
        if len(hashes) > 1:
            raise SystemExit(f"bench: {subject} {net}: the result differs from round to round: {sorted(hashes)}")
        row = {"subject": subject, "net": net, "threads": threads, "ours": mine, "peer": peer, "peer_is": variant,
               "hash": hashes.pop()}
        print(f"  {subject} {net}, {threads} thread{'s' if threads > 1 else ''}, {unit}, result {row['hash']}")
        print(f"    nodeps   {summary(mine, decimals)}")
        if peer:
            ratio = statistics.median(mine) / statistics.median(peer)
            row["ratio"] = ratio if subject == "classify" else 1 / ratio
            print(f"    PyTorch  {summary(peer, decimals)}  ({variant})")
            print(f"    ratio    {row['ratio']:>9.2f}")
        rows.append(row)
    return rows
