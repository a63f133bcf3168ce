#!/bin/sh
# Fetches the MNIST data set into a folder (data/mnist unless another is named) and keeps nothing that is not genuine.
#
#     tools/fetch-mnist.sh [FOLDER]
#
# Each file is downloaded to a temporary name, decompressed, compared with the SHA-256 of the official content, and
# only then given its own name. The gz files differ from mirror to mirror, their content does not. Files that are
# already there and genuine are not fetched again, so an interrupted run can be repeated.
#
# MNIST_MIRRORS  base addresses to use instead of the list below, separated by blanks
# MNIST_SUMS     list of sums to use instead of mnist.sha256 beside this script
#
# Exit status: 0 all four files are there; 1 some are not; 69 a program needed is missing.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$here/../data/mnist}
sums=${MNIST_SUMS:-$here/mnist.sha256}
mirrors=${MNIST_MIRRORS:-"
https://storage.googleapis.com/cvdf-datasets/mnist
https://ossci-datasets.s3.amazonaws.com/mnist
http://yann.lecun.com/exdb/mnist
"}

say() { printf 'fetch-mnist: %s\n' "$*" >&2; }

for program in curl gzip sha256sum; do
    if ! command -v "$program" >/dev/null; then
        say "$program is needed and not installed"
        exit 69
    fi
done
mkdir -p -- "$folder" || exit 1
part=$(mktemp "$folder/.fetch.XXXXXX") || exit 1
trap 'rm -f -- "$part"' EXIT
trap 'exit 1' HUP INT TERM

# genuine FILE SUM: FILE is sound gzip whose content has that SHA-256.
genuine() {
    gzip -dc <"$1" >/dev/null 2>&1 && [ "$(gzip -dc <"$1" | sha256sum | cut -d' ' -f1)" = "$2" ]
}

# obtain NAME SUM: tries one mirror after the other until a genuine NAME lies in the folder.
obtain() {
    for mirror in $mirrors; do
        address=${mirror%/}/$1
        if ! reason=$(curl --fail --silent --show-error --location --connect-timeout 15 --max-time 600 \
            --output "$part" "$address" 2>&1); then
            say "$address: $reason"
        elif ! genuine "$part" "$2"; then
            say "$address: the content is not that of the official file (SHA-256 differs); thrown away"
        else
            chmod 644 "$part" && mv -f -- "$part" "$folder/$1" && say "$1: fetched and verified" && return 0
        fi
    done
    return 1
}

missing=0
wanted=0
while read -r sum name; do
    file=$name.gz
    wanted=$((wanted + 1))
    if [ -f "$folder/$file" ] && genuine "$folder/$file" "$sum"; then
        say "$file: there already, and genuine"
        continue
    fi
    [ -f "$folder/$file" ] && say "$file: there, but not the official file; fetching it anew"
    obtain "$file" "$sum" || missing=$((missing + 1))
done <"$sums"

if [ "$missing" -gt 0 ]; then
    say "could not obtain $missing of the $wanted files. Is there a network? Otherwise copy the four MNIST files
    train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz
into $folder from elsewhere and run this again to have them checked, name a mirror in MNIST_MIRRORS,
or train without them: make run also takes DATA=folder, Debian's dataset-fashion-mnist, or data/sample."
    exit 1
fi
