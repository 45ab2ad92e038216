"""Pictures of the stories about black holes: their waves and their shadow."""

import math

from .ink import (
    BLUE,
    EMBER,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    RUST,
    STEEL,
    Sheet,
    arc,
    ball_bend,
    ball_tone,
    block,
    circle,
    ellipse,
    engraving,
    group,
    line,
    mix,
    num,
    perspective,
    polar,
    rect,
    ridge,
    ring,
    shape,
    stars,
    swell,
    wave,
)


def long_arms():
    """Two long tubes meet at a right angle on a plain while faint rings cross the sky."""
    sheet = Sheet("ligo-first-chirp")
    sheet.sky((0, NIGHT), (0.25, "#0e2336"), (0.44, "#35566c"), (0.53, "#b98a5a"))
    sheet.add(stars(sheet.rng, 130, (0, 0, 1200, 330)))
    for k in range(15):
        r = 60 + 46 * k + 1.2 * k * k
        halves = [(0.5 + 1.9 * math.exp(-k / 6)) * math.sin(math.pi * n / 80) for n in range(81)]
        sheet.add(swell(arc(980, 40, r, 40, 200, 80, 0.72), halves, ICE, opacity=0.75 - 0.04 * k))
    for shift in (0, 17):
        sheet.add(circle(972 + shift, 40 + shift * 0.4, 7, NIGHT, stroke=FROST, stroke_width=1.6))
    sheet.add(
        ridge(sheet.rng, 396, 44, "#22384a", 0.009),
        ridge(sheet.rng, 400, 18, "#16242f", 0.006),
        rect(0, 394, 1200, 410, sheet.linear("#2a2f33", "#14191d", "#080b0e")),
    )
    rough = wave(sheet.rng, 6)
    sheet.add(
        engraving(
            lambda x, y: 0.25 + 0.22 * rough(x * 0.012 + y * 0.04), (-60, 400, 1260, 800), 13, 0, "#4b4a45", 0.45, 40
        )
    )
    spot = perspective(horizon=380, eye=26, focal=900, centre=520)
    for end in ((-200, 395), (330, 330)):
        tube(sheet, spot, (0, 86), end)
    station(sheet, spot)
    sheet.lamp(*spot(8, 2.3, 78), 4, 150, 0.8)
    sheet.vignette(0.45)
    return sheet.svg()


def station(sheet, spot):
    """The building where the arms meet."""
    edge = {"stroke": NIGHT, "stroke_width": 1}
    sheet.add(block(spot, (-13, 0, 78), (26, 6, 18), "#c9ced5", "#55656f", "#2c3944", **edge))
    sheet.add(
        block(spot, (-7, 0, 72), (12, 4, 6), "#8b97a1", "#33424d", "#1c2731", **edge),
        block(spot, (-5, 6, 82), (10, 3, 9), "#d9dde2", "#6f7f8b", "#33424d", **edge),
    )
    sheet.add(
        *(
            shape(
                [spot(px, 1.2, 78), spot(px + 1.8, 1.2, 78), spot(px + 1.8, 3.4, 78), spot(px, 3.4, 78)],
                PALE if px == 7 else "#1c2731",
            )
            for px in (-11, -8, 7, 10)
        )
    )


def tube(sheet, spot, start, end):
    """One arm: a covered tube on the ground, with its service huts."""
    (x, z), (x2, z2) = start, end
    length = math.dist(start, end)
    nx, nz = -(z2 - z) / length * 2.6, (x2 - x) / length * 2.6
    sides = [
        [spot(px + s * nx, h, pz + s * nz) for px, pz in (start, end)]
        for s, h in ((1, 0), (0.6, 3.4), (-0.6, 3.4), (-1, 0))
    ]
    for first, second, fill in zip(sides, sides[1:], ("#33424d", "#aab4bd", "#55656f")):
        sheet.add(shape([first[0], first[1], second[1], second[0]], fill, stroke=NIGHT, stroke_width=0.6))
    for k in range(1, 40):
        share = (k / 40) ** 1.6
        px, pz = x + (x2 - x) * share, z + (z2 - z) * share
        sheet.add(
            line(
                [spot(px + s * nx, h, pz + s * nz) for s, h in ((1, 0), (0.6, 3.4), (-0.6, 3.4), (-1, 0))],
                NIGHT,
                0.9,
                opacity=0.5,
            )
        )
    sheet.add(block(spot, (x2 - 7, 0, z2 - 4), (14, 7, 10), "#d9dde2", "#6f7f8b", "#33424d"))


def spiral_in():
    """Two dark bodies circle each other on a net that ripples outward."""
    sheet = Sheet("ligo-first-chirp-2")
    sheet.sky(NIGHT, "#081019", "#0c1825")
    sheet.add(stars(sheet.rng, 130, (0, 0, 1200, 380)))
    cx, cy = 600, 440

    def lift(r, angle):
        swing = math.cos(2 * math.radians(angle) + r / 34)
        return swing * 30 * math.exp(-r / 420)

    def spot(r, angle):
        x, y = polar(0, 0, r, angle)
        return cx + x, cy + y * 0.46 - lift(r, angle)

    for k in range(21):
        r = 112 + k * 30
        points = [spot(r, a) for a in range(0, 361, 4)]
        halves = [
            0.35 + 1.7 * math.exp(-r / 330) * (0.5 + 0.5 * math.cos(2 * math.radians(a) + r / 34))
            for a in range(0, 361, 4)
        ]
        sheet.add(swell(points, halves, mix(PALE if k < 1 else ICE, BLUE, k / 18), opacity=0.9))
    for a in range(0, 360, 10):
        sheet.add(line([spot(112 + k * 20, a) for k in range(36)], STEEL, 0.8, opacity=0.28))
    sheet.glow(cx, cy, 210, LAMP, 0.6, 0.6)
    for angle, size in ((205, 34), (25, 28)):
        x, y = polar(0, 0, 78, angle)
        x, y = cx + x, cy + y * 0.46 - 20
        trail = [(cx + px, cy + py * 0.46 - 20) for px, py in arc(0, 0, 78, angle - 150, angle, 40)]
        sheet.add(swell(trail, [4 * (n / 40) ** 1.5 for n in range(41)], LAMP, opacity=0.9))
        sheet.add(
            circle(x, y, size, "#020305", stroke=PALE, stroke_width=2), ring(x, y, size + 5, LAMP, 1.2, opacity=0.7)
        )
    sheet.vignette(0.5)
    return sheet.svg()


