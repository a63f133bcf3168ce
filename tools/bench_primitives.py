#!/usr/bin/env python3
"""Primitives of out/nodeps beside .NET's and the best C or C++ ones: the same data, one interleaved run.

Each round asks every side for every row in turn: the bare binary (nodeps bench primitives), the class library with the
just-in-time compiler warmed up (tools/primitives/Bcl.cs), and the fastest that is installed of the C library, the C++ library,
zlib, libdeflate, fmt, fast_float, libpng and libjpeg-turbo (tools/primitives/peer.cpp). The table has the medians over the
rounds: of the times, and of the ratios of times that were taken right after one another. What the sides computed is compared.

  --quick    one short round: only that all sides compute the same
  --rounds N (default 15)   --seconds X of each measurement (default 0.05)   --json FILE   --data FILE.gz   --only WORD
"""
import argparse
import collections
import json
import os
import shutil
import statistics
import struct
import subprocess
import sys
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.join(ROOT, "tools", "primitives")
OUT = os.path.join(ROOT, "out", "peers")

# Rows in which the sides may differ: other algorithms, or results within their error.
FREE = {"gzip", "exp", "log", "tanh", "sigmoid", "random"}
# std::to_chars writes a plain number where it is shorter than one with an exponent, fmt up to another length than .NET.
OTHER_SPELLING = {"format-double", "format-float"}


class Peer:
    """A program that measures the row it is told."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self, row, seconds):
        """Nanoseconds, result and whose code; None where it has no such row."""
        self.process.stdin.write(f"{row} {seconds}\n")
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if not words:
            sys.exit("a peer stopped")
        return None if words[0] == "none" else (float(words[0]), words[1], words[2] if len(words) > 2 else "")


def build_bcl():
    """The path of .NET's side; None without an SDK."""
    dotnet = os.environ.get("DOTNET", "dotnet")
    if not shutil.which(dotnet):
        return None
    command = [dotnet, "build", os.path.join(HERE, "bcl.csproj"), "-c", "Release", "-nologo", "-v", "q", "-o",
               os.path.join(OUT, "bcl")]
    if subprocess.run(command + ["-p:Packages=true"], stdout=subprocess.DEVNULL, check=False).returncode != 0:
        print("without .NET's package of tensors: plain loops of exp, log, tanh and sigmoid", file=sys.stderr)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return [os.path.join(OUT, "bcl", "bcl")]


