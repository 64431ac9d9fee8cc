# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window's language: our texts and Qt's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from reviewer_app.resources import resource_path


class Languages:
    """Installs the translations of one language at a time; the window hears of it by its LanguageChange event."""

    def __init__(self, application: QCoreApplication, folder: Path | None = None) -> None:
        self._application = application
        self._folder = folder or resource_path("translations")
        self._installed: list[QTranslator] = []

    def use(self, language: str) -> tuple[str, ...]:
        """Show the window in ``pl`` or ``en``; gives the names of the catalogues that were found.

        A catalogue that is missing leaves its texts as they stand in the source.
        """
        self.clear()
        QLocale.setDefault(QLocale(language))
        found = []
        for name in (f"qtbase_{language}", f"reviewer_{language}"):
            translator = self._loaded(name)
            if translator is not None:
                self._application.installTranslator(translator)
                self._installed.append(translator)
                found.append(name)
        return tuple(found)

    def clear(self) -> None:
        """Take the translations away."""
        for installed in self._installed:
            self._application.removeTranslator(installed)
            installed.deleteLater()
        self._installed = []

    def _loaded(self, name: str) -> QTranslator | None:
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for folder in (str(self._folder), qt_folder):
            translator = QTranslator(self._application)
            if Path(folder, f"{name}.qm").is_file() and translator.load(name, folder):
                return translator
        return None
