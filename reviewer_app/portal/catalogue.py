# SPDX-License-Identifier: AGPL-3.0-or-later
"""The portal's page texts: English in the templates, Polish in ``resources/portal/locale/pl.po``."""

from __future__ import annotations

from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from reviewer_app.contract.text import Language
from reviewer_app.resources import resource_path


def load_translations(language: Language) -> NullTranslations:
    """Read the translations of a language. Raises OSError when the catalogue is missing."""
    if language is Language.ENGLISH:
        return NullTranslations()
    with resource_path("portal", "locale", f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
