"""Pictures of the stories about probes and landers far from home."""

import math

from .ink import (
    ASH,
    BLUE,
    EMBER,
    FROST,
    HEIGHT,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    RUST,
    STEEL,
    WIDTH,
    Sheet,
    arc,
    ball_bend,
    ball_tone,
    circle,
    ellipse,
    engraving,
    group,
    line,
    mix,
    polar,
    rect,
    ring,
    shape,
    stars,
    swell,
    wave,
)


def sun_and_shield():
    """A probe hides behind its heat shield close above an enormous Sun."""
    sheet = Sheet("parker-closest")
    sheet.sky("#05070b", "#120f10", "#2a170c")
    sheet.add(stars(sheet.rng, 120, (0, 0, 700, 500)))
    cx, cy, r, rng = 1010, 1010, 780, sheet.rng
    sheet.glow(cx, cy, 1350, EMBER, 1)
    for _ in range(70):
        angle, reach = rng.uniform(178, 275), rng.uniform(90, 420)
        points = [polar(cx, cy, r + reach * n / 12, angle + 1.3 * math.sin(n / 5 + angle)) for n in range(13)]
        sheet.add(swell(points, [3.2 * (1 - n / 12) + 0.2 for n in range(13)], LAMP, opacity=rng.uniform(0.12, 0.4)))
    for start, size in ((222, 60), (246, 95)):
        x, y = polar(cx, cy, r - 12, start)
        sheet.add(*(ring(x, y, size - k * 9, PALE, 2.4 - k * 0.5, opacity=0.7 - k * 0.13) for k in range(4)))
    sheet.add(circle(cx, cy, r, sheet.radial((0.6, "#f7c877"), (0.86, LAMP), (0.97, EMBER), (1, PALE))))
    cell, other = wave(rng, 7), wave(rng, 7)

    def grains(x, y):
        if math.dist((x, y), (cx, cy)) > r - 8:
            return 0
        return 0.35 + 0.5 * cell(x * 0.03 + 2 * other(y * 0.012)) + 0.35 * other(y * 0.04 - x * 0.01)

    sheet.add(engraving(grains, (230, 230, 1240, 820), 18, -38, RUST, 0.6, 18, opacity=0.85))
    shielded_probe(sheet, 330, 300)
    sheet.vignette(0.5)
    return sheet.svg()


def shielded_probe(sheet, x, y):
    """The probe, its shield turned to the lower right."""
    shadow = sheet.linear((0, NIGHT, 0.85), (1, NIGHT, 0), x1=1, y1=0, x2=0, y2=0)
    body = sheet.linear("#d9dde2", "#55616b", "#1a222a", x1=0, y1=0, x2=0, y2=1)
    parts = [rect(-420, -62, 420, 124, shadow)]
    for side in (-1, 1):
        parts.append(
            shape([(-6, side * 20), (-92, side * 66), (-104, side * 52), (-20, side * 14)], "#1f4468", stroke=ICE)
        )
        parts.append(line([(-70, side * 20), (-150, side * 82)], ASH, 2))
    parts.append(rect(-112, -22, 112, 44, body, stroke=NIGHT))
    parts += [line([(-112 + k * 22, -22), (-112 + k * 22, 22)], NIGHT, 1.2, opacity=0.6) for k in range(1, 5)]
    parts += [line([(0, s * 18), (26, s * 46)], ASH, 2.5) for s in (-1, 1)]
    parts += [line([(0, 0), (26, s * 20)], ASH, 2.5) for s in (-1, 1)]
    parts.append(line([(-112, 0), (-230, 0)], ASH, 2.2))
    parts.append(ellipse(30, 0, 15, 64, "#39444d", stroke=NIGHT))
    parts.append(ellipse(40, 0, 15, 64, sheet.linear("#ffffff", PALE, LAMP), stroke=PALE, stroke_width=1.5))
    sheet.add(group(*parts, transform=f"translate({x} {y}) rotate(46)"))
    sheet.glow(*polar(x, y, 44, 46), 130, PALE, 0.55)


