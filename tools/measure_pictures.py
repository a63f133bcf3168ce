#!/usr/bin/env python3
"""Predicts pictures of known class and prints the accuracy by style.

    tools/measure_pictures.py NODEPS MODEL FOLDER

FOLDER is one that tools/make_digits.py made, or data/pictures: pictures.csv lists file, class and style.
"""
import csv
import json
import os
import subprocess
import sys

HANDWRITTEN = ("stroke", "hand")
AT_ONCE = 500


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program, model, folder = sys.argv[1:]
    with open(os.path.join(folder, "pictures.csv"), encoding="ascii") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for start in range(0, len(rows), AT_ONCE):
        paths = [os.path.join(folder, row["file"]) for row in rows[start:start + AT_ONCE]]
        result = subprocess.run([program, "predict", "--json", "--model", model, *paths], stdout=subprocess.PIPE, text=True,
                                check=False)
        for line in result.stdout.splitlines():
            prediction = json.loads(line)
            found[os.path.relpath(prediction["file"], folder)] = prediction["class"]
    styles = {}
    for row in rows:
        hit = found.get(row["file"]) == int(row["class"])
        for style in (row["style"], "handwritten" if row["style"] in HANDWRITTEN else None, "all"):
            if style:
                right, count = styles.get(style, (0, 0))
                styles[style] = right + hit, count + 1
    for style, (right, count) in sorted(styles.items(), key=lambda item: item[1][1]):
        print(f"{style:12} {100 * right / count:6.2f} % ({right}/{count})")


if __name__ == "__main__":
    main()
