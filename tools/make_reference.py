#!/usr/bin/env python3
"""Makes reference cases: a network, a batch, and all that PyTorch computes of them in float64.

    tools/make_reference.py --net NAME|FILE --out CASE.safetensors [--seed N] [--batch N] [--rate X] [--data DIR]
    tools/make_reference.py --folder DIR [--out DIR]        a case for each DIR/*.net, by its recipe's batch and rate
    tools/make_reference.py --random N --out DIR [--seed N] N networks of random layers and shapes
    tools/make_reference.py --check CASE.safetensors...     computes cases again and compares

Parameters and inputs are exact float32 numbers; everything else is computed in float64 and rounded to float32 once. The
batch is images of --data (default data/sample) where the network takes 1x28x28, else random numbers; they come from
numpy.random.RandomState, whose stream never changes. Keys: data/reference/README.md. Needs PyTorch and NumPy.
Exit status 69 without PyTorch, 1 when a check fails.
"""
import argparse
import glob
import os
import sys

try:
    import numpy
    import torch
except ImportError as error:
    print(f"make_reference: {error} (Debian: python3-torch, for /usr/bin/python3)", file=sys.stderr)
    sys.exit(69)

from tensor_files import read_idx, read_safetensors, write_safetensors
from torch_network import Description, outputs, read_description

SAMPLE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "sample")
STEPS = 3
TOLERANCE = 1e-6
# Float32 loses more than this only where a case magnifies rounding: a maximum or a kink at a tie, a tiny variance.
FLOAT32_LIMIT = 2e-5


def starting_state(net, rng):
    """Random float32 parameters and running statistics by key: weights of the usual size for what a neuron reads."""
    state = {}
    for key, tensor in net.state_dict().items():
        shape, name = tuple(tensor.shape), key.split(".")[1]
        if name == "num_batches_tracked":
            state[key] = numpy.zeros(1, numpy.int64)
            continue
        if name == "weight" and len(shape) > 1:
            limit = 1 / numpy.sqrt(numpy.prod(shape[1:]))
            value = rng.uniform(-limit, limit, shape)
        elif name in ("weight", "running_var"):
            value = rng.uniform(0.7, 1.3, shape)
        else:
            value = rng.uniform(-0.3, 0.3, shape)
        state[key] = value.astype(numpy.float32)
    return state


def batch_of(description, classes, count, data, rng):
    """Images and labels: of the data set where the network takes such images and has classes enough."""
    if description.input == (1, 28, 28) and classes >= 10:
        images = read_idx(data, "t10k-images-idx3-ubyte")
        labels = read_idx(data, "t10k-labels-idx1-ubyte")
        chosen = rng.choice(len(images), count, replace=False)
        return (images[chosen].astype(numpy.float32) / numpy.float32(255))[:, None], labels[chosen].astype(numpy.int64)
    return (rng.standard_normal((count, *description.input)).astype(numpy.float32),
            rng.randint(0, classes, count).astype(numpy.int64))


def run(description, state, images, labels, rate, dtype=torch.float64):
    """Every tensor of the case behind its input, in float64, by key, in the order of the file."""
    net = description.sequential().to(dtype)
    shapes = {key: tensor.shape for key, tensor in net.state_dict().items()}
    net.load_state_dict({key: torch.from_numpy(state[key]).reshape(shape) for key, shape in shapes.items()})
    labels = torch.from_numpy(labels)
    batch = torch.from_numpy(images).to(dtype).requires_grad_()
    result = {}
    for step in range(STEPS):
        net.zero_grad()
        values = outputs(net, batch)
        loss = description.loss_of(values[-1], labels)
        loss.backward()
        if step == 0:
            result.update({f"output.{i}": value for i, value in enumerate(values)})
            result.update({"loss": loss.reshape(1), "grad.input": batch.grad})
            result.update({f"grad.{key}": parameter.grad for key, parameter in net.named_parameters()})
            if description.loss == "softmax-cross-entropy":
                result["probabilities"] = values[-1].softmax(1)
            result = {key: tensor.detach().clone() for key, tensor in result.items()}
        with torch.no_grad():
            for parameter in net.parameters():
                parameter -= rate * parameter.grad
    # A scalar is an array of one number in these files.
    result.update({f"after.{key}": tensor.reshape(tensor.shape or (1,)) for key, tensor in net.state_dict().items()})
    net.eval()
    with torch.no_grad():
        result["eval.output"] = net(batch)
    return {key: tensor.detach().numpy() for key, tensor in result.items()}


