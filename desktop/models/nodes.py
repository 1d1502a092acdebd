"""The nodes and initializers of an ONNX graph under construction; large ones go to a weights file as they are made."""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.interface import WEIGHTS_FILE

MICROSOFT = "com.microsoft"  # the domain of ONNX Runtime's own operators
_ALIGNMENT = 4096  # bytes; weights are memory mapped


class WeightsFile:
    """A file that grows at its end and is hashed on the way, so that it need not be read again.

    Attributes:
        size: in bytes, so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.size = 0
        self._file, self._digest = file, hashlib.sha256()

    def align(self) -> int:
        """Fill up to where a tensor may begin; gives that place."""
        self._write(bytes(-self.size % _ALIGNMENT))
        return self.size

    def add(self, values: NDArray[np.generic]) -> None:
        """Append numbers."""
        self._write(np.ascontiguousarray(values).data.cast("B") if values.size else b"")

    def sha256(self) -> str:
        """Give the sha256 of what was written, hexadecimal."""
        return self._digest.hexdigest()

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)


@dataclass(slots=True)
class Nodes:
    """Nodes and initializers; `name`s are unique by their layer's prefix."""

    weights: WeightsFile
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initializers: list[onnx.TensorProto] = field(default_factory=list)

    def add(
        self,
        op: str,
        inputs: list[str],
        name: str,
        *,
        outputs: list[str] | None = None,
        domain: str = "",
        **attributes: Any,
    ) -> str:
        """Append a node; its output is named like itself unless `outputs` names them. Gives the first one's name."""
        names = outputs or [name]
        self.nodes.append(helper.make_node(op, inputs, names, name=name, domain=domain, **attributes))
        return names[0]

    def branch(self) -> "Nodes":
        """Begin a subgraph. It may read the whole graph's names, but has constants of its own.

        Handing a subgraph a value from outside costs 1 to 2 us each time it runs, a constant too.
        """
        return Nodes(self.weights)

    def has(self, name: str) -> bool:
        """Tell whether an initializer of this name exists."""
        return any(tensor.name == name for tensor in self.initializers)

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Add a small initializer inside the graph file."""
        self.initializers.append(onnx.numpy_helper.from_array(values, name))
        return name

    def stored(self, name: str, values: NDArray[np.generic]) -> str:
        """Add an initializer whose bytes go to the weights file."""
        return self.stored_by_rows(name, [values], values.shape)

    def stored_by_rows(self, name: str, parts: Iterable[NDArray[np.generic]], shape: tuple[int, ...]) -> str:
        """Add such an initializer, of this shape in all, a few rows at a time; there is at least one part."""
        offset, kind = self.weights.align(), 0
        for part in parts:
            self.weights.add(part)
            kind = helper.np_dtype_to_tensor_dtype(part.dtype)
        return self._external(name, kind, shape, offset, self.weights.size - offset)

    def view(self, name: str, of: str, shape: tuple[int, ...], first: int = 0) -> str:
        """Add an initializer that reads the bytes of another one, from number `first` on, in a different shape."""
        original = next(tensor for tensor in self.initializers if tensor.name == of)
        place = {entry.key: int(entry.value) for entry in original.external_data if entry.key != "location"}
        each = helper.tensor_dtype_to_np_dtype(original.data_type).itemsize
        return self._external(name, original.data_type, shape, place["offset"] + first * each, math.prod(shape) * each)

    def drop(self, name: str) -> None:
        """Take an initializer away that nothing reads; its bytes stay, for views of them."""
        self.initializers = [tensor for tensor in self.initializers if tensor.name != name]

    def shape(self, name: str) -> tuple[int, ...]:
        """Give the shape of an initializer."""
        return tuple(next(tensor for tensor in self.initializers if tensor.name == name).dims)

    def _external(self, name: str, kind: int, shape: tuple[int, ...], offset: int, length: int) -> str:
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", WEIGHTS_FILE), ("offset", str(offset)), ("length", str(length))):
            tensor.external_data.add(key=key, value=value)
        self.initializers.append(tensor)
        return name
