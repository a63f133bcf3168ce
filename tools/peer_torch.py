#!/usr/bin/env python3
"""PyTorch as the peer of nodeps: the same networks, data and batches, each job in the best configurations known.

    tools/peer_torch.py JOB --data DIR [--net NAME|FILE] [--batch N] [--threads N] [--seconds S] [--variant NAME] [--width N]

    train        training steps on the data set, images already in memory as float32
    infer        a batch of test images after the other
    latency      one test image, warm
    first        one prediction: what a process takes for it that starts, loads parameters and reads the data
    to-accuracy  from the gzipped files to a trained network and its test accuracy (--epochs, --rate, --seed)

Prints one JSON line. Needs PyTorch (Debian: python3-torch); exit status 69 where it is not installed. `--list` prints the
variants of a job, of which a benchmark takes the fastest. They are: the plain path, oneDNN's and channels_last's layouts,
traced and frozen graphs, OpenBLAS held to one thread (blas1). For infer and latency batch normalization is folded into the
layers after it, and ReLU comes after pooling, where that changes nothing: PyTorch does neither by itself.

Matrix products should run on an OpenBLAS built for OpenMP (libopenblas0-openmp): with Debian's default build, whose own threads
contend with PyTorch's, two threads are slower than one, so with that build OpenBLAS is held to one thread.
OPENBLAS_CORETYPE, which would choose slower kernels, is unset.
"""
import argparse
import glob
import json
import os
import statistics
import sys
import time

MIN_WINDOWS = 3
VARIANTS = {
    "train": ("nchw", "blas1", "channels_last", "traced", "traced-channels_last"),
    "infer": ("mkldnn", "mkldnn-channels_last", "optimized", "frozen", "frozen-channels_last", "plain"),
    "latency": ("frozen-native", "frozen", "optimized", "mkldnn", "plain-native"),
    "first": ("plain",),
    "to-accuracy": ("nchw",),
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


def load(folder, part, statistics_of=None):
    """Normalized images [count][1][rows][columns] and labels; normalized as other images are, or by their own statistics."""
    import torch
    from tensor_files import read_idx
    pixels = torch.from_numpy(read_idx(folder, f"{part}-images-idx3-ubyte").copy()).float().div_(255)
    mean, deviation = statistics_of or (pixels.mean(), pixels.std())
    labels = torch.from_numpy(read_idx(folder, f"{part}-labels-idx1-ubyte").copy()).long()
    return ((pixels - mean) / deviation).unsqueeze(1).contiguous(), labels, (mean, deviation)


def windows(step, amount, seconds, least=MIN_WINDOWS):
    """Amounts a second, the median of windows, after a quarter of the time to warm up and to find a window's length."""
    steps, start = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - start < seconds / 4:
        step()
        steps += 1
    per_window, found = max(1, steps * 2 // 5), []
    start = time.perf_counter()
    while len(found) < least or time.perf_counter() - start < seconds * 3 / 4:
        begin = time.perf_counter()
        for _ in range(per_window):
            step()
        found.append(per_window * amount / (time.perf_counter() - begin))
    return statistics.median(found)


def description_of(options):
    from torch_network import read_description
    return read_description(options.net, options.width)


def train(options):
    import torch
    torch.manual_seed(1)
    images, labels, _ = load(options.data, "train")
    description = description_of(options)
    net = description.sequential()
    if "channels_last" in options.variant:
        net = net.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    if "traced" in options.variant:
        net = torch.jit.trace(net, images[:options.batch], check_trace=False)
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

    speed = windows(step, options.batch, options.seconds)
    return {"images_per_second": speed, "loss": loss.item()}


def classifier(options, images):
    """A function that classifies the images by a folded network in a variant's way."""
    import torch
    import torch.utils.mkldnn
    from torch_network import folded
    torch.manual_seed(1)
    torch.backends.mkldnn.enabled = "native" not in options.variant
    net = description_of(options).sequential().eval()
    plain, net = net(images), folded(net)
    error = ((net(images) - plain).abs().max() / plain.abs().max()).item()
    if error > 1e-4:
        sys.exit(f"peer_torch: folding changed the result by {error}")
    if "channels_last" in options.variant:
        net, images = net.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    if "mkldnn" in options.variant:
        net, images = torch.utils.mkldnn.to_mkldnn(net), images.to_mkldnn()
        return lambda: net(images).to_dense()
    if "plain" not in options.variant:
        net = torch.jit.freeze(torch.jit.trace(net, images))
        if "optimized" in options.variant:
            net = torch.jit.optimize_for_inference(net)
    return lambda: net(images)


def classify(options):
    import torch
    images, _, _ = load(options.data, "t10k")
    with torch.no_grad():
        count = 1 if options.job == "latency" else options.batch
        batch = images.repeat(-(-count // len(images)), 1, 1, 1)[:count].contiguous()
        speed = windows(classifier(options, batch), len(batch), options.seconds)
    return {"images_per_second": speed, "microseconds": 1e6 / speed}


def first(options):
    import io
    import torch
    net = description_of(options).sequential().eval()
    # Saved and loaded, as a program does that classifies with a trained network.
    file = io.BytesIO()
    torch.save(net.state_dict(), file)
    file.seek(0)
    net.load_state_dict(torch.load(file))
    images, _, _ = load(options.data, "t10k")
    with torch.no_grad():
        return {"class": net(images[:1]).argmax(1).item()}


def to_accuracy(options):
    import torch
    torch.manual_seed(options.seed)
    images, labels, found = load(options.data, "train")
    description = description_of(options)
    net = description.sequential()
    optimizer = torch.optim.SGD(net.parameters(), lr=options.rate, momentum=0.9, nesterov=True, weight_decay=5e-4, foreach=False)
    steps = len(images) // options.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=steps * options.epochs)
    for _ in range(options.epochs):
        order = torch.randperm(len(images))
        for i in range(steps):
            batch = order[i * options.batch:(i + 1) * options.batch]
            optimizer.zero_grad(set_to_none=True)
            description.loss_of(net(images[batch]), labels[batch]).backward()
            optimizer.step()
            schedule.step()
    images, labels, _ = load(options.data, "t10k", found)
    net.eval()
    with torch.no_grad():
        correct = sum((net(images[i:i + 500]).argmax(1) == labels[i:i + 500]).sum().item() for i in range(0, len(images), 500))
    return {"accuracy": correct / len(images)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=list(VARIANTS))
    parser.add_argument("--data", metavar="DIR")
    parser.add_argument("--net", default="pedestrian", metavar="NAME|FILE")
    parser.add_argument("--width", type=int, default=1, help="times as many channels and features")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--variant", help="default: the first of the list")
    parser.add_argument("--list", action="store_true", help="print the job's variants")
    options = parser.parse_args()
    if options.list:
        print(json.dumps(VARIANTS[options.job]))
        return
    options.variant = options.variant or VARIANTS[options.job][0]
    set_environment(options.threads, options.variant)
    try:
        import torch
    except ImportError as error:
        print(f"peer_torch: {error}", file=sys.stderr)
        sys.exit(69)
    torch.set_num_threads(options.threads)
    jobs = {"train": train, "infer": classify, "latency": classify, "first": first, "to-accuracy": to_accuracy}
    found = jobs[options.job](options)
    print(json.dumps({**found, "torch": torch.__version__, "blas": blas_flavour(), "variant": options.variant}))


if __name__ == "__main__":
    main()
