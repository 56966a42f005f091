"""Texts to vectors. The only file that knows sentence-transformers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.bundled import ADAPTED_NAME, MODEL_NAME, bundled_model, bundled_version
from index.errors import PlanError

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""

_BATCH = 16


@dataclass(frozen=True)
class Encoded:
    """A text as one model pass sees it.

    Attributes:
        vector: float32 (dimension,), length 1.
        tokens: float32 (n, dimension), one row of length 1 for each piece, prompt and marks left out.
        pieces: the n pieces of the text, as the tokenizer writes them, without the mark of a word's beginning.
    """

    vector: Vectors
    tokens: Vectors
    pieces: tuple[str, ...]


class Embedder(Protocol):
    """What an index needs of an embedding model."""

    name: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""

    def encode_tokens(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> list[Encoded]:
        """Return each text with its vector and the vectors of its pieces, from the same pass."""


class SentenceEmbedder:
    """A sentence-transformers model on the processor.

    Attributes:
        name: what the manifest records: the bundled model's name and version (another adapter is another model), or the
            folder or hub name given.
        dimension: length of a vector.
    """

    def __init__(self, model: str = ADAPTED_NAME, *, allow_download: bool = False) -> None:
        """Load `model`: the bundled one, a folder, or a hub name.

        Args:
            model: name or folder.
            allow_download: let a hub name be fetched over the network; otherwise it must be in the local cache.

        Raises:
            PlanError: it cannot be loaded.
        """
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer

        transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        bundled = model in (MODEL_NAME, ADAPTED_NAME)
        place = str(bundled_model(model)) if bundled else model
        arguments: dict[str, Any] = {"dtype": "auto"}
        try:
            self._model = SentenceTransformer(
                place, device="cpu", local_files_only=not allow_download, model_kwargs=arguments
            )
        except Exception as error:  # each kind of model fails in its own way; the user needs one line
            given = "a folder" if Path(model).is_dir() else "no folder of that name, nor a model in the local cache"
            raise PlanError(
                expected=f"a sentence-transformers model at {model!r}",
                got=f"{given} ({type(error).__name__})",
                next_step="set PLANQA_EMBEDDING_MODEL to a model folder, or PLANQA_ALLOW_DOWNLOAD=1 to fetch it",
            ) from error
        _choose_precision(self._model, torch)
        self.name = bundled_version(model) if bundled else model
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""
        return np.asarray(self._model.encode_query(list(texts), **self._options), np.float32)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for first in range(0, len(texts), _BATCH):
            places = order[first : first + _BATCH]
            vectors[places] = self._model.encode_document([texts[i] for i in places], **self._options)
            if progress:
                progress(min(first + _BATCH, len(texts)), len(texts))
        return vectors

    def encode_tokens(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> list[Encoded]:
        """Return each text with its vector and the vectors of its pieces, from the same pass."""
        encode = self._model.encode_query if query else self._model.encode_document
        prompt = self._prompt_length(query)
        encoded: list[Encoded] = []
        for first in range(0, len(texts), _BATCH):
            batch = list(texts[first : first + _BATCH])
            rows: Any = encode(batch, output_value=None, show_progress_bar=False)
            for row in rows:
                kept = row["attention_mask"].bool()
                tokens = row["token_embeddings"][kept][prompt:-1].float().numpy()
                pieces = self._model.tokenizer.convert_ids_to_tokens(row["input_ids"][kept][prompt:-1].tolist())
                encoded.append(
                    Encoded(
                        _unit(row["sentence_embedding"].float().numpy()),
                        _unit(tokens),
                        tuple(piece.lstrip("▁") for piece in pieces),
                    )
                )
            if progress:
                progress(len(encoded), len(texts))
        return encoded

    def _prompt_length(self, query: bool) -> int:
        """Return how many pieces stand before the text: the mark of the beginning and the prompt.

        The blank at the prompt's end is counted with the text, since it may be one piece with the first word.
        """
        prompt = (self._model.prompts.get("query" if query else "document") or "").rstrip()
        return len(self._model.tokenizer(prompt)["input_ids"]) - 1

    _options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}  # noqa: RUF012


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def _choose_precision(model: Any, torch: Any) -> None:
    """Compute in bfloat16 where the processor does (AMX or AVX512-BF16), else in float32.

    In float32 the embedding tables stay as stored and only the rows that are looked up are widened: the same numbers,
    190 MB less for the bundled model.
    """
    if torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported():
        model.to(torch.bfloat16)
        return
    for module in model.modules():
        if isinstance(module, torch.nn.Embedding):
            module.register_forward_hook(lambda _module, _inputs, rows: rows.float())
        elif not list(module.children()):
            module.float()
