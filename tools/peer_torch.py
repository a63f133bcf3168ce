#!/usr/bin/env python3
"""PyTorch as the peer of `nodeps bench`: the same network, data and batch, in the best known configuration.

    tools/peer_torch.py train --data DIR [--net NAME|FILE] [--batch N] [--threads N] [--seconds S]
                              [--variant nchw|channels_last|blas1]

Prints one JSON line: images_per_second (the median of windows), windows, loss, and what did the work. Needs PyTorch
(Debian: python3-torch). Its matrix products should run on an OpenBLAS built for OpenMP (libopenblas0-openmp): with
Debian's default build, whose own threads contend with PyTorch's, two threads are slower than one, so with that build
OpenBLAS is held to one thread. Variants: nchw is oneDNN on the default layout, the fastest found for training;
channels_last and blas1 (OpenBLAS held to one thread) are there so that a bench can make sure of that.
Exit status 69 when PyTorch is not installed.
"""
import argparse
import glob
import json
import os
import statistics
import sys
import time

MIN_WINDOWS = 3


def blas_flavour():
    """What the system's libblas.so.3 is: openblas-openmp, openblas-pthread, another name, or unknown."""
    for link in glob.glob("/usr/lib/*/libblas.so.3") + glob.glob("/usr/lib/*/libopenblas.so.0"):
        return os.path.basename(os.path.dirname(os.path.realpath(link)))
    return "unknown"


def set_environment(threads, variant):
    """OpenMP and OpenBLAS read these when they are loaded, so this comes before `import torch`."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(threads)
    if variant == "blas1" or blas_flavour() == "openblas-pthread":
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ.pop("OPENBLAS_CORETYPE", None)


def train(options):
    # Only here: they load NumPy and PyTorch, and with them OpenBLAS.
    import torch
    from tensor_files import read_idx
    from torch_network import read_description
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    pixels = torch.from_numpy(read_idx(options.data, "train-images-idx3-ubyte").copy()).float().div_(255)
    images = ((pixels - pixels.mean()) / pixels.std()).unsqueeze(1).contiguous()
    labels = torch.from_numpy(read_idx(options.data, "train-labels-idx1-ubyte").copy()).long()
    description = read_description(options.net)
    net = description.sequential()
    if options.variant == "channels_last":
        net = net.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    # Plain momentum: Nesterov and weight decay, which nodeps adds, are passes of their own here and cost a tenth.
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, foreach=False)
    order, at, loss = torch.randperm(len(images)), 0, None

    def step():
        nonlocal order, at, loss
        if at + options.batch > len(images):
            order, at = torch.randperm(len(images)), 0
        batch = order[at:at + options.batch]
        at += options.batch
        optimizer.zero_grad(set_to_none=True)
        loss = description.loss_of(net(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()

    # A quarter of the time warms up and tells how many steps make a window; then at least MIN_WINDOWS windows.
    steps, start = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - start < options.seconds / 4:
        step()
        steps += 1
    per_window = max(1, steps * 2 // 5)
    windows = []
    start = time.perf_counter()
    while len(windows) < MIN_WINDOWS or time.perf_counter() - start < options.seconds * 3 / 4:
        begin = time.perf_counter()
        for _ in range(per_window):
            step()
        windows.append(per_window * options.batch / (time.perf_counter() - begin))
    return {
        "images_per_second": statistics.median(windows), "windows": len(windows), "loss": loss.item(),
        "torch": torch.__version__, "blas": blas_flavour(), "variant": options.variant,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("job", choices=["train"])
    parser.add_argument("--data", required=True, metavar="DIR")
    parser.add_argument("--net", default="pedestrian", metavar="NAME|FILE")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--variant", default="nchw", choices=["nchw", "channels_last", "blas1"])
    options = parser.parse_args()
    set_environment(options.threads, options.variant)
    try:
        import torch  # noqa: F401
    except ImportError as error:
        print(f"peer_torch: {error}", file=sys.stderr)
        sys.exit(69)
    print(json.dumps(train(options)))


if __name__ == "__main__":
    main()
