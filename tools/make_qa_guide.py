# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write `docs/qa.md` out of the catalogue of scenarios: `python -m tools.make_qa_guide`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.companies import LEGAL_FORMS
from reviewer_app.contract.reasons import REASONS
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.qa.scenarios import DECISION_TEXTS, GROUP_TITLES, LARGEST_SEED, SCENARIOS, Group, Scenario
from reviewer_app.qa.scenarios.expected import EXPECTED_TEXTS, GIVEN_BY, Expected

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "qa.md"

_SIGNS = {CheckStatus.OK: "✓", CheckStatus.WARN: "!", CheckStatus.FAIL: "✗", CheckStatus.UNKNOWN: "?"}
_HEAD = f"""\
# The catalogue of scenarios

Made out of `reviewer_app/qa/scenarios` by `python -m tools.make_qa_guide`; a test fails when this page is stale.

A scenario is a kind of case that staff will meet, ready to be made: an invented company with its administrator, papers
that look like the real ones, what the official registers say, and the steps that bring the case there. With each stands
the right decision, the reasons that belong to it, and what automatic checks ought to find. The checks that do not exist
yet are measured by this list when they come.

- Seeds go from 0 to {LARGEST_SEED}. The same scenario, seed and day give the same bytes.
- Every number is checksum-valid and belongs to nobody: NIP 9990…, REGON 9900…, KRS 00099…, bank code 99990000, PESEL of
  people born in the 23rd century. Every page says SPECIMEN.
- Each paper knows its truth: every field with its page and box, so that reading can be scored; `/qa/v1/companies/{{id}}/papers`
  gives it. How all of them look is in [the sheet of specimens](tour/specimens.png).
- A file that the inspection refuses is followed by one that it takes.

Findings: ✓ in order, ! to be looked at, ✗ wrong, ? could not be checked.
"""


def guide() -> str:
    """Give the whole page."""
    counts = Counter(entry.group for entry in SCENARIOS.values())
    contents = ", ".join(f"{counts[group]} {GROUP_TITLES[group].en.lower()}" for group in Group)
    parts = [_HEAD, f"{len(SCENARIOS)} scenarios: {contents}.\n"]
    for group in Group:
        parts.append(f"## {GROUP_TITLES[group].en}\n")
        parts += [_entry(entry) for entry in SCENARIOS.values() if entry.group is group]
    parts.append("## The checks\n")
    parts.append(
        "\n".join(["| code | looks at | told by |", "|---|---|---|", *(_check(code) for code in Expected)]) + "\n"
    )
    return "\n".join(parts)


def _entry(entry: Scenario) -> str:
    lines = [f"### `{entry.name}`", "", f"**{entry.title.en}.** {entry.explanation.en}", ""]
    reasons = ", ".join(f"{REASONS[code].label.en.lower()} (`{code.value}`)" for code in entry.reasons)
    decision = DECISION_TEXTS[entry.decision].en + (f": {reasons}" if reasons else "")
    lines.append(f"- {LEGAL_FORMS[entry.legal_form].name.en}; `{entry.state.value}` → `{entry.end_state.value}`")
    lines.append(f"- {decision}")
    if entry.findings:
        lines.append("- " + ", ".join(f"{_SIGNS[finding.status]} `{finding.check}`" for finding in entry.findings))
    return "\n".join(lines) + "\n"


def _check(code: Expected) -> str:
    told = sorted(
        {given.value for given, _ in GIVEN_BY.get(code, ())} or {code.value} & {one.value for one in CheckCode}
    )
    return f"| `{code.value}` | {EXPECTED_TEXTS[code].en} | {', '.join(f'`{one}`' for one in told)} |"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
    print(GUIDE)
