"""The files that the Python tools share with nodeps: IDX and safetensors, read and written by hand with NumPy."""
import gzip
import json
import os
import struct

import numpy

DTYPES = {"F32": numpy.dtype("<f4"), "F64": numpy.dtype("<f8"), "I64": numpy.dtype("<i8"), "U8": numpy.dtype("u1")}


def read_safetensors(path):
    """The metadata ({} where there is none), and the tensors by name as NumPy arrays in the order of the header."""
    with open(path, "rb") as file:
        content = file.read()
    length, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    data = content[8 + length:]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"]).copy()
    return metadata, tensors


def write_safetensors(path, metadata, tensors):
    """Writes tensors (name to NumPy array) in their order. Metadata is text by name; without any, none is written."""
    header = {"__metadata__": metadata} if metadata else {}
    parts, end = [], 0
    for name, tensor in tensors.items():
        dtype = next(name for name, dtype in DTYPES.items() if dtype == tensor.dtype)
        parts.append(numpy.ascontiguousarray(tensor, DTYPES[dtype]).tobytes())
        begin, end = end, end + len(parts[-1])
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def read_idx(folder, name):
    """The content of an IDX file of bytes, plain or gzipped, as an array."""
    path = os.path.join(folder, name)
    with (gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")) as file:
        content = file.read()
    rank = content[3]
    shape = struct.unpack(f">{rank}I", content[4:4 + 4 * rank])
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * rank).reshape(shape)
