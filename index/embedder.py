"""Texts to vectors. The only file that knows sentence-transformers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.bundled import MODEL_NAME, bundled_model
from index.errors import PlanError

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""

_BATCH = 16


class Embedder(Protocol):
    """What an index needs of an embedding model."""

    name: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32 (len(texts), dimension), each row of length 1."""


class SentenceEmbedder:
    """A sentence-transformers model on the processor.

    Attributes:
        name: what the manifest records: the bundled model's name, or the folder or hub name given.
        dimension: length of a vector.
    """

    def __init__(self, model: str = MODEL_NAME, *, allow_download: bool = False) -> None:
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

        transformers.utils.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        place = str(bundled_model()) if model == MODEL_NAME else model
        arguments: dict[str, Any] = {"dtype": _float_type(torch)}
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
        self.name = model
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

    _options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}  # noqa: RUF012


def _float_type(torch: Any) -> Any:
    """Return bfloat16 where the processor computes in it (AMX or AVX512-BF16), else float32."""
    has_bfloat16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.bfloat16 if has_bfloat16 else torch.float32
