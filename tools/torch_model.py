#!/usr/bin/env python3
"""Loads a model that `nodeps train` saved into the equivalent torch.nn.Sequential and measures it on a test set.

    tools/torch_model.py MODEL.safetensors DATA_FOLDER

Prints "CORRECT/COUNT". Nothing is renamed: load_state_dict takes the file's keys as they are. Reads the file by hand, so
that it needs PyTorch and NumPy only.
"""
import gzip
import json
import os
import struct
import sys

import numpy
import torch
from torch import nn

DTYPES = {"F32": numpy.float32, "I64": numpy.int64}


def read_safetensors(path):
    """The metadata, and the tensors by name."""
    with open(path, "rb") as file:
        content = file.read()
    length, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    data = content[8 + length:]
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return metadata, tensors


def sizes(text):
    """N or HxW as a pair."""
    numbers = [int(number) for number in text.split("x")]
    return tuple(numbers * 2 if len(numbers) == 1 else numbers)


def sequential(description):
    """The torch.nn.Sequential of a network description (docs/architecture.md); shortcuts have no equivalent."""
    layers, shape = [], None
    for line in description.splitlines():
        words = line.split("#")[0].split()
        if not words or words[0] in ("loss", "recipe"):
            continue
        name, numbers = words[0], [word for word in words[1:] if "=" not in word]
        options = dict(word.split("=") for word in words[1:] if "=" in word)
        if name == "input":
            shape = torch.zeros(2, *(int(number) for number in numbers[0].split("x")))
            continue
        if name in ("conv", "maxpool", "avgpool"):
            kernel = sizes(options["kernel"])
            padding = sizes(options.get("pad", "0"))
            stride = sizes(options["stride"]) if "stride" in options else (1, 1) if name == "conv" else kernel
        if name == "conv":
            layer = nn.Conv2d(shape.shape[1], int(numbers[0]), kernel, stride, padding)
        elif name == "maxpool":
            layer = nn.MaxPool2d(kernel, stride, padding)
        elif name == "avgpool":
            layer = nn.AvgPool2d(kernel, stride, padding)
        elif name == "dense":
            layer = nn.Linear(shape.shape[1], int(numbers[0]))
        elif name == "batchnorm":
            layer = nn.BatchNorm2d(shape.shape[1]) if shape.dim() == 4 else nn.BatchNorm1d(shape.shape[1])
        elif name == "dropout":
            layer = nn.Dropout(float(numbers[0]))
        elif name == "leakyrelu":
            layer = nn.LeakyReLU(float(options.get("slope", "0.01")))
        else:
            layer = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "flatten": nn.Flatten}[name]()
        layers.append(layer)
        with torch.no_grad():
            shape = layer(shape)
    return nn.Sequential(*layers)


def read_idx(folder, name):
    """The content of an IDX file, plain or gzipped, as an array."""
    path = os.path.join(folder, name)
    with (gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")) as file:
        content = file.read()
    rank = content[3]
    shape = struct.unpack(f">{rank}I", content[4:4 + 4 * rank])
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * rank).reshape(shape)


def main():
    metadata, tensors = read_safetensors(sys.argv[1])
    net = sequential(metadata["net"])
    net.load_state_dict(tensors)
    net.eval()
    images = read_idx(sys.argv[2], "t10k-images-idx3-ubyte")
    labels = read_idx(sys.argv[2], "t10k-labels-idx1-ubyte")
    pixels = torch.from_numpy(images.astype(numpy.float32) / 255).unsqueeze(1)
    with torch.no_grad():
        predictions = net((pixels - float(metadata["mean"])) / float(metadata["deviation"])).argmax(1).numpy()
    print(f"{(predictions == labels).sum()}/{len(labels)}")


if __name__ == "__main__":
    main()
