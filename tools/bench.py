#!/usr/bin/env python3
"""Measures out/nodeps beside its peers, all in one run: `make bench`.

- jobs: training, classifying and single images, nodeps and PyTorch taking turns for several rounds, PyTorch in the fastest of
  its variants for each job; medians, ranges, ratios, GFLOP/s by the layers' formulas and the share of the peak that
  `nodeps bench peak` measures in the same rounds;
- products: products of matrices, ours and OpenBLAS taking turns;
- scaling: training by batch, threads and width;
- accuracy: seconds from the start of the process to a trained network, gzipped files included;
- processes: start-up beside a static C program that only prints, the first prediction, resident memory.

    tools/bench.py [--quick] [--data DIR] [--rounds N] [--seconds S] [--python PROGRAM] [--markdown] [--json FILE]
                   [--sections jobs,products,scaling,accuracy,processes] [--only WORDS]

--quick runs everything once and small, to show that it works; its figures mean little. Where PyTorch is missing, ours
stands alone and the program says how to get it. Exit status 1 when ours cannot be measured, or when its results depend on the
round or on the number of threads.
"""
import argparse
import json
import os
import tempfile

from benchmarks import jobs, processes, products, programs, scaling

SECTIONS = "jobs,products,scaling,accuracy,processes"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="everything once, small")
    parser.add_argument("--data", metavar="DIR", help="default: the best data set found")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of measuring in each round")
    parser.add_argument("--starts", type=int, default=2000)
    parser.add_argument("--sections", default=SECTIONS, help="which, with commas between them")
    parser.add_argument("--only", default="", metavar="WORDS", help="only jobs whose names have these words")
    parser.add_argument("--python", help="the Python that has PyTorch")
    parser.add_argument("--markdown", action="store_true", help="tables as the README has them")
    parser.add_argument("--json", metavar="FILE", help="write every figure here too")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.starts = 1, 0.2, 20
    if not os.access(programs.OURS, os.X_OK):
        programs.stop(f"{programs.OURS} is not there; make build makes it")
    if options.data:
        data = options.data
    elif options.quick:
        data = os.path.join(programs.ROOT, "data", "sample")
    else:
        data = programs.output_of([os.path.join(programs.TOOLS, "find-data.sh")]).strip()
    print(f"data: {data}\nload: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors", flush=True)
    if os.getloadavg()[0] > os.cpu_count() / 2:
        print("others are at work here: figures of several threads mean little, PyTorch's least of all")
    peer = programs.Peer(options.python)
    if not peer.is_there:
        print(programs.NO_TORCH)
    sections, figures = options.sections.split(","), {"data": data}
    if "jobs" in sections:
        figures["jobs"] = jobs.bench(options, data, peer)
    if "products" in sections:
        figures["products"] = products.bench(options.rounds, 0 if options.quick else 0.05)
    if "scaling" in sections:
        figures["scaling"] = scaling.bench(options, data, peer)
    with tempfile.TemporaryDirectory() as folder:
        if "accuracy" in sections:
            figures["accuracy"] = processes.time_to_accuracy(options, data, folder, peer)
        if "processes" in sections:
            measure = os.path.join(folder, "measure")
            programs.compile_c("measure.c", measure, static=False)
            figures["startup"] = processes.startup(options, folder, measure)
            figures["first"] = processes.first_prediction(options, data, folder, measure, peer)
            figures["memory"] = processes.memory(data, folder, measure)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


if __name__ == "__main__":
    main()
