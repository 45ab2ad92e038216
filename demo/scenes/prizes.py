"""Pictures of the stories about prizes and prize problems: a protein, a medal, a landscape, a construction."""

import math

from .ink import (
    BLUE,
    DUSK,
    EMBER,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    PAPER,
    STEEL,
    Sheet,
    arc,
    ball_tone,
    circle,
    curve_of,
    ellipse,
    engraving,
    group,
    line,
    mix,
    net,
    polar,
    ring,
    shape,
    smooth,
    stars,
    swell,
    wave,
)


def helix(path, turns, radius, band, light, dark):
    """A spiral ribbon along a curve; path(t) gives a point for t from 0 to 1."""
    halves = []
    for half in range(turns * 2):
        upper, lower = [], []
        for n in range(17):
            t = (half + n / 16) / (turns * 2)
            (x, y), (x2, y2) = path(t), path(t + 0.004)
            length = math.dist((x, y), (x2, y2)) or 1
            ax, ay = (x2 - x) / length, (y2 - y) / length
            swing = math.cos(math.pi * (half + n / 16)) * radius
            px, py = x - ay * swing, y + ax * swing
            upper.append((px + ax * band, py + ay * band))
            lower.append((px - ax * band, py - ay * band))
        fill = mix(light, dark, 0.75) if half % 2 else light
        halves.append(
            (half % 2, shape(upper + lower[::-1], fill, stroke=NIGHT, stroke_width=1.4, stroke_linejoin="round"))
        )
    return group(*(part for _, part in sorted(halves, key=lambda pair: -pair[0])))


def strand(path, half, fill, **more):
    """A flat arrow along a curve."""
    points = [path(t / 40) for t in range(41)]
    halves = [half if n < 31 else half * 1.9 * (40 - n) / 9 for n in range(41)]
    return swell(points, halves, fill, stroke=NIGHT, stroke_width=1.4, **more)


def folded_protein():
    """A folded protein drawn in ribbons; its free end glows."""
    sheet = Sheet("alphafold-nobel")
    sheet.sky("#05090e", "#0c1a28", "#060a10")
    sheet.glow(600, 400, 520, BLUE, 0.55)
    sheet.add(
        engraving(
            lambda x, y: 0.24 * smooth(420, 120, math.dist((x, y), (600, 400))),
            (160, 0, 1040, 800),
            14,
            60,
            STEEL,
            0.35,
            30,
        )
    )
    sheet.add(*loops())
    sheet.add(helix(curve_of((905, 290), (960, 400), (920, 500), (845, 570)), 5, 54, 13, ICE, DUSK))
    sheet.add(helix(curve_of((290, 385), (330, 330), (340, 320), (385, 292)), 2, 44, 12, ICE, DUSK))
    for i, tone in enumerate((0.15, 0.35, 0.55, 0.75)):
        shift = i * 66
        a, d = (450 + shift, 560 - i * 22), (500 + shift, 250 - i * 6)
        if i % 2:
            a, d = d, a
        path = curve_of(a, (a[0] - 50, (a[1] * 2 + d[1]) / 3), (d[0] - 50, (a[1] + d[1] * 2) / 3), d)
        sheet.add(strand(path, 20, mix(FROST, STEEL, tone)))
    sheet.add(helix(curve_of((500, 190), (590, 120), (690, 130), (770, 195)), 5, 50, 13, FROST, BLUE))
    sheet.add(helix(curve_of((350, 590), (430, 690), (520, 690), (600, 620)), 4, 50, 13, LAMP, "#5d3310"))
    sheet.lamp(600, 620, 7, 190, 0.75)
    sheet.vignette(0.5)
    return sheet.svg()


