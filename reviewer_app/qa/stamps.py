# SPDX-License-Identifier: AGPL-3.0-or-later
"""Company stamps: masks of ink, unevenly pressed."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from reviewer_app.resources import resource_path

_OVERSAMPLING = 2


def rectangular_stamp(lines: tuple[str, ...], width: int, source: random.Random, *, framed: bool = True) -> Image.Image:
    """Make a stamp of a few lines, the first larger; a mask (L) about `width` pixels wide."""
    whole = width * _OVERSAMPLING
    pad = whole // 22
    sizes = [whole // 11, *([whole // 16] * (len(lines) - 1))]
    fonts = [_fitting(line, size, whole - 4 * pad) for line, size in zip(lines, sizes, strict=True)]
    height = sum(round(font.size * 1.3) for font in fonts) + 3 * pad
    mask = Image.new("L", (whole, height))
    draw = ImageDraw.Draw(mask)
    if framed:
        radius = source.choice((0, pad))
        draw.rounded_rectangle((2, 2, whole - 3, height - 3), radius=radius, outline=255, width=max(whole // 130, 2))
    y = 1.4 * pad
    for line, font in zip(lines, fonts, strict=True):
        draw.text((whole / 2, y), line, fill=255, font=font, anchor="ma")
        y += font.size * 1.3
    return _pressed(mask, source)


def round_stamp(rim: str, centre: tuple[str, ...], diameter: int, source: random.Random) -> Image.Image:
    """Make a round stamp with a text along its rim; a mask (L) about `diameter` pixels wide."""
    whole = diameter * _OVERSAMPLING
    mask = Image.new("L", (whole, whole))
    draw = ImageDraw.Draw(mask)
    line = max(whole // 90, 2)
    draw.ellipse((2, 2, whole - 3, whole - 3), outline=255, width=line * 2)
    inner = whole * 0.2
    draw.ellipse((inner, inner, whole - inner, whole - inner), outline=255, width=line)
    _text_on_rim(mask, f"{rim} * ", whole)
    size = whole // 13
    for number, text in enumerate(centre):
        font = _fitting(text, size, round(whole * 0.5))
        y = whole / 2 + (number - (len(centre) - 1) / 2) * size * 1.35
        draw.text((whole / 2, y), text, fill=255, font=font, anchor="mm")
    return _pressed(mask, source)


def _text_on_rim(mask: Image.Image, text: str, whole: int) -> None:
    radius = whole * 0.4
    size = round(min(whole * 0.12, math.tau * radius / max(len(text), 1) * 1.25))
    font = _font(size)
    widths = [font.getlength(letter) for letter in text]
    stretch = math.tau * radius / sum(widths)
    travelled = 0.0
    for letter, width in zip(text, widths, strict=True):
        angle = (travelled + width / 2) * stretch / radius - math.pi / 2
        travelled += width
        tile = Image.new("L", (size * 2, size * 2))
        ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=font, anchor="mm")
        turned = tile.rotate(-math.degrees(angle + math.pi / 2), resample=Image.Resampling.BICUBIC)
        x, y = whole / 2 + radius * math.cos(angle) - size, whole / 2 + radius * math.sin(angle) - size
        mask.paste(255, (round(x), round(y)), turned)


def _pressed(mask: Image.Image, source: random.Random) -> Image.Image:
    """Turn it a little and take ink away in patches, as a hand and a drying pad do."""
    small = mask.resize((mask.width // _OVERSAMPLING, mask.height // _OVERSAMPLING), Image.Resampling.LANCZOS)
    turned = small.rotate(source.uniform(-7, 7), expand=True, resample=Image.Resampling.BICUBIC)
    noise = np.random.default_rng(source.randrange(1 << 32))
    coarse = Image.fromarray((noise.random((12, 12)) * 255).astype(np.uint8)).resize(
        turned.size, Image.Resampling.BICUBIC
    )
    fine = Image.fromarray((noise.random((turned.height, turned.width)) * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(0.8)
    )
    pressure = (
        0.55
        + 0.35 * np.asarray(coarse, dtype=np.float32) / 255
        + 0.35 * (np.asarray(fine, dtype=np.float32) / 255 - 0.5)
    )
    return Image.fromarray((np.asarray(turned, dtype=np.float32) * np.clip(pressure, 0, 1)).astype(np.uint8))


def _fitting(text: str, size: int, width: int) -> ImageFont.FreeTypeFont:
    font = _font(size)
    length = font.getlength(text)
    return font if length <= width else _font(max(int(size * width / length), 6))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource_path("specimens", "LiberationSans-Bold.ttf")), size)
