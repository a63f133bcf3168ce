#!/bin/sh
# Prints the folder of the best data set found, and says on stderr which it is: $DATA if set, else the full MNIST
# (make data), else Fashion-MNIST as Debian's dataset-fashion-mnist installs it, else the sample in the repository.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# complete FOLDER: holds the four files, each plain or gzipped.
complete() {
    for name in train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte; do
        [ -f "$1/$name" ] || [ -f "$1/$name.gz" ] || return 1
    done
}

if [ -n "${DATA:-}" ]; then
    if ! complete "$DATA"; then
        echo "DATA=$DATA does not hold the four files train-images-idx3-ubyte[.gz], train-labels-idx1-ubyte[.gz]," \
            "t10k-images-idx3-ubyte[.gz] and t10k-labels-idx1-ubyte[.gz]" >&2
        exit 66
    fi
    echo "data: $DATA, as asked by DATA" >&2
    echo "$DATA"
elif complete "$root/data/mnist"; then
    echo "data: MNIST in data/mnist" >&2
    echo "$root/data/mnist"
elif complete "${FASHION_MNIST:=/usr/share/datasets/fashion-mnist}"; then
    echo "data: Fashion-MNIST in $FASHION_MNIST (make data obtains MNIST)" >&2
    echo "$FASHION_MNIST"
else
    echo "data: the sample of Fashion-MNIST in data/sample (make data obtains MNIST)" >&2
    echo "$root/data/sample"
fi