def build_c():
    """The path of C's side, with libdeflate if it is there; None without a compiler or zlib."""
    compiler = shutil.which("g++")
    if not compiler:
        return None
    os.makedirs(OUT, exist_ok=True)
    # Of fast-math, as the vectors of the C library take it.
    vectors = os.path.join(OUT, "vectors.o")
    subprocess.run([compiler, "-std=c++20", "-Ofast", "-march=native", "-mprefer-vector-width=512", "-c",
                    os.path.join(HERE, "vectors.cpp"), "-o", vectors], check=True)
    command = [compiler, "-std=c++20", "-O3", "-march=native", os.path.join(HERE, "peer.cpp"), vectors, "-o",
               os.path.join(OUT, "peer")]
    pictures = ["-DHAVE_PICTURES", "-lpng", "-ljpeg"]
    deflate = ["-DHAVE_LIBDEFLATE", "-ldeflate"]
    for more in (pictures + deflate, deflate, pictures, []):
        more = more + ["-lz", "-lm"]
        if subprocess.run(command + more, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return [os.path.join(OUT, "peer")]
    return None


def filters_of(path):
    """How many rows of a PNG picture that is not interlaced use each filter."""
    with open(path, "rb") as file:
        data = file.read()
    height, at, packed = struct.unpack_from(">I", data, 20)[0], 8, b""
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    rows = zlib.decompress(packed)
    return collections.Counter(rows[::len(rows) // height])


def make_pictures(peer, side):
    """A PNG and a JPEG picture; what is missing, without libpng and libjpeg-turbo, has no row."""
    if peer:
        subprocess.run(peer + ["--pictures", OUT, str(side)], check=False)
    png = os.path.join(OUT, "photo.png")
    if os.path.exists(png) and len(filters_of(png)) != 5:
        sys.exit(f"{png} does not use all five filters: {filters_of(png)}")
    return {row: path for row, path in ((name, os.path.join(OUT, f"photo.{end}")) for name, end in (("png", "png"), ("jpeg", "jpg")))
            if os.path.exists(path)}


def ours(row, seconds, data):
    """The bare binary's figure and result."""
    text = subprocess.run([os.path.join(ROOT, "out", "nodeps"), "bench", "primitives", row, "--json", "--seconds", str(seconds),
                           "--data", data], check=True, capture_output=True, text=True).stdout
    found = json.loads(text)
    return found["nanoseconds"], found["results"], found["unit"]


def number(value):
    """Three digits or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.05)
    parser.add_argument("--json")
    parser.add_argument("--only", default="")
    parser.add_argument("--data", default=os.path.join(ROOT, "data", "sample", "t10k-images-idx3-ubyte.gz"))
    options = parser.parse_args()
    rounds, seconds = (1, 0) if options.quick else (options.rounds, options.seconds)
    listed = subprocess.run([os.path.join(ROOT, "out", "nodeps"), "bench", "primitives", "--json", "--seconds", "0",
                             "--data", options.data],
                            check=True, capture_output=True, text=True).stdout.splitlines()
    rows = [name for name in (json.loads(line)["primitive"] for line in listed) if options.only in name]
    c = build_c()
    pictures = make_pictures(c, 256 if options.quick else 2048)
    rows += [row for row in pictures if options.only in row]
    peers = {name: Peer(command + [options.data, OUT]) for name, command in (("bcl", build_bcl()), ("c", c)) if command}
    times = {row: {"ours": [], **{name: [] for name in peers}} for row in rows}
    units, whose, wrong = {}, {}, []
    for turn in range(rounds):
        for row in rows:
            nanoseconds, result, units[row] = ours(row, seconds, pictures.get(row, options.data))
            times[row]["ours"].append(nanoseconds)
            for name, peer in peers.items():
                # .NET has no decoder of pictures.
                found = None if name == "bcl" and row in pictures else peer.measure(row, seconds)
                if found is None:
                    continue
                times[row][name].append(found[0])
                if name == "c":
                    whose[row] = found[2]
                free = row in FREE or (name == "c" and row in OTHER_SPELLING)
                if turn == 0 and not free and int(found[1], 16) != int(result, 16):
                    wrong.append(f"{row}: {result}, but {name} has {found[1]}")
        if not options.quick:
            print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    if wrong:
        sys.exit("results differ\n" + "\n".join(wrong))
    if options.quick:
        print(f"{len(rows)} primitives: the results of all sides agree ({', '.join(['nodeps', *peers])})")
        return
    ratios = {row: {name: statistics.median(their / our for their, our in zip(found, sides["ours"], strict=True))
                    for name, found in sides.items() if found and name != "ours"} for row, sides in times.items()}
    middle = {row: {name: statistics.median(found) for name, found in sides.items() if found} for row, sides in times.items()}
    print("| primitive | unit | nodeps | .NET 10 | best of C | | ours / .NET | ours / C |")
    print("| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |")
    for row in rows:
        our, bcl, best = middle[row]["ours"], middle[row].get("bcl"), middle[row].get("c")
        if units[row] == "byte":
            unit, show = "GB/s", lambda x: number(1 / x)
        else:
            unit, show = f"ns a {units[row]}", number
        cells = [row, unit, show(our), show(bcl) if bcl else "", show(best) if best else "", whose.get(row, ""),
                 *(f"{ratios[row][name]:.2f} x" if name in ratios[row] else "" for name in ("bcl", "c"))]
        print("| " + " | ".join(cells) + " |")
    print("\nRatios are of speed: above 1 ours is faster. Medians of", rounds, "interleaved rounds, one thread.")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"rows": middle, "ratios": ratios, "units": units, "peers": whose}, file, indent=2)


if __name__ == "__main__":
    main()