def loops():
    """The thin parts of the chain."""
    paths = [
        curve_of((770, 190), (900, 90), (980, 210), (905, 300)),
        curve_of((845, 560), (830, 720), (640, 740), (560, 640)),
        curve_of((380, 300), (300, 180), (420, 90), (500, 190)),
        curve_of((350, 590), (210, 620), (190, 420), (290, 380)),
        curve_of((480, 470), (470, 640), (420, 660), (350, 590)),
        curve_of((690, 400), (740, 300), (800, 260), (770, 190)),
    ]
    for path in paths:
        points = [path(t / 40) for t in range(41)]
        yield line(points, NIGHT, 11) + line(points, STEEL, 7) + line(points, ICE, 2, opacity=0.7)


def medal():
    """A blank gold disc with a spiral engraved on it, on dark cloth."""
    sheet = Sheet("alphafold-nobel-2")
    sheet.sky("#0a1119", "#0d1824", "#05080c")
    folds, cx, cy, r = wave(sheet.rng, 5), 600, 392, 250
    sheet.add(
        engraving(
            lambda x, y: 0.3 + 0.26 * folds(x * 0.004 - y * 0.006),
            (-60, -60, 1260, 860),
            17,
            24,
            "#1f3a55",
            0.6,
            30,
            lambda x, y: (x, y + 26 * folds(x * 0.006 + y * 0.004)),
        )
    )
    sheet.glow(cx, cy, 520, LAMP, 0.35)
    sheet.add(ellipse(cx + 18, cy + 34, r + 6, r, NIGHT, opacity=0.7))
    sheet.add(circle(cx, cy, r, sheet.linear("#ffe9c4", "#c98d3f", "#5d3a16", "#b9803a", x1=0.1, y1=0, x2=0.9, y2=1)))
    sheet.add(circle(cx, cy, r - 16, sheet.linear("#7a5224", "#d49c50", "#f7d79b", x1=0.2, y1=0.1, x2=0.9, y2=1)))
    sheet.add(
        circle(cx, cy, r - 24, sheet.radial((0, "#f0c67c"), (0.6, "#b98240"), (1, "#7a5224"), cx=0.36, cy=0.3, r=0.85))
    )
    tone = ball_tone(cx, cy, r - 30, (0.5, 0.6, 0.25))
    sheet.add(engraving(tone, (cx - r, cy - r, cx + r, cy + r), 8, -40, "#4a2c0e", 0.5, 10, opacity=0.65))
    sheet.add(*(circle(*polar(cx, cy, r - 9, a), 2.6, "#5d3a16") for a in range(0, 360, 6)))
    sheet.add(helix(curve_of((480, 540), (540, 480), (660, 300), (724, 244)), 7, 62, 12, "#fff0d0", "#7a4a1a"))
    sheet.add(line(arc(cx, cy, r - 3, 190, 280), "#fff6e6", 3, opacity=0.8))
    sheet.glow(470, 220, 150, PALE, 0.5)
    sheet.vignette(0.65)
    return sheet.svg()