def dark_ring():
    """A ring of light around a dark disc, brighter below."""
    sheet = Sheet("black-hole-image")
    sheet.sky("#030406", "#07080b", "#040507")
    cx, cy, rng = 600, 400, sheet.rng
    sheet.add(stars(rng, 90, (0, 0, 1200, 800), opacity=0.5))
    halo = sheet.radial((0, NIGHT, 0), (0.36, RUST, 0.1), (0.52, EMBER, 0.62), (0.66, RUST, 0.4), (1, RUST, 0))
    sheet.add(circle(cx, cy, 400, halo))
    turbulence = wave(rng, 7)

    def brightness(r, angle):
        crest = math.exp(-(((r - 208) / 44) ** 2))
        lean = 0.5 + 0.5 * math.cos(math.radians(angle - 108))
        return crest * (0.22 + 0.78 * lean**1.3) * (1 + 0.22 * turbulence(angle * 0.05 + r * 0.03))

    for k in range(27):
        r = 112 + k * 8.6
        angles = [n * 3 for n in range(121)]
        points = [polar(cx, cy, r, a) for a in angles]
        halves = [max(0.15, 4.4 * min(1, brightness(r, a))) for a in angles]
        middle = math.exp(-(((r - 206) / 40) ** 2))
        sheet.add(swell(points, halves, mix("#8a3f1c", PALE, middle * 0.95), opacity=0.3 + 0.7 * middle))
    hot = sheet.blur(16)
    sheet.add(line(arc(cx, cy, 206, 50, 165), PALE, 26, opacity=0.4, filter=hot))
    sheet.add(circle(cx, cy, 128, sheet.radial((0, "#010102"), (0.8, "#010102"), (1, "#010102", 0))))
    sheet.vignette(0.6)
    return sheet.svg()


def dish_network():
    """Eight dishes on a globe, tied by lines into one instrument."""
    sheet = Sheet("black-hole-image-2")
    sheet.sky(NIGHT, "#081421", "#0d1d2d")
    sheet.add(stars(sheet.rng, 150, (0, 0, 1200, 800)))
    cx, cy, r = 600, 640, 470
    sheet.glow(cx, cy, 640, "#3d86b3", 0.6)
    sheet.add(circle(cx, cy, r, sheet.radial((0, "#16405f"), (0.7, "#0b2438"), (1, "#050b12"), cx=0.4, cy=0.25, r=0.8)))
    tone, cloud = ball_tone(cx, cy, r, (-0.45, -0.75, 0.4)), wave(sheet.rng, 6)

    def surface(x, y):
        return tone(x, y) * (0.45 + 0.4 * cloud(y * 0.03 + 1.5 * cloud(x * 0.006 + y * 0.004)))

    sheet.add(
        engraving(
            surface, (cx - r, cy - r, cx + r, 800), 14, 0, "#8fb3c9", 0.55, 14, ball_bend(cy, r, cx, 0.3), opacity=0.5
        )
    )
    for k in (-0.8, -0.5, -0.2, 0.2, 0.5, 0.8):
        turns = [t / 20 for t in range(-8, 33)]
        sheet.add(line([(cx + k * r * math.cos(t), cy - r * math.sin(t)) for t in turns], ICE, 0.9, opacity=0.3))
    sheet.add(ring(cx, cy, r, ICE, 2, opacity=0.7))
    sites = [(318, 412), (430, 316), (520, 470), (628, 262), (716, 420), (842, 352), (660, 640), (380, 600)]
    focus = (600, 40)
    for i, a in enumerate(sites):
        sheet.add(*(line([a, b], LAMP, 1.6, opacity=0.75) for b in sites[i + 1 :]))
        sheet.add(line([a, focus], PALE, 0.9, opacity=0.3, stroke_dasharray="2 9"))
    sheet.add(*(small_dish(x, y) for x, y in sites))
    sheet.glow(*focus, 100, LAMP, 0.8)
    sheet.add(ring(*focus, 13, PALE, 5), circle(*focus, 8, NIGHT))
    sheet.vignette(0.5)
    return sheet.svg()


def small_dish(x, y):
    """A dish on its mount."""
    bowl = group(
        ellipse(0, 0, 22, 9, "#f4f1ea", stroke="#25323d", stroke_width=1.5),
        line([(-14, -1), (0, -20), (14, -1)], "#25323d", 1.6),
        circle(0, -20, 3, "#25323d"),
        transform=f"translate({x} {y - 20}) rotate({num((600 - x) / 16)})",
    )
    return (
        shape(
            [(x - 5, y - 18), (x + 5, y - 18), (x + 11, y + 4), (x - 11, y + 4)],
            "#0c141c",
            stroke=FROST,
            stroke_width=1,
        )
        + bowl
    )


SCENES = {
    "ligo-first-chirp": long_arms,
    "ligo-first-chirp-2": spiral_in,
    "black-hole-image": dark_ring,
    "black-hole-image-2": dish_network,
}
