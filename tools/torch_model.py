#!/usr/bin/env python3
"""Loads a model that `nodeps train` saved into the equivalent torch.nn.Sequential and measures it on a test set.

    tools/torch_model.py MODEL.safetensors DATA_FOLDER [--logits N] [--float64]

Prints "CORRECT/COUNT", or with --logits the outputs of the first N test images, a JSON array a line. Nothing is renamed:
load_state_dict takes the file's keys as they are, of a checkpoint those that do not begin with "training.". Reads the file by
hand, so that it needs PyTorch and NumPy only.
"""
import argparse
import json

import numpy
import torch

from tensor_files import read_idx, read_safetensors
from torch_network import Description


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", metavar="MODEL.safetensors")
    parser.add_argument("data", metavar="DATA_FOLDER")
    parser.add_argument("--logits", type=int, default=0, metavar="N")
    parser.add_argument("--float64", action="store_true")
    options = parser.parse_args()

    metadata, tensors = read_safetensors(options.model)
    net = Description(metadata["net"]).sequential()
    net.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in tensors.items() if not name.startswith("training.")})
    net.eval()
    if options.float64:
        net.double()
    images = read_idx(options.data, "t10k-images-idx3-ubyte")
    labels = read_idx(options.data, "t10k-labels-idx1-ubyte")
    if options.logits:
        images = images[:options.logits]
    pixels = torch.from_numpy(images.astype(numpy.float64 if options.float64 else numpy.float32) / 255).unsqueeze(1)
    with torch.no_grad():
        logits = net((pixels - float(metadata["mean"])) / float(metadata.get("std", metadata.get("deviation")))).numpy()
    if options.logits:
        for row in logits:
            print(json.dumps([float(logit) for logit in row]))
    else:
        print(f"{(logits.argmax(1) == labels).sum()}/{len(labels)}")


if __name__ == "__main__":
    main()
