"""Network descriptions (docs/architecture.md) in PyTorch: the reader, the equivalent torch.nn.Sequential, the loss."""
import os

import torch
from torch import nn

NETS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "nets")


class Shortcut(nn.Identity):
    """Holds a shortcut's place in the Sequential, so that the keys of the layers behind it stay theirs."""

    def __init__(self, back):
        super().__init__()
        self.back = back


class SequentialWithShortcuts(nn.Sequential):
    """A Sequential in which a shortcut at place i adds the output at place i - back."""

    def forward(self, batch):
        return outputs(self, batch)[-1]


def outputs(net, batch):
    """The output of every layer in turn."""
    values = [batch]
    for layer in net:
        value = layer(values[-1])
        values.append(value + values[-layer.back] if isinstance(layer, Shortcut) else value)
    return values[1:]


class Description:
    """A description's lines, its options, and what they build."""

    def __init__(self, text):
        """Reads a text; `text` keeps its lines without comments and recipe."""
        self.layers, self.input, self.loss, self.smoothing, self.recipe = [], None, None, 0.0, {}
        kept = []
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            numbers = [word for word in words[1:] if "=" not in word]
            options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
            if words[0] == "recipe":
                self.recipe = options
                continue
            kept.append(" ".join(words))
            if words[0] == "input":
                self.input = tuple(int(size) for size in numbers[0].split("x"))
            elif words[0] == "loss":
                self.loss, self.smoothing = numbers[0], float(options.get("smoothing", "0"))
            else:
                self.layers.append((number, words[0], numbers, options))
        if self.input is None or self.loss not in ("softmax-cross-entropy", "squared-error"):
            raise ValueError("a description needs an input line and a loss line")
        self.text = "\n".join(kept)

    def sequential(self):
        """The torch.nn.Sequential. Shapes that do not fit are told with the line's number."""
        modules, values = [], [torch.zeros(2, *self.input)]
        for number, name, numbers, options in self.layers:
            try:
                module = build(name, numbers, options, values[-1].shape).eval()
                with torch.no_grad():
                    value = module(values[-1])
                    values.append(value + values[-module.back] if isinstance(module, Shortcut) else value)
            except (RuntimeError, KeyError, IndexError, ValueError) as error:
                raise ValueError(f"line {number}: {name}: {error}") from error
            modules.append(module)
        shortcuts = any(isinstance(module, Shortcut) for module in modules)
        return (SequentialWithShortcuts if shortcuts else nn.Sequential)(*modules).train()

    def loss_of(self, output, labels):
        """The mean over the batch, as a scalar tensor."""
        if self.loss == "softmax-cross-entropy":
            return nn.functional.cross_entropy(output, labels, label_smoothing=self.smoothing)
        target = nn.functional.one_hot(labels, output.shape[1]).to(output.dtype)
        return (output - target).square().sum(1).mean() / 2


def read_description(net):
    """The description of a built-in network's name or of a file."""
    path = os.path.join(NETS, net + ".net")
    with open(path if os.path.exists(path) else net, encoding="utf-8") as file:
        return Description(file.read())


def sizes(text):
    """N or HxW as a pair."""
    numbers = [int(number) for number in text.split("x")]
    return tuple(numbers * 2 if len(numbers) == 1 else numbers)


def build(name, numbers, options, shape):
    """One layer for an input of that shape, the batch included."""
    if name in ("conv", "maxpool", "avgpool"):
        kernel = sizes(options["kernel"])
        padding = sizes(options.get("pad", "0"))
        stride = sizes(options["stride"]) if "stride" in options else (1, 1) if name == "conv" else kernel
        if name == "conv":
            return nn.Conv2d(shape[1], int(numbers[0]), kernel, stride, padding)
        return (nn.MaxPool2d if name == "maxpool" else nn.AvgPool2d)(kernel, stride, padding)
    if name == "dense":
        if len(shape) != 2:
            raise ValueError('add "flatten" before it')
        return nn.Linear(shape[1], int(numbers[0]))
    if name == "batchnorm":
        return (nn.BatchNorm2d if len(shape) == 4 else nn.BatchNorm1d)(shape[1])
    if name == "dropout":
        return nn.Dropout(float(numbers[0]))
    if name == "leakyrelu":
        return nn.LeakyReLU(float(options.get("slope", "0.01")))
    if name == "shortcut":
        return Shortcut(int(options["back"]))
    return {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "flatten": nn.Flatten}[name]()
