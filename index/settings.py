"""What can be set about plan and index: by argument, by environment (`PLANQA_…`) or in a file, in this order.

The file is `planqa.toml` where a command is run, or the one that `PLANQA_SETTINGS` names: `chat_model = "qwen3"`.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError

from index.bundled import ADAPTED_NAME
from index.errors import PlanError

DEFAULT_PLAN = Path(__file__).parents[1] / "plans" / "digital-qingdao-2023-2025.txt"


class IndexSettings(BaseSettings):
    """Plan and index.

    Attributes:
        plans: files with the plans; in the environment one path, several with the system's path separator between them (`a.txt:b.txt`), or a JSON list.
        index_dir: folder of the index.
        embedding_model: the bundled model's name (as adapted or as published), a folder, or a hub name.
        allow_download: let a hub name be fetched over the network.
    """

    model_config = SettingsConfigDict(env_prefix="PLANQA_", frozen=True, extra="ignore")

    plans: Annotated[tuple[Path, ...], NoDecode] = (DEFAULT_PLAN,)
    index_dir: Path = Path(platformdirs.user_cache_dir("planqa")) / "index"
    embedding_model: str = ADAPTED_NAME
    allow_download: bool = False

    def __init__(self, **given: Any) -> None:
        """Read the settings.

        Raises:
            PlanError: a value does not fit, or the settings' file cannot be read.
        """
        try:
            super().__init__(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"])) or "settings"
            got = "" if "key" in name else f"{first.get('input')!r}: "
            raise PlanError(
                expected=f"a value that fits the setting {name} (PLANQA_{name.upper()})",
                got=f"{got}{first['msg'][:1].lower()}{first['msg'][1:]}", next_step="mend it or take it out",
            ) from None  # fmt: skip
        except (SettingsError, tomllib.TOMLDecodeError, OSError) as error:
            raise PlanError(
                expected=f"settings that can be read (environment PLANQA_…, {settings_file()})",
                got=" ".join(str(error).split()), next_step="mend the value or the file",
            ) from None  # fmt: skip

    @field_validator("plans", mode="before")
    @classmethod
    def _paths(cls, given: object) -> object:
        """Take a path, several of them, or a JSON list, as the environment has them."""
        if not isinstance(given, str):
            return given
        try:
            paths = json.loads(given) if given.lstrip().startswith("[") else [one for one in given.split(os.pathsep) if one]
        except json.JSONDecodeError:
            raise ValueError('no JSON list of paths, such as ["a.txt"]') from None
        if not paths:
            raise ValueError("no path of a plan")
        return paths

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource, dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        """Return where values are looked for, the first that has one wins."""
        file = settings_file()
        named = "PLANQA_SETTINGS" in os.environ
        files = (TomlConfigSettingsSource(settings_cls, file),) if named or file.is_file() else ()
        if named and not file.is_file():
            raise OSError(f"there is no file {file}")
        return (init_settings, env_settings, *files)


def settings_file() -> Path:
    """Return the file that settings are read from, whether there is one or not."""
    return Path(os.environ.get("PLANQA_SETTINGS", "planqa.toml"))


def take_flags(flags: Sequence[str]) -> None:
    """Take `NAME=VALUE` flags as settings of this process and of those that it starts.

    Raises:
        PlanError: a flag has no `=`; the value itself is checked where the settings are read.
    """
    for flag in flags:
        name, equals, value = flag.partition("=")
        if not equals or not name.strip().isidentifier():
            raise PlanError(expected="--set NAME=VALUE", got=flag, next_step="for example --set chat_model=qwen3")
        os.environ[f"PLANQA_{name.strip().upper()}"] = value
