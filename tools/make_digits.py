#!/usr/bin/env python3
"""Draws pictures of single digits as people photograph, scan and draw them, to try `nodeps predict` on.

    tools/make_digits.py OUT [--count N] [--seed N] [--max-side PIXELS]

OUT gets one folder per class (0 to 9) and pictures.csv: file, class, style. Styles: "stroke" is a curve with jitter, drawn
with a round pen; "hand" is one of Debian's handwriting fonts, "print" one of its text fonts. Strokes and hands count as
handwritten-like. Each picture is rotated by up to 12 degrees, dark on light or light on dark, 100 to 1,600 pixels wide,
with a gradient, a shadow, noise or JPEG's artifacts. The same seed gives the same pictures, given the same fonts and Pillow.

Needs Debian's python3-pil and python3-numpy, and at least 15 fonts of these packages:
fonts-dejavu fonts-liberation fonts-freefont-ttf fonts-comic-neue fonts-breip fonts-femkeklaver fonts-dkg-handwriting
fonts-ecolier-court fonts-tomsontalks fonts-sjfonts fonts-rufscript fonts-humor-sans fonts-lato fonts-roboto
"""
import argparse
import csv
import io
import math
import os
import random
import sys

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = "/usr/share/fonts"
HANDS = [
    "truetype/breip/Breip.ttf", "truetype/femkeklaver/femkeklaver.ttf", "truetype/fifthhorseman/dkg.ttf",
    "truetype/ecolier-court/Ecolier-court.ttf", "truetype/tomsontalks/TomsonTalks.ttf", "truetype/sjfonts/SteveHand.ttf",
    "truetype/sjfonts/Delphine.ttf", "truetype/rufscript/Rufscript010.ttf", "truetype/humor-sans/Humor-Sans.ttf",
    "opentype/comic-neue/ComicNeue-Regular.otf", "opentype/comic-neue/ComicNeue-Bold.otf",
]
PRINTS = [
    "truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSerif.ttf", "truetype/liberation/LiberationSans-Regular.ttf",
    "truetype/liberation/LiberationSerif-Regular.ttf", "truetype/liberation/LiberationMono-Regular.ttf",
    "truetype/freefont/FreeSans.ttf", "truetype/freefont/FreeSerifItalic.ttf", "truetype/freefont/FreeMono.ttf",
    "truetype/lato/Lato-Light.ttf", "truetype/lato/Lato-Bold.ttf", "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
]
MIN_FONTS = 15

