# SPDX-License-Identifier: AGPL-3.0-or-later
"""What registers say of every company on the bench, found by number."""

from __future__ import annotations

import json
import threading
from datetime import date
from functools import lru_cache
from typing import Any

from reviewer_app.contract.customer import CompanyRequest
from reviewer_app.qa.bench.actions import company_as_declared
from reviewer_app.qa.bench.magic import scenario_in
from reviewer_app.qa.bench.parts import Floor
from reviewer_app.qa.register_truth import KrsAbsence, KrsEntry, Outage, RegisterTruth, ViesEntry, truth_of
from reviewer_app.qa.scenarios import SCENARIOS, ScenarioCase
from reviewer_app.qa.synthetic_companies import SyntheticCompany

_REMEMBERED = 512
_EXAMPLE_SEED = 1

_Wanted = tuple[str, int, int, date | None]


class Truths:
    """The truth of each case that the bench made, and of what customers typed."""

    def __init__(self, floor: Floor, making: threading.Lock) -> None:
        """``making`` is held while papers are made, which cases bring with them."""
        self._floor = floor
        self._making = making
        self._of_case = lru_cache(_REMEMBERED)(self._make)

    def krs(self, number: str) -> KrsEntry | KrsAbsence | Outage | None:
        """Give the KRS entry of a number, None for one that is not there."""
        return self._truth(number).krs.get(number)

    def vat(self, nip: str) -> dict[str, Any] | Outage | None:
        """Give the subject of the VAT list, None for a NIP that is not on it."""
        return self._truth(nip).vat.get(nip)

    def ceidg(self, nip: str) -> tuple[dict[str, Any], ...] | Outage:
        """Give the records of CEIDG, none for a NIP without."""
        return self._truth(nip).ceidg.get(nip, ())

    def vies(self, nip: str) -> ViesEntry | Outage | None:
        """Give what VIES says, None for an unknown number."""
        return self._truth(nip).vies.get(nip)

    def _truth(self, number: str) -> RegisterTruth:
        known = self._floor.by_number(number)
        if known is not None:
            return self._of_case((known.scenario, known.seed, known.part, known.day))
        declared = self._floor.declared(number=number)
        return self._of_declared(declared) if declared is not None else RegisterTruth()

    def _make(self, wanted: _Wanted) -> RegisterTruth:
        name, seed, part, day = wanted
        if name not in SCENARIOS or day is None:
            return RegisterTruth()
        with self._making:
            case = SCENARIOS[name].make(seed, day=day)
        return (case.earlier[part - 1] if part else case).registers

    def _of_declared(self, declared: CompanyRequest) -> RegisterTruth:
        name = scenario_in(declared.name)
        company = company_as_declared(declared)
        if name is None:
            return truth_of(company)
        with self._making:
            example = SCENARIOS[name].make(_EXAMPLE_SEED)
        return _said_of(company, example)


def _said_of(company: SyntheticCompany, example: ScenarioCase) -> RegisterTruth:
    """Say of a company what the registers of an example say of the example's."""
    pairs = _replacements(example.company, company)

    def told(value: Any) -> Any:
        written = json.dumps(value, ensure_ascii=False)
        for old, new in pairs:
            written = written.replace(old, new)
        return json.loads(written)

    def number(old: str) -> str:
        return dict(pairs).get(old, old)

    truth = example.registers
    return RegisterTruth(
        krs={
            number(key): KrsEntry(entry.register, told(entry.body)) if isinstance(entry, KrsEntry) else entry
            for key, entry in truth.krs.items()
        },
        vat={number(key): told(one) if isinstance(one, dict) else one for key, one in truth.vat.items()},
        ceidg={
            number(key): one if isinstance(one, Outage) else tuple(told(list(one))) for key, one in truth.ceidg.items()
        },
        vies={
            number(key): ViesEntry(one.valid, *told([one.name, one.address])) if isinstance(one, ViesEntry) else one
            for key, one in truth.vies.items()
        },
    )


def _replacements(old: SyntheticCompany, new: SyntheticCompany) -> list[tuple[str, str]]:
    pairs = [(old.nip, new.nip), (old.regon, new.regon), (old.bank_account, new.bank_account)]
    if old.krs and new.krs:
        pairs.append((old.krs, new.krs))
    for spelling in (str, str.upper):
        pairs += [
            (spelling(old.name), spelling(new.name)),
            (spelling(old.seat.street), spelling(new.seat.street)),
            (spelling(old.seat.city), spelling(new.seat.city)),
            (old.seat.postal_code, new.seat.postal_code),
        ]
    return [
        (json.dumps(one, ensure_ascii=False)[1:-1], json.dumps(other, ensure_ascii=False)[1:-1]) for one, other in pairs
    ]
