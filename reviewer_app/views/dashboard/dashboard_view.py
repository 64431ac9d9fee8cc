# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dashboard: what waits, what came in, what was decided, how fast, why, and by whom."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QListView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QTreeView,
    QWidget,
)

from reviewer_app.contract.reasons import REASONS
from reviewer_app.contract.staff import Statistics, WaitingAge
from reviewer_app.contract.states import OUTCOME_NAMES, Outcome
from reviewer_app.models.dashboard.dashboard_model import PERIODS, DashboardModel, age_text
from reviewer_app.models.texts import duration_text, localized
from reviewer_app.views.common.buttons import Button, IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import BusyLine
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.dashboard.charts import BarList, DayChart

_AGE_TONES = {
    WaitingAge.UNDER_ONE: Tone.SUCCESS,
    WaitingAge.UNDER_TWO: Tone.INFO,
    WaitingAge.UNDER_FIVE: Tone.WARNING,
    WaitingAge.OLDER: Tone.DANGER,
}
_OUTCOME_TONES = {Outcome.APPROVE: Tone.SUCCESS, Outcome.REQUEST_CORRECTION: Tone.WARNING, Outcome.REJECT: Tone.DANGER}
_FIGURES = ("waiting", "received", "decided", "half", "most")
MOST_REASONS = 10


