#!/usr/bin/env python3
"""Trains a torch.nn.Sequential in PyTorch and saves it for nodeps: tools/torch_train.py NET DATA_FOLDER OUT [EPOCHS]"""
import sys
import numpy
import torch
from tensor_files import read_idx, write_safetensors
from torch_network import read_description

description = read_description(sys.argv[1])
torch.manual_seed(1)
net = description.sequential()
pixels = torch.from_numpy(read_idx(sys.argv[2], "train-images-idx3-ubyte").astype(numpy.float32) / 255).unsqueeze(1)
labels = torch.from_numpy(read_idx(sys.argv[2], "train-labels-idx1-ubyte").astype(numpy.int64))
mean, deviation = round(pixels.mean().item(), 4), round(pixels.std().item(), 4)
optimizer = torch.optim.SGD(net.parameters(), lr=float(description.recipe.get("rate", "0.05")))
for epoch in range(int(sys.argv[4]) if len(sys.argv) > 4 else 1):
    for batch in torch.randperm(len(pixels)).split(int(description.recipe.get("batch", "64"))):
        optimizer.zero_grad()
        description.loss_of(net((pixels[batch] - mean) / deviation), labels[batch]).backward()
        optimizer.step()
metadata = {"format": "pt", "net": description.text, "mean": str(mean), "std": str(deviation)}
write_safetensors(sys.argv[3], metadata, {name: tensor.numpy() for name, tensor in net.state_dict().items()})
