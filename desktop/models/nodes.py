"""The nodes and initializers of an ONNX graph under construction; large ones go to a weights file as they are made."""

from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from desktop.engine.interface import GRAPH_FILE

WEIGHTS_FILE = f"{GRAPH_FILE}.data"
MICROSOFT = "com.microsoft"  # the domain of ONNX Runtime's own operators
_ALIGNMENT = 4096  # bytes; weights are memory mapped


@dataclass(slots=True)
class Nodes:
    """Nodes and initializers; `name`s are unique by their layer's prefix."""

    weights: BinaryIO
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
        self.weights.seek(-self.weights.tell() % _ALIGNMENT, 1)
        offset = self.weights.tell()
        self.weights.write(np.ascontiguousarray(values).data)
        return self._external(name, helper.np_dtype_to_tensor_dtype(values.dtype), values.shape, offset, values.nbytes)

    def view(self, name: str, of: str, shape: tuple[int, ...]) -> str:
        """Add an initializer that reads the bytes of another one in a different shape."""
        original = next(tensor for tensor in self.initializers if tensor.name == of)
        place = {entry.key: int(entry.value) for entry in original.external_data if entry.key != "location"}
        return self._external(name, original.data_type, shape, place["offset"], place["length"])

    def _external(self, name: str, kind: int, shape: tuple[int, ...], offset: int, length: int) -> str:
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", WEIGHTS_FILE), ("offset", str(offset)), ("length", str(length))):
            tensor.external_data.add(key=key, value=value)
        self.initializers.append(tensor)
        return name
