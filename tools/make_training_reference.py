#!/usr/bin/env python3
"""Makes reference cases of whole trainings: what PyTorch's optimizers, schedules and averages come to in float64.

    tools/make_training_reference.py --out DIR                 makes every case
    tools/make_training_reference.py --check CASE.safetensors...  computes cases again and compares

A case is a description with its recipe line, parameters, images and labels, all exact float32 numbers; and of every step the
rate, the loss and, where it is clipped, the norm of the gradients; and the parameters after the last step (after.KEY) and their
average (average.KEY). Epochs take the images in order. Needs PyTorch and NumPy. Exit status 69 without, 1 when a check fails.
"""
import argparse
import os
import sys

try:
    import numpy
    import torch
    from torch import nn
except ImportError as error:
    print(f"make_training_reference: {error} (Debian: python3-torch, for /usr/bin/python3)", file=sys.stderr)
    sys.exit(69)

from torch.optim import lr_scheduler
from torch.optim.swa_utils import AveragedModel

from make_reference import starting_state
from tensor_files import read_safetensors, write_safetensors
from torch_network import Description

IMAGES = 24
TOLERANCE = 1e-6
# The bias of a convolution right before a batch normalization would have a gradient of rounding errors, which Adam magnifies.
LAYERS = "input 1x6x6\nconv 3 kernel=3\nrelu\nbatchnorm\nflatten\ndense 20\ntanh\ndense 4\n"
CASES = {
    "adamw": LAYERS + "loss softmax-cross-entropy smoothing=0.1\n"
    "recipe epochs=3 batch=6 optimizer=adamw rate=0.02 decay=0.1 schedule=cosine clip=0.5 ema=0.9 class-weights=balanced\n",
    "adamw-warmup": LAYERS + "loss softmax-cross-entropy\n"
    "recipe epochs=3 batch=6 optimizer=adamw rate=0.02 decay=0.5 schedule=cosine warmup=1.5 ema=0.8\n",
    "nesterov": LAYERS + "loss squared-error\n"
    "recipe epochs=3 batch=6 optimizer=nesterov rate=0.1 momentum=0.8 decay=0.01 schedule=linear warmup=0.5 clip=0.3 ema=0.7 "
    "class-weights=balanced\n",
    "step": LAYERS + "loss softmax-cross-entropy\n"
    "recipe epochs=6 batch=12 optimizer=momentum rate=0.1 momentum=0.9 decay=0.01 schedule=step step-epochs=2 step-factor=0.5 ema=0.5\n",
}


def optimizer_of(recipe, parameters):
    rate, decay = float(recipe["rate"]), float(recipe["decay"])
    if recipe["optimizer"] == "adamw":
        return torch.optim.AdamW(parameters, rate, weight_decay=decay)
    return torch.optim.SGD(parameters, rate, momentum=float(recipe["momentum"]), weight_decay=decay,
                           nesterov=recipe["optimizer"] == "nesterov")


def schedule_of(recipe, optimizer, steps_per_epoch):
    steps = int(recipe["epochs"]) * steps_per_epoch
    warmup = round(float(recipe.get("warmup", "0")) * steps_per_epoch)
    if recipe["schedule"] == "cosine":
        schedule = lr_scheduler.CosineAnnealingLR(optimizer, steps - warmup)
    elif recipe["schedule"] == "linear":
        schedule = lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps - warmup)
    else:
        schedule = lr_scheduler.StepLR(optimizer, int(recipe["step-epochs"]) * steps_per_epoch, float(recipe["step-factor"]))
    if warmup == 0:
        return schedule
    # A schedule sets the first rate when it is made: the warm-up has to be made last.
    rise = lr_scheduler.LinearLR(optimizer, 1 / (warmup + 1), 1.0, warmup)
    return lr_scheduler.SequentialLR(optimizer, [rise, schedule], [warmup])


