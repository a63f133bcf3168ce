"""Products of two matrices: `nodeps bench matmul` beside the system's OpenBLAS, on one thread, taking turns.

Where there is no OpenBLAS (Debian: libopenblas0-openmp or libopenblas0-pthread), ours stands alone.
"""
import os
import statistics
import subprocess
import tempfile

from benchmarks import programs


def compile_peer(folder):
    """The peer and what it calls itself; None without a C compiler or OpenBLAS."""
    peer = os.path.join(folder, "peer_blas")
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True, "check": True}
    try:
        subprocess.run(["gcc", "-O2", "-o", peer, os.path.join(programs.TOOLS, "peer_blas.c"), "-ldl"], **quiet)
        return peer, subprocess.run([peer, "0"], **quiet).stdout.splitlines()[0].strip()
    except (OSError, subprocess.CalledProcessError):
        return None, None


def bench(rounds, seconds):
    """Prints a table; returns its rows."""
    mine, theirs, hashes = {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        peer, name = compile_peer(folder)
        for _ in range(rounds):
            for row in programs.ours_json("bench", "matmul", "--seconds", str(seconds)):
                key = (row["m"], row["n"], row["k"], row["right"].split()[-1])
                mine.setdefault(key, []).append(row["gflops"])
                hashes.setdefault(key, set()).add(row["hash"])
            for line in programs.output_of([peer, str(seconds)]).splitlines()[1:] if peer else []:
                *size, order, speed = line.split()
                theirs.setdefault((*map(int, size), order), []).append(float(speed))
    print(f"\nproducts of matrices, 1 thread: GFLOP/s, medians of {rounds} rounds; peer: {name or 'no OpenBLAS found'}")
    print(f"{'M':>8}{'N':>8}{'K':>8}  {'B lies by':<10}{'nodeps':>8}{'peer':>8}{'ratio':>7}")
    rows = []
    for key, speeds in mine.items():
        if len(hashes[key]) > 1:
            programs.stop(f"the result of {key} differs from round to round")
        row = {"m": key[0], "n": key[1], "k": key[2], "b": key[3], "ours": statistics.median(speeds)}
        text = f"{key[0]:>8}{key[1]:>8}{key[2]:>8}  {key[3]:<10}{row['ours']:>8.1f}"
        if key in theirs:
            row["peer"] = statistics.median(theirs[key])
            row["ratio"] = row["ours"] / row["peer"]
            text += f"{row['peer']:>8.1f}{row['ratio']:>7.2f}"
        print(text)
        rows.append(row)
    return rows
