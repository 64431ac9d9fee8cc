# SPDX-License-Identifier: AGPL-3.0-or-later
"""Strokes of a pen: printed capitals and signatures, a little different each time."""

from __future__ import annotations

import itertools
import math
import random
import unicodedata
from collections.abc import Sequence

from PIL import Image, ImageDraw

Point = tuple[float, float]
Stroke = list[Point]

_CELL_WIDTH, _CELL_HEIGHT = 4.0, 6.0
_LETTER_STEP = 5.6
_SPACE_STEP = 4.2
_OVERSAMPLING = 3

# Each glyph: strokes parted by ";", points as two digits, x from 0 to 4 and y from 0 (top) to 6.
_GLYPHS = {
    "A": "06 20 46;14 34", "B": "00 06;00 30 41 42 33 03;33 44 45 36 06", "C": "41 30 10 01 05 16 36 45",
    "D": "00 06;00 20 42 44 26 06", "E": "40 00 06 46;03 33", "F": "40 00 06;03 33",
    "G": "41 30 10 01 05 16 36 45 43 23", "H": "00 06;40 46;03 43", "I": "20 26", "J": "30 35 26 16 05",
    "K": "00 06;40 03 46", "L": "00 06 46", "M": "06 00 23 40 46", "N": "06 00 46 40",
    "O": "20 10 01 05 16 36 45 41 30 20", "P": "06 00 30 41 42 33 03", "Q": "20 10 01 05 16 36 45 41 30 20;34 46",
    "R": "06 00 30 41 42 33 03;23 46", "S": "41 30 10 01 12 33 44 45 36 16 05", "T": "00 40;20 26",
    "U": "00 05 16 36 45 40", "V": "00 26 40", "W": "00 16 22 36 40", "X": "00 46;40 06", "Y": "00 23 40;23 26",
    "Z": "00 40 06 46", "0": "20 10 01 05 16 36 45 41 30 20", "1": "11 20 26", "2": "01 10 30 41 42 06 46",
    "3": "01 10 30 41 42 33 13;33 44 45 36 16 05", "4": "30 04 44;33 36", "5": "40 00 02 32 43 45 36 16 05",
    "6": "30 11 04 16 36 45 43 13 04", "7": "00 40 16", "8": "20 01 02 23 45 36 16 05 23 42 41 20",
    "9": "42 33 13 02 01 10 30 41 42 36", ".": "25 26", "-": "13 33", "Ł": "00 06 46;04 22",
}  # fmt: skip
_ACUTE, _OGONEK, _DOT = "\u0301", "\u0328", "\u0307"
_MARKS: dict[str, Stroke] = {
    _ACUTE: [(1.8, -1.0), (3.0, -2.2)],
    _OGONEK: [(3.4, 6.0), (2.8, 7.0), (3.8, 7.4)],
    _DOT: [(2.0, -1.3), (2.2, -1.4)],
}
_CAPITALS_WITH_CURVES = frozenset("BCDGJOPQRSU023568 9")


def printed(text: str, source: random.Random) -> list[Stroke]:
    """Write a text in capitals; letters are 6 units high and the first begins at x = 0."""
    strokes: list[Stroke] = []
    x = 0.0
    slant = source.uniform(-0.05, 0.22)
    for letter in text.upper():
        if letter == " ":
            x += _SPACE_STEP
            continue
        decomposed = unicodedata.normalize("NFD", letter)
        base, marks = decomposed[:1], decomposed[1:]
        size, lift = source.uniform(0.92, 1.06), source.uniform(-0.3, 0.3)
        for stroke in [*_glyph(base), *(_MARKS[mark] for mark in marks if mark in _MARKS)]:
            points = [
                (
                    x + px * size + (_CELL_HEIGHT - py) * slant + source.gauss(0, 0.10),
                    py * size + lift + source.gauss(0, 0.12),
                )
                for px, py in stroke
            ]
            strokes.append(smooth(points) if base in _CAPITALS_WITH_CURVES else points)
        x += _LETTER_STEP * size * source.uniform(0.94, 1.06)
    return strokes


def signature(name: str, source: random.Random) -> list[Stroke]:
    """Sign with a name, as one of many hands does: in full, the surname alone, initials and a wave, or a scrawl.

    The same name and state of the source give the same signature.
    """
    parts = name.split()
    habit = source.choice(("full", "full", "surname", "initials", "scrawl"))
    slant = source.uniform(0.05, 0.55)
    width = source.uniform(0.75, 1.25)
    if habit == "surname":
        parts = [parts[0][0], parts[-1]]
    strokes: list[Stroke] = []
    x = 0.0
    for part in parts:
        letters = part[1:]
        if habit == "initials":
            letters = "e" * source.randint(1, 3)
        elif habit == "scrawl":
            letters = letters[: source.randint(2, 4)]
        points, x = _signed_word(letters, x, width, source, flat=habit == "scrawl")
        strokes.append(smooth([(px + (2 - py) * slant, py + source.gauss(0, 0.08)) for px, py in points]))
        x += source.uniform(-0.6, 1.8)
    return [*strokes, *_flourish(x, source)]


