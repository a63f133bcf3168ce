#!/usr/bin/env python3
"""Products of two matrices: `nodeps bench matmul` beside the system's OpenBLAS, on one thread, taking turns.

    tools/bench_products.py [--rounds N] [--seconds S] [--json FILE]

Medians over the rounds, in GFLOP/s. Where there is no OpenBLAS (Debian: libopenblas0-openmp or libopenblas0-pthread),
ours stands alone.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OURS = os.environ.get("NODEPS_BINARY", os.path.join(ROOT, "out", "nodeps"))


def output_of(command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    return result.stdout.splitlines() if result.returncode == 0 else None


def compile_peer(folder):
    """The peer and what it calls itself; None without a C compiler or OpenBLAS."""
    peer = os.path.join(folder, "peer_blas")
    try:
        if output_of(["gcc", "-O2", "-o", peer, os.path.join(ROOT, "tools", "peer_blas.c"), "-ldl"]) is None:
            return None, None
    except OSError:
        return None, None
    lines = output_of([peer, "0"])
    return (peer, lines[0].strip()) if lines else (None, None)


def bench(rounds, seconds):
    """Prints a table; returns its rows."""
    mine, theirs, hashes = {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        peer, name = compile_peer(folder)
        for _ in range(rounds):
            lines = output_of([OURS, "bench", "matmul", "--json", "--seconds", str(seconds)])
            if lines is None:
                sys.exit("bench_products: nodeps bench matmul failed")
            for row in map(json.loads, lines):
                key = (row["m"], row["n"], row["k"], row["right"].split()[-1])
                mine.setdefault(key, []).append(row["gflops"])
                hashes.setdefault(key, set()).add(row["hash"])
            for line in output_of([peer, str(seconds)])[1:] if peer else []:
                *size, order, speed = line.split()
                theirs.setdefault((*map(int, size), order), []).append(float(speed))
    print(f"\nproducts of matrices, 1 thread: GFLOP/s, medians of {rounds} rounds; peer: {name or 'no OpenBLAS found'}")
    print(f"{'M':>8}{'N':>8}{'K':>8}  {'B lies by':<10}{'nodeps':>8}{'peer':>8}{'ratio':>7}")
    rows = []
    for key, speeds in mine.items():
        if len(hashes[key]) > 1:
            sys.exit(f"bench_products: the result of {key} differs from round to round")
        row = {"m": key[0], "n": key[1], "k": key[2], "b": key[3], "ours": statistics.median(speeds)}
        text = f"{key[0]:>8}{key[1]:>8}{key[2]:>8}  {key[3]:<10}{row['ours']:>8.1f}"
        if key in theirs:
            row["peer"] = statistics.median(theirs[key])
            row["ratio"] = row["ours"] / row["peer"]
            text += f"{row['peer']:>8.1f}{row['ratio']:>7.2f}"
        print(text)
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.05, help="for each product in each round")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    rows = bench(options.rounds, options.seconds)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=2)


if __name__ == "__main__":
    main()
