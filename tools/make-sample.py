#!/usr/bin/env python3
"""Makes data/sample: a small, class-balanced part of Fashion-MNIST as gzipped IDX files.

From each set it takes the first N images of every class, in their original order. The source is Debian's package
dataset-fashion-mnist, whose decompressed files are checked by SHA-256 first, so the same sample comes out everywhere:
the IDX content always, and the gz files too wherever zlib compresses alike (their headers carry no name and no time).

    tools/make-sample.py [--source DIR] [--out DIR] [--train N] [--test N]
"""
import argparse
import gzip
import hashlib
import io
import os
import struct
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CLASSES = 10
SIDE = 28

# SHA-256 of the decompressed official files.
SOURCES = {
    "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}


def read(folder, name):
    """The decompressed bytes of one official file, or the end of the program with a sentence that says why not."""
    path = os.path.join(folder, name + ".gz")
    try:
        with gzip.open(path) as file:
            content = file.read()
    except OSError as error:
        sys.exit(f"make-sample: {path}: {error}; apt-get install dataset-fashion-mnist provides it")
    found = hashlib.sha256(content).hexdigest()
    if found != SOURCES[name]:
        sys.exit(f"make-sample: {path}: SHA-256 of the content is {found}, expected {SOURCES[name]}")
    return content


def write(folder, name, content):
    """Gzips content with neither name nor time in the header (as `gzip -9n`), by way of a temporary name."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(content)
    path = os.path.join(folder, name + ".gz")
    with open(path + ".part", "wb") as file:
        file.write(packed.getvalue())
    os.replace(path + ".part", path)
    return len(packed.getvalue())


def take(source, out, prefix, per_class):
    """Writes the first per_class images of every class of one set, and their labels; returns the bytes written."""
    images = read(source, f"{prefix}-images-idx3-ubyte")
    labels = read(source, f"{prefix}-labels-idx1-ubyte")
    magic, count, rows, columns = struct.unpack_from(">IIII", images)
    assert (magic, rows, columns) == (0x803, SIDE, SIDE) and struct.unpack_from(">II", labels) == (0x801, count)
    taken = [0] * CLASSES
    chosen = []
    for index in range(count):
        label = labels[8 + index]
        if taken[label] < per_class:
            taken[label] += 1
            chosen.append(index)
    if min(taken) < per_class:
        sys.exit(f"make-sample: {prefix}: a class has only {min(taken)} images, {per_class} asked for")
    pixels = b"".join(images[16 + i * SIDE * SIDE:16 + (i + 1) * SIDE * SIDE] for i in chosen)
    classes = bytes(labels[8 + i] for i in chosen)
    return (write(out, f"{prefix}-images-idx3-ubyte", struct.pack(">IIII", 0x803, len(chosen), SIDE, SIDE) + pixels)
            + write(out, f"{prefix}-labels-idx1-ubyte", struct.pack(">II", 0x801, len(chosen)) + classes))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", default="/usr/share/datasets/fashion-mnist", metavar="DIR")
    parser.add_argument("--out", default=os.path.join(ROOT, "data", "sample"), metavar="DIR")
    parser.add_argument("--train", type=int, default=400, metavar="N", help="training images of each class")
    parser.add_argument("--test", type=int, default=100, metavar="N", help="test images of each class")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    size = (take(options.source, options.out, "train", options.train)
            + take(options.source, options.out, "t10k", options.test))
    print(f"{options.out}: {options.train * CLASSES} training and {options.test * CLASSES} test images, {size} bytes")


if __name__ == "__main__":
    main()
