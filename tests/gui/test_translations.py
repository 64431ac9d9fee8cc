# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogues: nothing missing, nothing stale, placeholders kept, compiled from what stands beside them."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools.update_translations import FOLDER, LANGUAGES, collect, release

PLACEHOLDER = re.compile(r"\{\w*\}|%n|%\d")


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        shutil.copy(FOLDER / f"reviewer_{language}.ts", tmp_path)
    return tmp_path


def test_collecting_the_texts_of_the_source_changes_nothing(copies: Path) -> None:
    collect(copies)
    for language in LANGUAGES:
        name = f"reviewer_{language}.ts"
        assert _messages(copies / name) == _messages(FOLDER / name), "run tools/update_translations.py and translate"


def test_the_compiled_catalogues_belong_to_their_sources(copies: Path) -> None:
    release(copies)
    for language in LANGUAGES:
        name = f"reviewer_{language}.qm"
        assert (copies / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    root = ET.parse(FOLDER / f"reviewer_{language}.ts").getroot()  # noqa: S314 -- a file of our own
    forms_wanted = {"pl": 3, "en": 2}[language]
    for message in root.iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"not translated: {source}"
        numerus = message.get("numerus") == "yes"
        texts = [form.text or "" for form in translation.iter("numerusform")] if numerus else [translation.text or ""]
        assert len(texts) == (forms_wanted if numerus else 1)
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), source


def _messages(path: Path) -> list[tuple[str, str, str]]:
    root = ET.parse(path).getroot()  # noqa: S314 -- a file of our own
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
        for context in root.iter("context")
        for message in context.iter("message")
    ]