# Skeletons: for each digit ways to write it, each a list of curves through points in a unit square, y downwards.
SKELETONS = {
    0: [[[(.5, 0), (.15, .2), (.08, .55), (.3, .95), (.6, .97), (.88, .65), (.85, .25), (.55, .01)]],
        [[(.62, .03), (.25, .12), (.12, .5), (.3, .9), (.62, .95), (.9, .6), (.8, .15), (.5, .02)]]],
    1: [[[(.5, 0), (.5, .5), (.5, 1)]], [[(.62, 0), (.52, .5), (.42, 1)]], [[(.3, .22), (.52, .02)], [(.52, .02), (.5, 1)]]],
    2: [[[(.12, .25), (.3, .04), (.68, .05), (.82, .28), (.6, .58), (.1, .97)], [(.1, .97), (.5, .94), (.92, .97)]],
        [[(.15, .2), (.45, .02), (.8, .18), (.7, .5), (.25, .9), (.12, .85), (.3, .78), (.6, .92), (.92, .9)]]],
    3: [[[(.15, .12), (.5, .01), (.8, .18), (.65, .42), (.38, .48)], [(.38, .48), (.75, .54), (.86, .78), (.5, .99), (.1, .88)]],
        [[(.18, .05), (.6, .02), (.78, .2), (.6, .4), (.4, .46), (.75, .58), (.8, .82), (.45, .99), (.12, .9)]]],
    4: [[[(.25, .02), (.18, .3), (.15, .55)], [(.15, .55), (.5, .55), (.9, .52)], [(.72, .05), (.7, .5), (.68, 1)]],
        [[(.2, 0), (.12, .45), (.3, .55), (.75, .45)], [(.8, 0), (.76, .5), (.7, 1)]]],
    5: [[[(.82, .03), (.28, .05)], [(.28, .05), (.2, .42)],
         [(.2, .42), (.55, .36), (.84, .55), (.78, .85), (.45, .99), (.12, .9)]],
        [[(.25, .04), (.22, .42), (.55, .4), (.82, .6), (.7, .9), (.35, .98), (.1, .88)], [(.25, .04), (.85, .02)]]],
    6: [[[(.7, .02), (.35, .25), (.15, .6), (.25, .92), (.6, .98), (.82, .76), (.6, .55), (.3, .62), (.18, .75)]],
        [[(.55, 0), (.25, .35), (.16, .75), (.45, .99), (.78, .85), (.7, .6), (.4, .58), (.2, .78)]]],
    7: [[[(.1, .06), (.5, .04), (.86, .05)], [(.86, .05), (.6, .45), (.4, 1)]],
        [[(.12, .15), (.15, .05), (.55, .06), (.85, .04), (.65, .4), (.45, .98)]],
        [[(.1, .06), (.86, .05)], [(.86, .05), (.58, .5), (.42, 1)], [(.35, .5), (.8, .48)]]],
    8: [[[(.75, .12), (.45, .01), (.2, .18), (.4, .42), (.75, .65), (.78, .88), (.45, .99), (.2, .83), (.35, .58), (.68, .36),
          (.8, .15), (.6, .03)]],
        [[(.5, .02), (.22, .2), (.5, .46), (.78, .22), (.5, .02)], [(.5, .46), (.15, .75), (.5, .99), (.85, .74), (.5, .46)]]],
    9: [[[(.8, .18), (.5, .02), (.2, .22), (.3, .48), (.62, .46), (.8, .2)], [(.8, .2), (.78, .6), (.7, 1)]],
        [[(.75, .15), (.4, .03), (.2, .3), (.45, .5), (.75, .3), (.76, .12), (.78, .5), (.6, .85), (.35, .98)]]],
}


def spline(points, steps=24):
    """A Catmull-Rom curve through the points."""
    if len(points) == 2:
        points = [points[0], tuple((a + b) / 2 for a, b in zip(*points)), points[1]]
    padded = [points[0]] + points + [points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        for i in range(steps):
            t = i / steps
            curve.append(tuple(
                0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3)
                for p, q, r, s in zip(a, b, c, d)))
    return curve + [points[-1]]


def draw_strokes(digit, height, rnd):
    """A gray picture of the digit's ink, about as tall as asked."""
    room = height
    picture = Image.new("L", (3 * height, 3 * height))
    pen = ImageDraw.Draw(picture)
    width = rnd.uniform(0.05, 0.13) * height
    aspect, slant = rnd.uniform(0.55, 0.85), rnd.uniform(-0.05, 0.35)
    for curve in rnd.choice(SKELETONS[digit]):
        moved = [(x + rnd.gauss(0, 0.022), y + rnd.gauss(0, 0.022)) for x, y in curve]
        drift = 0.0
        for x, y in spline(moved):
            drift = 0.9 * drift + rnd.gauss(0, 0.002)
            px = room + height * ((x + drift) * aspect + slant * (0.5 - y))
            py = room + height * (y + drift)
            r = width / 2 * rnd.uniform(0.95, 1.05)
            pen.ellipse((px - r, py - r, px + r, py + r), fill=255)
    return picture


def draw_font(digit, height, path):
    """The same from a font."""
    font = ImageFont.truetype(os.path.join(FONTS, path), int(height * 1.3))
    picture = Image.new("L", (3 * height, 3 * height))
    ImageDraw.Draw(picture).text((1.5 * height, 1.5 * height), str(digit), fill=255, font=font, anchor="mm")
    return picture