def loss_of(description, output, labels, weights):
    if description.loss == "softmax-cross-entropy":
        return nn.functional.cross_entropy(output, labels, weight=weights, label_smoothing=description.smoothing)
    target = nn.functional.one_hot(labels, output.shape[1]).to(output.dtype)
    each = (output - target).square().sum(1) / 2
    return (weights[labels] * each).sum() / weights[labels].sum()


def run(description, recipe, state, images, labels):
    """Everything that is computed, by key, in float64."""
    net = description.sequential().double()
    net.load_state_dict({key: torch.from_numpy(state[key]).reshape(value.shape) for key, value in net.state_dict().items()})
    images, labels = torch.from_numpy(images).double(), torch.from_numpy(labels)
    batch = int(recipe["batch"])
    decay, clip = float(recipe["ema"]), float(recipe.get("clip", "0"))
    average = AveragedModel(net, avg_fn=lambda a, w, n: decay * a + (1 - decay) * w, use_buffers=True)
    optimizer = optimizer_of(recipe, net.parameters())
    schedule = schedule_of(recipe, optimizer, IMAGES // batch)
    counts = torch.bincount(labels).double()
    weights = IMAGES / (len(counts) * counts) if recipe.get("class-weights") == "balanced" else torch.ones(len(counts)).double()
    rates, losses, norms = [], [], []
    for _ in range(int(recipe["epochs"])):
        for first in range(0, IMAGES, batch):
            optimizer.zero_grad()
            loss = loss_of(description, net(images[first:first + batch]), labels[first:first + batch], weights)
            loss.backward()
            if clip > 0:
                norms.append(float(nn.utils.clip_grad_norm_(net.parameters(), clip)))
            rates.append(optimizer.param_groups[0]["lr"])
            losses.append(float(loss))
            optimizer.step()
            schedule.step()
            average.update_parameters(net)
    result = {"rates": numpy.array(rates), "losses": numpy.array(losses)}
    if clip > 0:
        result["norms"] = numpy.array(norms)
    for name, module in (("after", net), ("average", average.module)):
        result.update({f"{name}.{key}": value.detach().numpy() for key, value in module.state_dict().items()
                       if not key.endswith("num_batches_tracked")})
    return result


def make(name, text, folder):
    description = Description(text)
    rng = numpy.random.RandomState(1)
    state = starting_state(description.sequential(), rng)
    images = rng.standard_normal((IMAGES, *description.input)).astype(numpy.float32)
    labels = numpy.minimum(rng.randint(0, 7, IMAGES), 3).astype(numpy.int64)
    tensors = {f"param.{key}": value for key, value in state.items()}
    tensors.update({"input": images, "labels": labels})
    result = run(description, description.recipe, state, images, labels)
    tensors.update({key: value.astype(numpy.float32) for key, value in result.items()})
    path = os.path.join(folder, name + ".safetensors")
    write_safetensors(path, {"net": text}, tensors)
    print(f"{path}: {os.path.getsize(path):,} bytes")


def check(path):
    """Computes a case again from its parameters and images; true when everything agrees."""
    metadata, tensors = read_safetensors(path)
    description = Description(metadata["net"])
    state = {key[len("param."):]: tensor for key, tensor in tensors.items() if key.startswith("param.")}
    result = run(description, description.recipe, state, tensors["input"], tensors["labels"])
    expected = {key: tensor for key, tensor in tensors.items() if not key.startswith("param.") and key not in ("input", "labels")}
    if list(expected) != list(result):
        print(f"{path}: tensors missing or strange: {sorted(set(expected) ^ set(result))}")
        return False
    errors = {key: float(numpy.abs(tensor - result[key]).max() / numpy.abs(tensor).max()) for key, tensor in expected.items()}
    where = max(errors, key=errors.get)
    print(f"{path}: {len(expected)} tensors, largest error {errors[where]:.1e} ({where})")
    return errors[where] <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="DIR")
    what.add_argument("--check", nargs="+", metavar="CASE.safetensors")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.check:
        return 0 if all([check(path) for path in options.check]) else 1
    os.makedirs(options.out, exist_ok=True)
    for name, text in CASES.items():
        make(name, text, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
