# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns a sheet of paper into the picture that a scanner, a telephone or a fax machine makes of it.

Whatever happens to the picture also happens to the places on it: `Captured.place` says where a box of the sheet went.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter

from reviewer_app.qa.truth import Box

Pixels = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]
Corners = Sequence[tuple[float, float]]

_TILE = 512
_LID = (226, 227, 226)
_PAPER, _LAMP, _WHITE = (0.978, 0.972, 0.955), (1.0, 0.985, 0.94), (1.0, 1.0, 1.0)
_GREY, _FAX_EDGE = 128, 158


class Device(StrEnum):
    """What took the picture."""

    SCANNER = "scanner"
    PHONE = "phone"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class Capture:
    """How a sheet is taken.

    ``dpi`` is that of the sheet in the picture. ``turn`` in degrees, clockwise; ``quarter_turns`` by 90 degrees. ``blur``
    is a radius in pixels at 200 dpi, ``noise`` a deviation in grey levels. ``perspective``, ``shadow``, ``falloff`` (of the
    light), ``texture`` (of the paper), ``bleed`` (of the reverse side) and ``folds`` go from 0 to 1; ``exposure`` 1 is right.
    """

    device: Device = Device.SCANNER
    dpi: int = 200
    turn: float = 0.0
    quarter_turns: int = 0
    perspective: float = 0.0
    shadow: float = 0.0
    falloff: float = 0.0
    texture: float = 0.3
    bleed: float = 0.0
    folds: float = 0.0
    exposure: float = 1.0
    blur: float = 0.4
    noise: float = 2.0
    jpeg: int = 85
    grey: bool = False