def magnitude(tensor):
    return float(numpy.abs(tensor).max()) if tensor.size else 0.0


def worst(expected, actual):
    """The largest error of any tensor, relative to the tensor's largest magnitude, and its key.

    A gradient that cancels (a bias before a batch normalization) is measured by the largest gradient of its layer.
    """
    layers = {}
    for key, tensor in expected.items():
        if key.startswith("grad."):
            layer = key.split(".")[1]
            layers[layer] = max(layers.get(layer, 0), magnitude(tensor))
    largest, where = 0.0, ""
    for key, tensor in expected.items():
        scale = magnitude(tensor)
        if key.startswith("grad.") and scale < 1e-4 * layers[key.split(".")[1]]:
            scale = layers[key.split(".")[1]]
        error = magnitude(actual[key].astype(numpy.float64) - tensor.astype(numpy.float64)) / max(scale, 1e-300)
        if not numpy.isfinite(error):
            return float("inf"), key
        if error > largest:
            largest, where = error, key
    return largest, where


class Case:
    """A case in the making, or one that was read."""

    def __init__(self, description, seed, batch, rate, data):
        if any(name == "dropout" for _, name, _, _ in description.layers):
            raise ValueError("dropout draws random numbers, which PyTorch and nodeps draw differently: take it out")
        if batch < 2 and any(name == "batchnorm" for _, name, _, _ in description.layers):
            raise ValueError("batch normalization needs a batch of 2 or more")
        rng = numpy.random.RandomState(seed)
        net = description.sequential()
        self.description, self.rate = description, rate
        self.state = starting_state(net, rng)
        classes = net(torch.zeros(2, *description.input)).shape[1]
        self.images, self.labels = batch_of(description, classes, batch, data, rng)
        self.result = run(description, self.state, self.images, self.labels, rate)
        self.metadata = {
            "net": description.text, "loss": description.loss, "learning_rate": repr(rate), "batch": str(batch),
            "parameters": str(sum(parameter.numel() for parameter in net.parameters())), "seed": str(seed),
        }

    def float32_error(self):
        """How far PyTorch itself is off in float32."""
        actual = run(self.description, self.state, self.images, self.labels, self.rate, torch.float32)
        return worst(self.result, actual)

    def write(self, path):
        tensors = {f"param.{key}": value for key, value in self.state.items()}
        tensors.update({"input": self.images, "labels": self.labels})
        for key, value in self.result.items():
            tensors[key] = value if value.dtype == numpy.int64 else value.astype(numpy.float32)
        write_safetensors(path, self.metadata, tensors)
        error, where = self.float32_error()
        print(f"{path}: {os.path.getsize(path):,} bytes; in float32 PyTorch is {error:.1e} off ({where})")


def check(path):
    """Computes a case again from its parameters and inputs; true when everything agrees."""
    metadata, tensors = read_safetensors(path)
    state = {key[len("param."):]: tensor for key, tensor in tensors.items() if key.startswith("param.")}
    given = [key for key in tensors if key.startswith("param.") or key in ("input", "labels")]
    result = run(Description(metadata["net"]), state, tensors["input"], tensors["labels"], float(metadata["learning_rate"]))
    expected = {key: tensor for key, tensor in tensors.items() if key not in given}
    if list(expected) != list(result):
        print(f"{path}: tensors missing or strange: {sorted(set(expected) ^ set(result))}")
        return False
    shapes = [key for key in expected if expected[key].shape != result[key].shape]
    if shapes:
        print(f"{path}: wrong shapes: {shapes}")
        return False
    error, where = worst(expected, result)
    print(f"{path}: {len(expected)} tensors, largest error {error:.1e} ({where})")
    return error <= TOLERANCE


def random_size(rng, least, most):
    """N or HxW."""
    rows, columns = rng.randint(least, most + 1), rng.randint(least, most + 1)
    return (f"{rows}", rows, rows) if rng.randint(3) == 0 else (f"{rows}x{columns}", rows, columns)


