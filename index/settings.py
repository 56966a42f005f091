"""What can be set about plan and index, by environment (`PLANQA_…`) or by argument."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.bundled import MODEL_NAME

DEFAULT_PLAN = Path(__file__).parents[1] / "plans" / "digital-qingdao-2023-2025.txt"


class IndexSettings(BaseSettings):
    """Plan and index.

    Attributes:
        plans: files with the plans, as JSON in the environment: `PLANQA_PLANS='["a.txt"]'`.
        index_dir: folder of the index.
        embedding_model: the bundled model's name, a folder, or a hub name.
        allow_download: let a hub name be fetched over the network.
    """

    model_config = SettingsConfigDict(env_prefix="PLANQA_", frozen=True, extra="forbid")

    plans: tuple[Path, ...] = (DEFAULT_PLAN,)
    index_dir: Path = Path(platformdirs.user_cache_dir("planqa")) / "index"
    embedding_model: str = MODEL_NAME
    allow_download: bool = False