def energy_landscape():
    """A surface of hills and valleys; a lit ball rests in the deepest one."""
    sheet = Sheet("hopfield-hinton-nobel")
    sheet.sky(NIGHT, "#0a1522", "#16283a")
    sheet.add(stars(sheet.rng, 90, (0, 0, 1200, 260)))
    ripple, other = wave(sheet.rng, 4), wave(sheet.rng, 4)
    wells = (
        (0.1, 0.62, 0.16, 1.5),
        (-0.62, 0.4, 0.17, 0.8),
        (0.72, 0.42, 0.15, 0.85),
        (-0.3, 0.86, 0.14, 0.7),
        (0.3, 0.15, 0.2, 0.5),
    )

    def level(u, v):
        dip = sum(deep * math.exp(-((u - x) ** 2 + (v - y) ** 2) / size**2) for x, y, size, deep in wells)
        return 0.5 + 0.28 * ripple(u * 4 + 1) + 0.28 * other(v * 5 + u * 1.5) - dip

    rows, lamp = 33, None
    for row in range(rows):
        v = row / (rows - 1)
        base, scale, wide = 250 + 560 * v**1.5, 60 + 95 * v, 640 + 560 * v
        points = [(600 + (k / 45 - 1) * wide, base - scale * level(k / 45 - 1, v)) for k in range(91)]
        tone = [0.25 + 0.9 * max(0, (points[k][1] - points[max(0, k - 1)][1]) / (wide / 45) + 0.5) for k in range(91)]
        sheet.add(shape([*points, (1900, 900), (-700, 900)], mix("#0b1622", "#060b11", v)))
        sheet.add(swell(points, [t * (0.6 + 1.5 * v) for t in tone], mix("#40637f", "#a9c6da", v)))
        if lamp is None and v >= 0.62:
            lamp = (600 + 0.1 * wide, base - scale * level(0.1, v) - 20)
            sheet.glow(*lamp, 300, LAMP, 0.75, 0.6)
            sheet.add(circle(*lamp, 20, sheet.radial((0, "#fffaf0"), (0.5, PALE), (1, EMBER), cx=0.4, cy=0.35, r=0.7)))
    sheet.vignette(0.5)
    return sheet.svg()


def construction():
    """A pair of compasses closes the last circle of a geometric construction."""
    sheet = Sheet("math-olympiad")
    sheet.sky("#0a131b", "#0e1e2a", "#070c12")
    sheet.add(net())
    cx, cy, r = 510, 430, 250
    corners = [polar(cx, cy, r, a) for a in (-112, 28, 158)]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(corners, corners[1:] + corners[:1])]
    for corner, middle in zip(corners, [middles[1], middles[2], middles[0]]):
        sheet.add(line([corner, middle], ICE, 1.4, opacity=0.7, stroke_dasharray="10 7"))
    for middle in middles:
        sheet.add(line([(cx, cy), middle], STEEL, 1.4), ring(*middle, 5, ICE, 1.6))
    sheet.add(shape(corners, ICE, fill_opacity=0.07, stroke=PAPER, stroke_width=3, stroke_linejoin="round"))
    halves = [0.8 + 1.6 * math.sin(math.pi * n / 120) for n in range(121)]
    sheet.add(ring(cx, cy, r, STEEL, 1, opacity=0.8), swell(arc(cx, cy, r, 20, 302, 120), halves, LAMP))
    sheet.add(*(ring(x, y, reach, STEEL, 1, opacity=0.4) for (x, y), reach in zip(corners, (330, 210, 280))))
    sheet.add(*(circle(x, y, 7, PAPER, stroke=NIGHT, stroke_width=2) for x, y in corners), circle(cx, cy, 6, FROST))
    tip, hinge = polar(cx, cy, r, 302), (884, 92)
    for foot, light in (((cx, cy), "#d9dde2"), (tip, "#aab4bd")):
        knee = (hinge[0] + (foot[0] - hinge[0]) * 0.72, hinge[1] + (foot[1] - hinge[1]) * 0.72)
        sheet.add(
            swell([hinge, knee], [13, 8], light, stroke=NIGHT, stroke_width=2), swell([knee, foot], [5, 1.2], "#8b97a1")
        )
    sheet.add(circle(*hinge, 20, "#2c3944", stroke="#d9dde2", stroke_width=3), circle(*hinge, 6, "#d9dde2"))
    sheet.add(line([hinge, (930, 24)], "#d9dde2", 12, stroke_linecap="round"))
    sheet.lamp(*tip, 7, 190, 0.85)
    sheet.add(
        *(circle(900 + i * 42, 720, 11, FROST if i < 5 else "none", stroke=FROST, stroke_width=1.8) for i in range(6))
    )
    sheet.vignette(0.55)
    return sheet.svg()


SCENES = {
    "alphafold-nobel": folded_protein,
    "alphafold-nobel-2": medal,
    "hopfield-hinton-nobel": energy_landscape,
    "math-olympiad": construction,
}