class DashboardView(View):
    """``back`` leads to where one came from; ``told`` carries a text for the window."""

    back = Signal()
    told = Signal(str)

    def __init__(self, model: DashboardModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="canvas")
        self.setObjectName("dashboardView")
        self._model = model
        self._back = IconButton("arrow-left")
        self._scroll = QScrollArea()
        self.setFocusProxy(self._back)
        self._back.setObjectName("dashboardBack")
        self._title = label("heading")
        self._periods = {days: Button("chip") for days in PERIODS}
        self._group = QButtonGroup(self)
        self._export = Button("", "document", compact=True)
        self._export.setObjectName("dashboardExport")
        self._busy = BusyLine()
        self._figures = {name: label("title") for name in _FIGURES}
        self._names = {name: label("small", wrap=True) for name in _FIGURES}
        self._days, self._ages, self._outcomes, self._reasons = DayChart(), BarList(), BarList(), BarList()
        self._headings = {name: label("strong") for name in ("days", "ages", "outcomes", "reasons", "persons")}
        self._persons = _persons_table()
        self._no_reasons = label("small")
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self._back.set_name(self.tr("Back"), keys=self.tr("Esc"))
        self._title.setText(self.tr("Dashboard"))
        self._scroll.setAccessibleName(self.tr("Dashboard"))
        self._export.setText(self.tr("Export…"))
        self._no_reasons.setText(self.tr("No reason was given in this time."))
        for days, chip in self._periods.items():
            chip.setText(self.tr("%n day(s)", "", days))
        headings = {
            "days": self.tr("Received and decided by day"),
            "ages": self.tr("Waiting now, in working time"),
            "outcomes": self.tr("Outcomes"),
            "reasons": self.tr("Reasons given"),
            "persons": self.tr("By person"),
        }
        charts = {"days": self._days, "ages": self._ages, "outcomes": self._outcomes, "reasons": self._reasons}
        for name, text in headings.items():
            self._headings[name].setText(text)
            charts.get(name, self._persons).setAccessibleName(text)
        names = {
            "waiting": self.tr("waiting now"),
            "received": self.tr("received"),
            "decided": self.tr("decided"),
            "half": self.tr("half decided within (p50), nights and weekends counted"),
            "most": self.tr("nine in ten decided within (p90), likewise"),
        }
        for name, text in names.items():
            self._names[name].setText(text)
        self.show_figures()

    def show_figures(self) -> None:
        """Show what the model holds."""
        figures = self._model.figures
        self._export.setEnabled(figures is not None)
        for days, chip in self._periods.items():
            chip.setChecked(days == self._model.days)
        if figures is None:
            for name in _FIGURES:
                self._figures[name].setText("—")
            return
        number = QLocale().toString
        texts = {
            "waiting": number(figures.waiting),
            "received": number(figures.received),
            "decided": number(figures.decided),
            "half": duration_text(int(figures.wait_p50_seconds or 0)),
            "most": duration_text(int(figures.wait_p90_seconds or 0)),
        }
        for name, text in texts.items():
            self._figures[name].setText(text)
        self._show_charts(figures)
        self._show_persons(figures)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.load()

    def _show_charts(self, figures: Statistics) -> None:
        days = [(one.day, one.received, one.decided) for one in figures.days]
        self._days.show_days(days, received=self.tr("received"), decided=self.tr("decided"))
        self._ages.show_bars([(age_text(age), figures.ages.get(age, 0), tone) for age, tone in _AGE_TONES.items()])
        self._outcomes.show_bars(
            [
                (localized(OUTCOME_NAMES[outcome]), figures.outcomes.get(outcome, 0), tone)
                for outcome, tone in _OUTCOME_TONES.items()
            ]
        )
        reasons = sorted(((count, code) for code, count in figures.reasons.items()), reverse=True)[:MOST_REASONS]
        self._reasons.show_bars([(localized(REASONS[code].label), count, Tone.INFO) for count, code in reasons])
        self._reasons.setVisible(bool(reasons))
        self._no_reasons.setVisible(not reasons)

    def _show_persons(self, figures: Statistics) -> None:
        self._persons_card.setVisible(bool(figures.persons))
        outcomes = list(_OUTCOME_TONES)
        self._persons.setColumnCount(2 + len(outcomes))
        titles = [self.tr("Person"), self.tr("Decided", "title"), *(localized(OUTCOME_NAMES[one]) for one in outcomes)]
        self._persons.setHorizontalHeaderLabels(titles)
        self._persons.setRowCount(len(figures.persons))
        for place, one in enumerate(sorted(figures.persons, key=lambda item: -item.decided)):
            counts = [one.decided, *(one.outcomes.get(outcome, 0) for outcome in outcomes)]
            cells = [one.person.display_name, *(QLocale().toString(count) for count in counts)]
            for column_place, text in enumerate(cells):
                self._persons.setItem(place, column_place, QTableWidgetItem(text))
        header = self._persons.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = self._persons.verticalHeader().defaultSectionSize() * max(1, len(figures.persons))
        self._persons.setFixedHeight(header.sizeHint().height() + rows + SPACE_1)

    def _build(self) -> None:
        head = View(role="toolbar")
        top = row(head, spacing=SPACE_2, margins=(SPACE_2, SPACE_2, SPACE_4, SPACE_2))
        top.addWidget(self._back)
        top.addWidget(self._title)
        top.addSpacing(SPACE_4)
        for days, chip in self._periods.items():
            chip.setCheckable(True)
            chip.setObjectName(f"period_{days}")
            self._group.addButton(chip, days)
            top.addWidget(chip)
        top.addStretch(1)
        top.addWidget(self._export)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        grid.setSpacing(SPACE_3)
        for place, name in enumerate(_FIGURES):
            self._figures[name].setObjectName(f"figure_{name}")
            card = self._card(self._figures[name], self._names[name])
            grid.addWidget(card, 0, place)
        grid.addWidget(self._card(self._headings["days"], self._days), 1, 0, 1, 3)
        grid.addWidget(self._card(self._headings["ages"], self._ages), 1, 3, 1, 2)
        grid.addWidget(self._card(self._headings["reasons"], self._reasons, self._no_reasons), 2, 0, 1, 3)
        grid.addWidget(self._card(self._headings["outcomes"], self._outcomes), 2, 3, 1, 2)
        self._persons_card = self._card(self._headings["persons"], self._persons)
        grid.addWidget(self._persons_card, 3, 0, 1, 5)
        grid.setRowStretch(4, 1)
        for place in range(len(_FIGURES)):
            grid.setColumnStretch(place, 1)
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        FocusEdge(scroll)
        scroll.setWidget(inside)
        layout = column(self)
        layout.addWidget(head)
        layout.addWidget(self._busy)
        layout.addWidget(scroll, 1)

    def _card(self, *widgets: QWidget) -> View:
        card = View(role="card")
        inside = column(card, spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_3))
        for widget in widgets:
            inside.addWidget(widget)
        inside.addStretch(1)
        return card

    def _connect(self) -> None:
        self._model.changed.connect(self.show_figures)
        self._model.busy_changed.connect(self._busy.set_busy)
        self._model.exported.connect(self._tell_exported)
        self._group.idClicked.connect(self._choose)
        self._back.clicked.connect(self.back)
        self._export.clicked.connect(self._ask_file)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self.back)

    def _choose(self, days: int) -> None:
        self._model.load(days)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the figures"))
        dialog.setObjectName("exportDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Excel workbook (*.xlsx)"), self.tr("Text with semicolons (*.csv)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        # Qt's own catalogue has no Polish for these two
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Folder:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("File type:"))
        if self._model.figures is not None and self._model.figures.days:
            days = self._model.figures.days
            dialog.selectFile(f"reviewer-{days[0].day}-{days[-1].day}")
        dialog.filterSelected.connect(self._follow_filter)
        dialog.fileSelected.connect(self._model.export)
        for kind in (QComboBox, QListView, QTreeView):
            for part in dialog.findChildren(kind):
                FocusEdge(part)
        dialog.open()

    def _follow_filter(self, chosen: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx")

    def _tell_exported(self, path: str) -> None:
        self.told.emit(self.tr("The figures were written to {path}.").format(path=path))


def _persons_table() -> QTableWidget:
    made = QTableWidget()
    FocusEdge(made)
    made.setObjectName("personsTable")
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    return made