def capture(device: Device, strength: float, source: random.Random, *, dpi: int | None = None) -> Capture:
    """Choose how a device takes a sheet; ``strength`` from 0 (flawless) to 1 (hardly to be read) turns all faults up at once.

    Raises:
        ValueError: strength is not from 0 to 1.
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength {strength} is not from 0 to 1")
    side = source.choice((-1, 1))
    taken = Capture(
        device,
        dpi=dpi or round(220 - 120 * strength),
        turn=side * strength * source.uniform(1.2, 4.5),
        falloff=0.04 + 0.5 * strength,
        texture=0.25 + 0.6 * strength,
        bleed=max(strength - 0.2, 0) * source.uniform(0.3, 1),
        folds=strength * source.choice((0, 0, 1)),
        blur=0.25 + 1.9 * strength**1.5,
        noise=1.2 + 11 * strength,
        jpeg=round(90 - 62 * strength),
    )
    if device is Device.PHONE:
        return replace(
            taken, perspective=0.25 + 0.75 * strength, shadow=0.35 + 0.55 * strength, falloff=0.3 + strength / 2
        )
    if device is Device.FAX:
        return replace(taken, dpi=dpi or 200, bleed=0.0, falloff=0.02, noise=6 + 55 * strength, blur=0.3 + strength)
    return taken


@dataclass(frozen=True, slots=True)
class Captured:
    """A picture. ``matrix`` takes fractions of the sheet to fractions of the picture (a homography)."""

    image: Image.Image
    matrix: Matrix
    dpi: int
    jpeg: int

    def place(self, box: Box) -> Box:
        """Give the box around what a box of the sheet became."""
        corners = np.array([(x, y, 1.0) for x in (box[0], box[2]) for y in (box[1], box[3])]).T
        moved = self.matrix @ corners
        xs, ys = np.clip(moved[0] / moved[2], 0, 1), np.clip(moved[1] / moved[2], 0, 1)
        return (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))

    def to_jpeg(self) -> bytes:
        """Give the picture as a JPEG."""
        buffer = io.BytesIO()
        self.image.save(buffer, "JPEG", quality=self.jpeg, dpi=(self.dpi, self.dpi))
        return buffer.getvalue()


def take(sheet: Image.Image, how: Capture, source: random.Random, *, reverse: Image.Image | None = None) -> Captured:
    """Take a picture of a sheet, which is drawn at ``how.dpi``; ``reverse`` is what is printed on its back."""
    noise = np.random.default_rng(source.randrange(1 << 32))
    paper = _on_paper(sheet, how, noise, reverse)
    if how.device is Device.PHONE:
        scene, corners = _on_a_desk(paper, how, source, noise)
    else:
        scene, corners = _on_the_glass(paper, how, source)
    lit = _lit(scene, how, source, noise)
    matrix = _homography([(0, 0), (1, 0), (1, 1), (0, 1)], [(x / lit.width, y / lit.height) for x, y in corners])
    for _ in range(how.quarter_turns % 4):
        lit = lit.transpose(Image.Transpose.ROTATE_270)
        matrix = np.array([[0, -1, 1], [1, 0, 0], [0, 0, 1]], dtype=np.float64) @ matrix
    return Captured(lit, matrix, how.dpi, how.jpeg)


def _on_paper(sheet: Image.Image, how: Capture, noise: np.random.Generator, reverse: Image.Image | None) -> Image.Image:
    """Let the paper show: its tone and fibres, the reverse side shining through, the folds of a letter."""
    width, height = sheet.size
    shade = 1 + (_cloud(width, height, 7, noise) - 0.5) * 0.05 * how.texture
    shade += _grain(width, height, noise) * 0.012 * how.texture
    if how.bleed and reverse is not None:
        through = reverse.convert("L").resize((width // 2, height // 2)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        ghost = through.filter(ImageFilter.GaussianBlur(1.6)).resize((width, height))
        shade *= 1 - (1 - np.asarray(ghost, dtype=np.float32) / 255) * 0.22 * how.bleed
    if how.folds:
        for share in (1 / 3, 2 / 3):
            at = np.abs(np.arange(height, dtype=np.float32) - height * (share + noise.normal(0, 0.004)))
            ridge = np.exp(-((at / 2.2) ** 2)) * 0.16 - np.exp(-((at / 26) ** 2)) * 0.05
            shade *= (1 - ridge * how.folds)[:, None]
    return ImageChops.multiply(sheet, _tinted(shade * (250 / 255), _PAPER))


def _on_the_glass(paper: Image.Image, how: Capture, source: random.Random) -> tuple[Image.Image, Corners]:
    """Lay the sheet on a scanner: a little turned and moved, the lid around it."""
    width, height = paper.size
    angle = math.radians(how.turn)
    reach = how.dpi * 0.03
    shift_x, shift_y = source.uniform(-reach, reach), source.uniform(-reach, reach)
    corners = []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        dx, dy = x - width / 2, y - height / 2
        corners.append(
            (
                width / 2 + dx * math.cos(angle) - dy * math.sin(angle) + shift_x,
                height / 2 + dx * math.sin(angle) + dy * math.cos(angle) + shift_y,
            )
        )
    return _warped(paper, (width, height), corners, _LID), corners


def _on_a_desk(
    paper: Image.Image, how: Capture, source: random.Random, noise: np.random.Generator
) -> tuple[Image.Image, Corners]:
    """Look at the sheet from a hand above a desk: nearer edges are longer."""
    width, height = round(paper.width * 1.14), round(paper.height * 1.10)
    tilt = how.perspective
    inset = [source.uniform(0.02, 0.03 + 0.06 * tilt) for _ in range(8)]
    corners = [
        (width * (0.02 + inset[0] + 0.05 * tilt), height * (0.015 + inset[1])),
        (width * (0.98 - inset[2] - 0.05 * tilt), height * (0.015 + inset[3])),
        (width * (0.99 - inset[4] / 2), height * (0.985 - inset[5] / 2)),
        (width * (0.01 + inset[6] / 2), height * (0.985 - inset[7] / 2)),
    ]
    angle = math.radians(how.turn)
    middle_x, middle_y = width / 2, height / 2
    corners = [
        (
            middle_x + (x - middle_x) * math.cos(angle) - (y - middle_y) * math.sin(angle),
            middle_y + (x - middle_x) * math.sin(angle) + (y - middle_y) * math.cos(angle),
        )
        for x, y in corners
    ]
    desk = _desk(width, height, source, noise)
    mask = _warped(Image.new("L", paper.size, 255), (width, height), corners, 0)
    below = mask.resize((width // 8, height // 8)).filter(ImageFilter.GaussianBlur(2.5)).resize((width, height))
    darker = 1 - 0.5 * np.asarray(below, dtype=np.float32)[:, :, None] / 255
    scene = Image.fromarray((np.asarray(desk, dtype=np.float32) * darker).astype(np.uint8))
    scene.paste(_warped(paper, (width, height), corners, (0, 0, 0)), (0, 0), mask)
    return scene, corners


def _desk(width: int, height: int, source: random.Random, noise: np.random.Generator) -> Image.Image:
    """Give a wooden or plain top."""
    tone = np.array(source.choice(((142, 104, 70), (96, 72, 54), (178, 150, 118), (88, 92, 98))), dtype=np.float32)
    coarse = Image.fromarray((noise.random((90, 5)) * 255).astype(np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    fine = Image.fromarray((noise.random((height // 3, 10)) * 255).astype(np.uint8)).resize((width, height))
    grain = 0.86 + 0.2 * np.asarray(coarse, dtype=np.float32) / 255 + 0.07 * np.asarray(fine, dtype=np.float32) / 255
    return Image.fromarray(np.clip(grain[:, :, None] * tone, 0, 255).astype(np.uint8))


def _lit(scene: Image.Image, how: Capture, source: random.Random, noise: np.random.Generator) -> Image.Image:
    """Let the light, the lens and the sensor do what they do."""
    width, height = scene.size
    light = _light(width, height, how, source) * how.exposure
    radius = how.blur * how.dpi / 200
    soft = scene.filter(ImageFilter.GaussianBlur(radius) if radius > 1 else ImageFilter.BoxBlur(radius))
    tone = _LAMP if how.device is Device.PHONE else _WHITE
    shaded = ImageChops.multiply(soft, _tinted(light, tone))
    specks = _specks(width, height, how.noise, noise)
    picture = ImageChops.add(shaded, Image.merge("RGB", (specks, specks, specks)), 1, -_GREY)
    if how.device is Device.FAX:
        return (
            picture.convert("L").point(lambda value: 255 * (value > _FAX_EDGE)).convert("1", dither=Image.Dither.NONE)
        )
    return picture.convert("L") if how.grey else picture


def _tinted(shade: Pixels, tone: Sequence[float]) -> Image.Image:
    """Give brightness from 0 to 1 as a picture to multiply with, in the tone of the paper or of the lamp."""
    grey = Image.fromarray(np.clip(shade * 255, 0, 255).astype(np.uint8))
    return Image.merge("RGB", [grey.point([round(value * part) for value in range(256)]) for part in tone])


def _specks(width: int, height: int, strength: float, noise: np.random.Generator) -> Image.Image:
    """Give noise around a middle grey; one tile serves all, begun at another place each time."""
    tile = np.clip(_grain_tile() * strength + _GREY, 0, 255).astype(np.uint8)
    begun = np.roll(tile, (int(noise.integers(_TILE)), int(noise.integers(_TILE))), (0, 1))
    return Image.fromarray(np.tile(begun, (-(-height // _TILE), -(-width // _TILE)))[:height, :width])


def _light(width: int, height: int, how: Capture, source: random.Random) -> Pixels:
    """Give the brightness of each place, worked out small: a lamp to one side, and the shadow of a hand."""
    across, down = 48, 64
    x = np.linspace(0, 1, across, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, down, dtype=np.float32)[:, None]
    lamp_x, lamp_y = source.uniform(0.1, 0.9), source.uniform(-0.1, 0.5)
    light = 1.03 - how.falloff * 0.36 * ((x - lamp_x) ** 2 + (y - lamp_y) ** 2)
    if how.shadow:
        angle = source.uniform(0, math.tau)
        edge = (x - source.uniform(0.35, 0.65)) * math.cos(angle) + (y - source.uniform(0.35, 0.65)) * math.sin(angle)
        light = light * (1 - how.shadow * 0.42 / (1 + np.exp(-edge * source.uniform(9, 22))))
    small = Image.fromarray(light.astype(np.float32), mode="F")
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def _cloud(width: int, height: int, cells: int, noise: np.random.Generator) -> Pixels:
    rough = Image.fromarray(noise.random((cells, cells)).astype(np.float32), mode="F")
    return np.asarray(rough.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


@cache
def _grain_tile() -> Pixels:
    return np.random.default_rng(512).normal(0, 1, (_TILE, _TILE)).astype(np.float32)


def _grain(width: int, height: int, noise: np.random.Generator) -> Pixels:
    """Give noise of deviation 1, from the tile as well."""
    begun = np.roll(_grain_tile(), (int(noise.integers(_TILE)), int(noise.integers(_TILE))), (0, 1))
    return np.tile(begun, (-(-height // _TILE), -(-width // _TILE)))[:height, :width]


def _warped(
    picture: Image.Image, size: tuple[int, int], corners: Corners, fill: int | tuple[int, int, int]
) -> Image.Image:
    width, height = picture.size
    back = _homography(corners, [(0, 0), (width, 0), (width, height), (0, height)])
    coefficients = tuple(float(value) for value in (back / back[2, 2]).ravel()[:8])
    return picture.transform(
        size, Image.Transform.PERSPECTIVE, coefficients, resample=Image.Resampling.BILINEAR, fillcolor=fill
    )


def _homography(start: Corners, end: Corners) -> Matrix:
    """Give the matrix that takes four points to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(start, end, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, dtype=np.float64), np.array(values, dtype=np.float64))
    return np.append(solved, 1.0).reshape(3, 3)