def ice_moon():
    """A probe with long wings between a cracked ice moon and a banded giant."""
    sheet = Sheet("europa-clipper")
    sheet.sky(NIGHT, "#070d15", "#0a131d")
    sheet.add(stars(sheet.rng, 170, (0, 0, 1200, 800)))
    jupiter(sheet, 170, 180, 330)
    cx, cy, r, rng = 800, 560, 330, sheet.rng
    sheet.glow(cx, cy, 450, BLUE, 0.6)
    sheet.add(
        circle(
            cx,
            cy,
            r,
            sheet.radial((0, "#f4f1ea"), (0.5, "#b9c6cc"), (0.82, "#4d6273"), (1, "#101a24"), cx=0.3, cy=0.28, r=0.85),
        )
    )
    cracks = []
    for _ in range(34):
        tilt, squash, span = rng.uniform(0, 180), rng.uniform(-0.9, 0.9), rng.uniform(40, 130)
        first = rng.uniform(0, 180 - span)
        points = arc(0, 0, r, first, first + span, 40, squash)
        turned = [polar(cx, cy, math.hypot(px, py), math.degrees(math.atan2(py, px)) + tilt) for px, py in points]
        width = rng.choice((0.6, 0.8, 1.1, 2.2))
        cracks.append(
            swell(
                turned,
                [width * math.sin(math.pi * n / 40) for n in range(41)],
                rng.choice((RUST, "#5b4334", "#7a8c99")),
                opacity=0.75,
            )
        )
    shade = ball_tone(cx, cy, r, (0.75, 0.7, -0.1))
    cracks.append(engraving(shade, (cx - r, cy - r, cx + r, cy + r), 13, -42, "#060b11", 0.9, 14))
    sheet.add(group(*cracks, clip_path=sheet.clip(circle(cx, cy, r))))
    sheet.add(line(arc(cx, cy, r, 150, 290), FROST, 2, opacity=0.8))
    clipper(sheet, 600, 250)
    sheet.vignette(0.45)
    return sheet.svg()


def jupiter(sheet, cx, cy, r):
    """The banded giant, engraved."""
    ripple, light = wave(sheet.rng, 6), ball_tone(cx, cy, r, (-0.2, -0.2, 0.75))

    def bands(x, y):
        stripe = 0.5 + 0.5 * math.sin((y - cy) * 0.04 + 0.5 * ripple(x * 0.02 + y * 0.01))
        return light(x, y) * (0.25 + 0.75 * stripe)

    sheet.glow(cx, cy, r * 1.25, RUST, 0.4)
    sheet.add(circle(cx, cy, r, "#20160f"))
    sheet.add(
        engraving(bands, (cx - r, cy - r, cx + r, cy + r), 14, 0, "#b08a63", 0.85, 20, ball_bend(cy, r, cx, 0.12))
    )
    sheet.add(
        *(
            ellipse(cx + 120, cy + 112, 54 - k * 13, 27 - k * 7, ("#20160f", "#b5602f", EMBER, LAMP)[k], opacity=0.9)
            for k in range(4)
        )
    )


def clipper(sheet, x, y):
    """The probe: a small body, two very long wings."""
    parts = []
    for side in (-1, 1):
        for k in range(5):
            a, b = side * (40 + k * 46), side * (82 + k * 46)
            parts.append(shape([(a, -24), (b, -24), (b, 24), (a, 24)], "#1f4468", stroke=ICE, stroke_width=1.2))
            parts.append(line([((a + b) / 2, -24), ((a + b) / 2, 24)], ICE, 0.8, opacity=0.6))
        parts.append(line([(side * 14, 0), (side * 270, 0)], FROST, 1.6))
    parts += [rect(-16, -40, 32, 80, "#c9ced5", stroke=NIGHT), rect(-16, -40, 12, 80, "#7d8890")]
    parts += [
        ellipse(0, -46, 34, 10, "#f4f1ea", stroke=STEEL),
        line([(0, -46), (0, -68)], ASH, 2),
        line([(0, 40), (0, 86)], ASH, 1.6),
    ]
    sheet.add(group(*parts, transform=f"translate({x} {y}) rotate(-22) skewX(-8)"))
    sheet.lamp(x - 2, y + 4, 4, 70, 0.8)


def polar_lander():
    """A lander and its rover on the Moon, in long low light; the Earth stands at the horizon."""
    sheet = Sheet("chandrayaan-3")
    sheet.sky(NIGHT, "#06090e", "#0b1118")
    sheet.add(stars(sheet.rng, 150, (0, 0, 1200, 420)))
    ex, ey = 300, 236
    sheet.glow(ex, ey, 150, "#3d86b3", 0.6)
    sheet.add(
        circle(ex, ey, 62, "#0c2b44"),
        engraving(
            ball_tone(ex, ey, 62, (0.8, -0.1, 0.4)), (230, 170, 370, 300), 6, -14, FROST, 0.85, 4, ball_bend(ey, 62, ex)
        ),
    )
    ground(sheet)
    x, y = 730, 492
    sheet.add(
        shape(
            [(x - 110, y + 112), (x + 110, y + 112), (x - 190, y + 186), (x - 620, y + 206), (x - 660, y + 190)],
            NIGHT,
            opacity=0.8,
        )
    )
    lander(sheet, x, y)
    rover(sheet, 300, 640)
    sheet.lamp(x + 56, y - 18, 5, 100, 0.85)
    sheet.vignette(0.5)
    return sheet.svg()


