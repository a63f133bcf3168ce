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


def read_description(net, width=1):
    """The description of a built-in network's name or of a file; with so many times the outputs of all layers but the last."""
    path = os.path.join(NETS, net + ".net")
    with open(path if os.path.exists(path) else net, encoding="utf-8") as file:
        description = Description(file.read())
    wide = [numbers for _, name, numbers, _ in description.layers if name in ("conv", "dense")]
    for numbers in wide[:-1]:
        numbers[0] = str(int(numbers[0]) * width)
    return description


def folded(net):
    """
    The same function of an evaluated Sequential with fewer passes over memory: ReLU after a maximum pooling instead of before
    it, and batch normalization as part of the next convolution or dense layer, past a pooling where its scales are positive.
    Where a layer does not allow that, normalization stays.
    """
    layers = list(net)
    if isinstance(net, SequentialWithShortcuts):
        return net
    with torch.no_grad():
        at = 0
        while at < len(layers):
            end = place_to_fold(layers, at) if isinstance(layers[at], (nn.BatchNorm1d, nn.BatchNorm2d)) else None
            if end is not None:
                layers[end] = with_normalization(layers[at], layers[end])
                del layers[at]
            else:
                at += 1
    for i in range(len(layers) - 1):
        if isinstance(layers[i], nn.ReLU) and isinstance(layers[i + 1], nn.MaxPool2d):
            layers[i], layers[i + 1] = layers[i + 1], layers[i]
    return nn.Sequential(*layers).eval()


def place_to_fold(layers, at):
    """The place of the layer that can take the batch normalization at a place, or None."""
    scale = layers[at].weight / torch.sqrt(layers[at].running_var + layers[at].eps)
    for i in range(at + 1, len(layers)):
        layer = layers[i]
        if isinstance(layer, nn.Linear) or isinstance(layer, nn.Conv2d) and tuple(layer.padding) == (0, 0):
            return i
        passes = isinstance(layer, nn.MaxPool2d) and bool((scale > 0).all()) and layer.padding in (0, (0, 0))
        if not passes and not isinstance(layer, nn.Flatten):
            return None
    return None


def with_normalization(norm, layer):
    """The convolution or dense layer with the batch normalization before it in its weights and bias."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    shift = norm.bias - norm.running_mean * scale
    weight = layer.weight
    if isinstance(layer, nn.Linear):
        # After flattening each channel is a run of features.
        run = weight.shape[1] // len(scale)
        scale, shift = scale.repeat_interleave(run), shift.repeat_interleave(run)
        bias = layer.bias + weight @ shift
        result = nn.Linear(weight.shape[1], weight.shape[0])
        result.weight.copy_(weight * scale)
    else:
        bias = layer.bias + weight.sum((2, 3)) @ shift
        result = nn.Conv2d(layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride)
        result.weight.copy_(weight * scale[:, None, None])
    result.bias.copy_(bias)
    return result


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