def random_window(rng, name, shape):
    """The options of a window that fits, and the shape behind it without its channels."""
    while True:
        kernel = random_size(rng, 1, 4)
        stride = random_size(rng, 1, 3)
        pad = random_size(rng, 0, 2)
        if name != "conv" and any(2 * pad[i] > kernel[i] for i in (1, 2)):
            continue
        explicit = rng.randint(4) > 0
        steps = stride if explicit else ("", 1, 1) if name == "conv" else kernel
        sides = [(shape[i] + 2 * pad[i] - kernel[i]) // steps[i] + 1 for i in (1, 2)]
        if min(shape[i] + 2 * pad[i] - kernel[i] for i in (1, 2)) < 0:
            continue
        return f" kernel={kernel[0]}" + (f" stride={stride[0]}" if explicit else "") + f" pad={pad[0]}", sides


def random_layers(rng, shapes, lines, kinds, count):
    """Appends random layers; shapes[0] is the input's, and shapes[-1] the last output's."""
    for _ in range(count):
        name, shape = kinds[rng.randint(len(kinds))], shapes[-1]
        if name == "shortcut":
            backs = [back for back in range(2, len(shapes)) if shapes[-1 - (back - 1)] == shape]
            if not backs:
                continue
            name += f" back={backs[rng.randint(len(backs))]}"
        elif name == "leakyrelu":
            name += f" slope=0.{rng.randint(1, 10)}"
        elif name == "dense":
            shape = (rng.randint(2, 14),)
            name += f" {shape[0]}"
        elif name in ("conv", "maxpool", "avgpool"):
            options, sides = random_window(rng, name, shape)
            channels = rng.randint(1, 7) if name == "conv" else shape[0]
            name += (f" {channels}" if name == "conv" else "") + options
            shape = (channels, *sides)
        lines.append(name)
        shapes.append(shape)


def random_description(rng):
    """A description of random layers."""
    simple = ["relu", "sigmoid", "tanh", "leakyrelu", "batchnorm", "shortcut"]
    shapes = [(rng.randint(1, 4), rng.randint(4, 15), rng.randint(4, 15))]
    lines = ["input " + "x".join(str(size) for size in shapes[0])]
    random_layers(rng, shapes, lines, simple + ["conv", "conv", "conv", "maxpool", "avgpool"], rng.randint(0, 8))
    lines.append("flatten")
    shapes.append((int(numpy.prod(shapes[-1])),))
    random_layers(rng, shapes, lines, simple + ["dense", "dense"], rng.randint(0, 5))
    lines.append(f"dense {rng.randint(2, 12)}")
    if rng.randint(4) == 0:
        lines += [rng.choice(["sigmoid", "tanh"]), "loss squared-error"]
    else:
        lines.append("loss softmax-cross-entropy" + (f" smoothing=0.{rng.randint(1, 4)}" if rng.randint(4) == 0 else ""))
    return Description("\n".join(lines))


def random_case(seed, data):
    """A case that float32 can hold to well below 1e-4: others are drawn again."""
    attempt = 0
    while True:
        rng = numpy.random.RandomState(1000 * seed + attempt)
        description = random_description(rng)
        batch = rng.randint(1, 9)
        if "batchnorm" in description.text:
            batch += 4
        case = Case(description, 1000 * seed + attempt, int(batch), float(rng.choice([0.01, 0.05, 0.1])), data)
        if case.float32_error()[0] < FLOAT32_LIMIT:
            return case
        attempt += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--net", metavar="NAME|FILE")
    what.add_argument("--folder", metavar="DIR")
    what.add_argument("--random", type=int, metavar="N")
    what.add_argument("--check", nargs="+", metavar="CASE.safetensors")
    parser.add_argument("--out", metavar="FILE|DIR")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--data", default=SAMPLE, metavar="DIR")
    options = parser.parse_args()
    if (options.net or options.random) and not options.out:
        parser.error("--out is missing")
    torch.set_num_threads(1)

    if options.check:
        return 0 if all([check(path) for path in options.check]) else 1
    if options.random:
        os.makedirs(options.out, exist_ok=True)
        for seed in range(options.seed, options.seed + options.random):
            random_case(seed, options.data).write(os.path.join(options.out, f"random-{seed}.safetensors"))
        return 0
    nets = [options.net] if options.net else sorted(glob.glob(os.path.join(options.folder, "*.net")))
    for net in nets:
        description = read_description(net)
        batch = options.batch or (int(description.recipe.get("batch", "4")) if options.folder else 4)
        rate = options.rate or (float(description.recipe.get("rate", "0.05")) if options.folder else 0.05)
        name = os.path.splitext(os.path.basename(net))[0] + ".safetensors"
        out = options.out if options.net else os.path.join(options.out or options.folder, name)
        Case(description, options.seed, batch, rate, options.data).write(out)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ValueError, OSError) as error:
        sys.exit(f"make_reference: {error}")
