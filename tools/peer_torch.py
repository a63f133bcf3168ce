#!/usr/bin/env python3
"""PyTorch as the peer of `nodeps bench`: the same network, data and batch, in the best known configuration.

    tools/peer_torch.py train --data DIR [--net NAME|FILE] [--batch N] [--threads N] [--seconds S]
                              [--variant nchw|channels_last|blas1]
    tools/peer_torch.py infer|latency --data DIR [--net NAME|FILE] [--batch N] [--threads N] [--seconds S]
                              [--variant mkldnn|optimized|frozen|eager]

Prints one JSON line: images_per_second (the median of windows), windows, loss, and what did the work; of latency, which
takes one image at a time, also microseconds. Needs PyTorch
(Debian: python3-torch). Its matrix products should run on an OpenBLAS built for OpenMP (libopenblas0-openmp): with
Debian's default build, whose own threads contend with PyTorch's, two threads are slower than one, so with that build
OpenBLAS is held to one thread. Variants: nchw is oneDNN on the default layout, the fastest found for training;
channels_last and blas1 (OpenBLAS held to one thread) are there so that a bench can make sure of that. For infer and
latency batch normalisation is folded into the layer after it wherever that is exact, and the variants are: mkldnn is
to_mkldnn on channels_last, optimized is a trace after optimize_for_inference, frozen is a frozen trace without oneDNN,
eager is the module as it is.
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
# What is usually fastest first.
VARIANTS = {
    "train": ("nchw", "blas1", "channels_last"),
    "infer": ("mkldnn", "optimized", "frozen", "eager"),
    "latency": ("frozen", "optimized", "mkldnn", "eager"),
}


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


def fold_normalization(net):
    """
    The Sequential without the batch normalisations that go into the next convolution or dense layer: y = s·x + t for each
    channel, s above 0 where a maximum pooling stands between, no padding, which t would have to fill.
    """
    import torch
    modules, kept = list(net), []
    for index, module in enumerate(modules):
        kept.append(module)
        if not isinstance(module, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            continue
        scale = module.weight / torch.sqrt(module.running_var + module.eps)
        shift = module.bias - module.running_mean * scale
        between = (torch.nn.MaxPool2d, torch.nn.Flatten, torch.nn.Dropout)
        after = [m for m in modules[index + 1:] if not isinstance(m, between)][:1]
        pooled = isinstance(modules[index + 1], torch.nn.MaxPool2d) if index + 1 < len(modules) else False
        if not after or (pooled and bool((scale <= 0).any())):
            continue
        target = after[0]
        if isinstance(target, torch.nn.Conv2d) and target.padding == (0, 0):
            target.bias.data += (target.weight * shift.view(1, -1, 1, 1)).sum((1, 2, 3))
            target.weight.data *= scale.view(1, -1, 1, 1)
        elif isinstance(target, torch.nn.Linear):
            each = target.in_features // len(scale)
            target.bias.data += target.weight @ shift.repeat_interleave(each)
            target.weight.data *= scale.repeat_interleave(each)
        else:
            continue
        kept.pop()
    return torch.nn.Sequential(*kept)


def infer(options):
    """Classifies the same batch again and again; a batch of one is what latency measures."""
    import torch
    import torch.utils.mkldnn
    from tensor_files import read_idx
    from torch_network import Shortcut, read_description
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    pixels = torch.from_numpy(read_idx(options.data, "t10k-images-idx3-ubyte").copy()[:options.batch]).float().div_(255)
    images = ((pixels - pixels.mean()) / pixels.std()).unsqueeze(1).contiguous()
    if len(images) < options.batch:
        images = images.repeat(-(-options.batch // len(images)), 1, 1, 1)[:options.batch].contiguous()
    net = read_description(options.net).sequential().eval()
    with torch.no_grad():
        plain = net(images)
        if not any(isinstance(module, Shortcut) for module in net):
            net = fold_normalization(net).eval()
        error = (net(images) - plain).abs().max() / plain.abs().max()
        assert error < 1e-4, f"folding changed the result by {error}"
        torch.backends.mkldnn.enabled = options.variant != "frozen"
        run = net
        if options.variant == "mkldnn":
            net = torch.utils.mkldnn.to_mkldnn(net.to(memory_format=torch.channels_last))
            images = images.to(memory_format=torch.channels_last).to_mkldnn()

            def run(batch):
                return net(batch).to_dense()
        elif options.variant != "eager":
            run = torch.jit.freeze(torch.jit.trace(net, images))
            if options.variant == "optimized":
                run = torch.jit.optimize_for_inference(run)
        count, start = 0, time.perf_counter()
        while count < 3 or time.perf_counter() - start < options.seconds / 4:
            run(images)
            count += 1
        per_window = max(1, count // 4)
        windows = []
        start = time.perf_counter()
        while len(windows) < MIN_WINDOWS or time.perf_counter() - start < options.seconds * 3 / 4:
            begin = time.perf_counter()
            for _ in range(per_window):
                run(images)
            windows.append(per_window * options.batch / (time.perf_counter() - begin))
    speed = statistics.median(windows)
    return {
        "images_per_second": speed, "microseconds": 1e6 * options.batch / speed, "windows": len(windows),
        "torch": torch.__version__, "blas": blas_flavour(), "variant": options.variant,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("job", choices=["train", "infer", "latency"])
    parser.add_argument("--data", required=True, metavar="DIR")
    parser.add_argument("--net", default="pedestrian", metavar="NAME|FILE")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--variant", choices=[name for names in VARIANTS.values() for name in names])
    options = parser.parse_args()
    options.variant = options.variant or VARIANTS[options.job][0]
    if options.variant not in VARIANTS[options.job]:
        parser.error(f"{options.job} knows {', '.join(VARIANTS[options.job])}")
    if options.job == "latency":
        options.batch = 1
    set_environment(options.threads, options.variant)
    try:
        import torch  # noqa: F401
    except ImportError as error:
        print(f"peer_torch: {error}", file=sys.stderr)
        sys.exit(69)
    print(json.dumps(train(options) if options.job == "train" else infer(options)))


if __name__ == "__main__":
    main()