def _signed_word(letters: str, x: float, width: float, source: random.Random, *, flat: bool) -> tuple[Stroke, float]:
    """Write a large first letter and the others small; gives the points and where the word ends."""
    height = source.uniform(6.5, 9.5)
    lean, belly = source.uniform(1.4, 2.8), source.uniform(-1.2, 0.6)
    points: Stroke = [
        (x + 0.5, source.uniform(0.5, 2)),
        (x + lean, -height * 0.55),
        (x + source.uniform(0, 1.2), 3.2),
    ]
    points += [(x + belly, source.uniform(-1.5, 1.8)), (x + 2.6, source.uniform(-0.6, 1.2))]
    x += 3.0
    low = 0.5 if flat else 1.0
    for letter in letters:
        rise = source.uniform(4.2, 6.0) if letter in "bdfhklłt" else source.uniform(0.8, 1.9) * low
        fall = source.uniform(2.5, 3.6) if letter in "fgjpyzżąę" else source.uniform(-0.2, 0.4)
        step = source.uniform(0.7, 1.35) * width * (1.8 if flat else 1)
        points += [(x + step * 0.7, 2.0 - rise), (x + step * 0.2, 2.2 + fall), (x + step, 1.7)]
        x += step
    points += [(x + source.uniform(1.0, 4.5), 1.2 + source.gauss(0, 0.5))]
    return points, x


def _flourish(x: float, source: random.Random) -> list[Stroke]:
    """End with a line below, a line through, a dot, or nothing."""
    kind = source.choice(("below", "below", "through", "dot", "none"))
    if kind == "below":
        dip = source.uniform(3.4, 4.6)
        return [smooth([(x + 2, 1.4), (x * 0.5, dip), (x * 0.15, dip + 0.4), (x * 0.8, dip - 0.8)])]
    if kind == "through":
        return [smooth([(x * 0.1, 1.6), (x * 0.5, 0.6), (x + 3.5, -0.4)])]
    if kind == "dot":
        return [[(x + 2.2, 1.6), (x + 2.4, 1.7)]]
    return []


def smooth(points: Sequence[Point], *, steps: int = 8) -> Stroke:
    """Draw a Catmull-Rom curve through points."""
    padded = [points[0], *points, points[-1]]
    curve: Stroke = [points[0]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(1, steps + 1):
            t = step / steps
            curve.append(
                (_spline(before[0], start[0], end[0], after[0], t), _spline(before[1], start[1], end[1], after[1], t))
            )
    return curve


def ink(strokes: Sequence[Stroke], size: tuple[int, int], *, pen: float, source: random.Random) -> Image.Image:
    """Draw strokes as a mask (L, 255 is full ink) that they fill as well as their proportions allow.

    Args:
        strokes: in any unit.
        size: width and height of the mask in pixels.
        pen: width of the pen in pixels.
        source: pressure and place vary by it.
    """
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    first_x, first_y = min(xs), min(ys)
    width, height = max(xs) - first_x, max(ys) - first_y
    margin = pen * 1.5
    scale = min((size[0] - 2 * margin) / max(width, 1e-6), (size[1] - 2 * margin) / max(height, 1e-6))
    left = margin + source.uniform(0, 0.4) * max(size[0] - 2 * margin - width * scale, 0)
    top = margin + 0.5 * max(size[1] - 2 * margin - height * scale, 0)
    mask = Image.new("L", (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING))
    draw = ImageDraw.Draw(mask)
    for stroke in strokes:
        placed = [
            ((left + (x - first_x) * scale) * _OVERSAMPLING, (top + (y - first_y) * scale) * _OVERSAMPLING)
            for x, y in stroke
        ]
        _draw_stroke(draw, placed, pen * _OVERSAMPLING, source)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _draw_stroke(draw: ImageDraw.ImageDraw, points: Stroke, pen: float, source: random.Random) -> None:
    phase = source.uniform(0, math.tau)
    for number, (start, end) in enumerate(itertools.pairwise(points)):
        width = pen * (0.9 + 0.25 * math.sin(phase + number / 5))
        draw.line([start, end], fill=255, width=max(round(width), 1))
        for x, y in (start, end):
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)


def _glyph(letter: str) -> list[Stroke]:
    drawn = _GLYPHS.get(letter, "")
    return [[(float(point[0]), float(point[1])) for point in stroke.split()] for stroke in drawn.split(";") if stroke]


def _spline(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