def lander(sheet, x, y):
    """The lander on its four legs."""
    gold, dark = sheet.linear("#6b4a22", "#d49c50", "#ffe0a8", x2=1, y2=0), "#1c242b"
    for lx, foot in ((-96, 108), (-46, 122), (60, 122), (112, 106)):
        sheet.add(
            line([(x + lx * 0.55, y + 20), (x + lx, y + foot - 6)], "#c9ced5", 6),
            line([(x + lx * 0.3, y + 52), (x + lx * 0.9, y + foot - 26)], ASH, 3),
        )
        sheet.add(ellipse(x + lx, y + foot, 20, 6, "#d9dde2", stroke=NIGHT))
    sheet.add(
        *(
            shape(
                [(x + k - 14, y + 52), (x + k + 14, y + 52), (x + k + 20, y + 78), (x + k - 20, y + 78)],
                dark,
                stroke=ASH,
            )
            for k in (-34, 34)
        )
    )
    sheet.add(
        rect(x - 84, y - 44, 168, 98, gold, stroke=NIGHT, stroke_width=1.5),
        shape([(x - 84, y - 44), (x + 84, y - 44), (x + 60, y - 66), (x - 60, y - 66)], "#e9d7b0", stroke=NIGHT),
    )
    sheet.add(
        rect(x - 70, y - 34, 86, 74, "#18344f", stroke=ICE, stroke_width=1.2),
        *(line([(x - 70 + k * 17, y - 34), (x - 70 + k * 17, y + 40)], ICE, 0.9, opacity=0.7) for k in range(1, 5)),
    )
    sheet.add(
        *(line([(x - 70, y - 34 + k * 18), (x + 16, y - 34 + k * 18)], ICE, 0.9, opacity=0.7) for k in range(1, 4))
    )
    sheet.add(
        line([(x + 40, y - 66), (x + 40, y - 118)], ASH, 2.5),
        ellipse(x + 40, y - 120, 20, 7, "#d9dde2", stroke=NIGHT),
        line([(x - 40, y - 66), (x - 48, y - 104)], ASH, 2),
    )


def ground(sheet):
    """Lunar ground: rows of hills that thicken where the low light falls."""
    rough, broad = wave(sheet.rng, 7), wave(sheet.rng, 4)
    for row in range(26):
        v = row / 25
        base, swing = 400 + 430 * v**1.6, 22 - 12 * v
        points = [
            (k * 20 - 20, base - swing * (rough(k * 0.16 + row * 0.9) + broad(k * 0.09 + row * 0.4))) for k in range(63)
        ]
        slope = [(points[min(62, k + 1)][1] - points[max(0, k - 1)][1]) / 8 for k in range(63)]
        sheet.add(shape([*points, (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)], mix("#151b21", "#2c3135", v)))
        sheet.add(swell(points, [max(0.3, (1.1 + s) * (0.7 + 1.4 * v)) for s in slope], mix("#39424a", "#6f706c", v)))
    for _ in range(46):
        v = sheet.rng.random()
        crater(sheet, sheet.rng.uniform(0, WIDTH), 420 + 370 * v**1.4, sheet.rng.uniform(12, 52) * (0.3 + 1.2 * v))


def crater(sheet, x, y, r):
    """A crater in low light from the right: the near wall is dark, the far one bright."""
    sheet.add(ellipse(x, y, r, r * 0.3, "#090d11"))
    halves = [2.2 * math.sin(math.pi * n / 30) for n in range(31)]
    sheet.add(swell(arc(x, y, r, 110, 290, 30, 0.3), halves, "#e9e4d8", opacity=0.85))


def rover(sheet, x, y):
    """A small rover and its tracks."""
    for dy in (6, 26):
        sheet.add(
            line(
                [(x + 40, y + dy), (x + 210, y - 22 + dy), (x + 360, y - 44 + dy * 0.6)],
                NIGHT,
                4,
                opacity=0.75,
                stroke_dasharray="5 5",
            )
        )
    sheet.add(shape([(x - 50, y + 26), (x + 50, y + 26), (x - 60, y + 44), (x - 260, y + 52)], NIGHT, opacity=0.75))
    sheet.add(*(circle(x + k, y + 20, 12, "#1c242b", stroke="#d9dde2", stroke_width=2.2) for k in (-38, 0, 38)))
    sheet.add(
        rect(x - 46, y - 22, 92, 30, "#b98a4a", stroke=NIGHT),
        shape([(x - 50, y - 24), (x + 46, y - 24), (x + 74, y - 66), (x - 22, y - 66)], "#18344f", stroke=ICE),
    )
    sheet.add(line([(x - 34, y - 24), (x - 34, y - 62)], ASH, 3), rect(x - 44, y - 72, 20, 12, "#d9dde2", stroke=NIGHT))


SCENES = {
    "parker-closest": sun_and_shield,
    "europa-clipper": ice_moon,
    "chandrayaan-3": polar_lander,
}