def ground(side, rnd, generator):
    """Light that falls on the paper: a gradient, perhaps a shadow, 0 to 1."""
    y, x = numpy.mgrid[0:side, 0:side] / side
    angle, depth = rnd.uniform(0, 2 * math.pi), rnd.choice([0, 0, rnd.uniform(0.05, 0.35)])
    light = 1 - depth * (0.5 + 0.5 * (math.cos(angle) * (2 * x - 1) + math.sin(angle) * (2 * y - 1)) / math.sqrt(2))
    if rnd.random() < 0.25:
        angle, at, soft = rnd.uniform(0, 2 * math.pi), rnd.uniform(-0.3, 0.3), rnd.uniform(0.03, 0.2)
        edge = (math.cos(angle) * (x - 0.5) + math.sin(angle) * (y - 0.5) - at) / soft
        light = light * (1 - rnd.uniform(0.15, 0.45) / (1 + numpy.exp(-numpy.clip(edge, -30, 30))))
    return light + generator.normal(0, rnd.choice([0, 0.01, 0.03]), (side, side))


def make(digit, style, path, rnd, max_side):
    """One picture as the bytes of a file, and the file's ending."""
    generator = numpy.random.default_rng(rnd.getrandbits(32))
    side = int(math.exp(rnd.uniform(math.log(100), math.log(max_side))))
    height = max(int(side * rnd.uniform(0.4, 0.75)), 40)
    ink = draw_strokes(digit, height, rnd) if style == "stroke" else draw_font(digit, height, path)
    ink = ink.rotate(rnd.uniform(-12, 12), Image.BICUBIC)
    left, top, right, bottom = ink.getbbox()
    slack_x, slack_y = max(side - (right - left), 0), max(side - (bottom - top), 0)
    x, y = int(slack_x * rnd.uniform(0.15, 0.85)), int(slack_y * rnd.uniform(0.15, 0.85))
    mask = Image.new("L", (side, side))
    mask.paste(ink.crop((left, top, right, bottom)), (x, y))
    mask = mask.filter(ImageFilter.GaussianBlur(side * rnd.uniform(0, 0.006)))
    amount = numpy.asarray(mask, dtype=float)[..., None] / 255

    def color(low, high):
        base = rnd.uniform(low, high)
        return numpy.array([min(max(base + rnd.uniform(-0.06, 0.06), 0), 1) for _ in range(3)])

    dark, light = color(0.02, 0.3), color(0.75, 1.0)
    paper, pen = (light, dark) if rnd.random() < 0.7 else (dark, light)
    shade = ground(side, rnd, generator)[..., None]
    pixels = numpy.clip((paper * (1 - amount) + pen * amount) * shade, 0, 1)
    picture = Image.fromarray((pixels * 255 + 0.5).astype(numpy.uint8), "RGB")
    if rnd.random() < 0.4:
        picture = picture.convert("L")
    data = io.BytesIO()
    if rnd.random() < 0.6:
        picture.save(data, "JPEG", quality=rnd.randint(30, 92), subsampling=rnd.choice([0, 2]) if picture.mode == "RGB" else 0)
        return data.getvalue(), "jpg"
    picture.save(data, "PNG")
    return data.getvalue(), "png"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--max-side", type=int, default=1600)
    options = parser.parse_args()
    hands = [path for path in HANDS if os.path.exists(os.path.join(FONTS, path))]
    prints = [path for path in PRINTS if os.path.exists(os.path.join(FONTS, path))]
    if len(hands) + len(prints) < MIN_FONTS:
        sys.exit(f"make_digits.py: only {len(hands) + len(prints)} of the fonts are installed, {MIN_FONTS} are needed; "
                 "the packages are listed in this file")
    rnd = random.Random(options.seed)
    rows = []
    for number in range(options.count):
        digit = number % 10
        style = ("stroke", "stroke", "hand", "print")[number // 10 % 4]
        path = rnd.choice(hands if style == "hand" else prints)
        data, ending = make(digit, style, path, random.Random(rnd.getrandbits(64)), options.max_side)
        name = f"{digit}/{style}-{number:04}.{ending}"
        os.makedirs(os.path.join(options.out, str(digit)), exist_ok=True)
        with open(os.path.join(options.out, name), "wb") as file:
            file.write(data)
        rows.append((name, digit, style))
    with open(os.path.join(options.out, "pictures.csv"), "w", newline="", encoding="ascii") as file:
        csv.writer(file, lineterminator="\n").writerows([("file", "class", "style")] + rows)


if __name__ == "__main__":
    main()
