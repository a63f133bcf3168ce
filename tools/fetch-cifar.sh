#!/bin/sh
# Fetches CIFAR-10 (binary version) into a folder (data/cifar-10 unless another is named) and keeps nothing that is not genuine.
#
#     tools/fetch-cifar.sh [FOLDER]
#
# The archive is downloaded to a temporary name and compared with the MD5 that its authors publish beside it; only then are the
# six files of images taken out of it, each of the right length. MD5 is no protection against forgery; where the SHA-256 of a
# trusted copy is known, CIFAR_SHA256 names it, and it is compared as well. Files that are already there are not fetched again.
#
# CIFAR_MIRRORS  base addresses to use instead of the list below, separated by blanks
# CIFAR_MD5      the sum to use instead of the published one
# CIFAR_SHA256   a second sum to compare with
# CIFAR_BYTES    bytes of each file, for other files in the same format
#
# Exit status: 0 all files are there; 1 some are not; 69 a program needed is missing.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-$here/../data/cifar-10}
archive=cifar-10-binary.tar.gz
md5=${CIFAR_MD5:-c32a1d4ab5d03f1284b67883e8d87530}
mirrors=${CIFAR_MIRRORS:-"
https://www.cs.toronto.edu/~kriz
"}
files="data_batch_1.bin data_batch_2.bin data_batch_3.bin data_batch_4.bin data_batch_5.bin test_batch.bin"
bytes=30730000

say() { printf 'fetch-cifar: %s\n' "$*" >&2; }

for program in curl tar gzip md5sum sha256sum; do
    if ! command -v "$program" >/dev/null; then
        say "$program is needed and not installed"
        exit 69
    fi
done

# complete FOLDER: holds all files, each of 10,000 records.
complete() {
    for name in $files; do
        [ -f "$1/$name" ] && [ "$(wc -c <"$1/$name")" -eq "${CIFAR_BYTES:-$bytes}" ] || return 1
    done
}

mkdir -p -- "$folder" || exit 1
if complete "$folder"; then
    say "all files are there already"
    exit 0
fi
work=$(mktemp -d "$folder/.fetch.XXXXXX") || exit 1
trap 'rm -rf -- "$work"' EXIT
trap 'exit 1' HUP INT TERM

# genuine FILE: has the sums that are known.
genuine() {
    [ "$(md5sum <"$1" | cut -d' ' -f1)" = "$md5" ] || return 1
    [ -z "${CIFAR_SHA256:-}" ] || [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$CIFAR_SHA256" ]
}

for mirror in $mirrors; do
    address=${mirror%/}/$archive
    if ! reason=$(curl --fail --silent --show-error --location --connect-timeout 15 --max-time 3600 \
        --output "$work/$archive" "$address" 2>&1); then
        say "$address: $reason"
        continue
    fi
    if ! genuine "$work/$archive"; then
        say "$address: the content is not that of the official file (its sum differs); thrown away"
        continue
    fi
    say "$archive: fetched and verified; its SHA-256 is $(sha256sum <"$work/$archive" | cut -d' ' -f1)"
    if ! gzip -dc "$work/$archive" | tar -C "$work" -xf - || ! complete "$work/cifar-10-batches-bin"; then
        say "$archive: does not hold the six files of CIFAR-10; thrown away"
        continue
    fi
    for name in $files; do
        mv -f -- "$work/cifar-10-batches-bin/$name" "$folder/$name" || exit 1
    done
    exit 0
done

say "could not obtain CIFAR-10. Is there a network? Otherwise copy $archive from elsewhere into an
empty folder and name that in CIFAR_MIRRORS as file://FOLDER, or unpack it and name its folder with --data."
exit 1
