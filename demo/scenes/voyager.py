"""Pictures of the story about a probe with a broken memory."""

import math

from .ink import (
    ASH,
    EMBER,
    FROST,
    LAMP,
    NIGHT,
    PALE,
    SLATE,
    STEEL,
    Sheet,
    arc,
    block,
    circle,
    ellipse,
    group,
    isometric,
    line,
    mix,
    rect,
    shape,
    stars,
    swell,
)


def far_probe():
    """A probe with a large dish looks back at a small, distant Sun."""
    sheet = Sheet("voyager-1-memory")
    sheet.sky(NIGHT, "#070d16", "#0b1521")
    sheet.add(stars(sheet.rng, 230, (0, 0, 1200, 800)))
    sun = (172, 168)
    for k in range(9):
        r = 190 + k * 95
        points = arc(*sun, r, -20, 110, 60)
        sheet.add(swell(points, [1.5 * math.sin(math.pi * n / 60) for n in range(61)], STEEL, opacity=0.42 - 0.035 * k))
    beam = sheet.linear((0, LAMP, 0), (1, LAMP, 0.3), x1=0, y1=0, x2=1, y2=0.6)
    sheet.add(shape([sun, (688, 300), (610, 470)], beam))
    sheet.lamp(*sun, 5, 120, 0.9)
    parts = bus()
    parts.append(antenna(sheet))
    sheet.add(group(*parts, transform="translate(664 392)"))
    sheet.vignette(0.5)
    return sheet.svg()


def bus():
    """The body and its booms, with the power sources and the cameras."""
    parts = boom((60, 30), (470, 260), 11, 14) + boom((20, 70), (-90, 330), 8, 9) + boom((70, -10), (400, -150), 8, 10)
    for k in range(3):
        x, y = -48 - k * 24, 218 + k * 62
        parts.append(
            group(
                rect(-20, -26, 40, 52, "#2a343d", stroke=ASH, stroke_width=1.2),
                *(line([(-20, dy), (20, dy)], ASH, 1) for dy in (-13, 0, 13)),
                transform=f"translate({x} {y}) rotate(22)",
            )
        )
    parts += [
        rect(372, -172, 62, 40, "#39444d", stroke=ASH),
        circle(410, -152, 11, NIGHT, stroke=FROST, stroke_width=2),
        rect(300, -134, 40, 28, "#2a343d", stroke=ASH),
    ]
    sides = [(24, -78), (104, -38), (118, 46), (52, 104), (-20, 76)]
    parts.append(shape(sides, "#27323c", stroke=ASH, stroke_width=1.5))
    parts += [
        line([a, b], ASH, 1.2, opacity=0.7)
        for a, b in zip([(38, -72), (62, -58), (84, -46)], [(4, 82), (24, 92), (42, 100)])
    ]
    parts.append(circle(74, 26, 25, "#b98a4a", stroke=PALE, stroke_width=1.5))
    return parts


def antenna(sheet):
    """The large dish with its feed."""
    dish = sheet.linear("#ffffff", "#d9dde2", "#6f7f8b", "#25323d", x1=0, y1=0, x2=1, y2=1)
    plate = [ellipse(0, 0, 178, 92, "#18242e"), ellipse(0, -8, 178, 88, dish)]
    plate += [ellipse(0, -6, 178 * k, 86 * k, "none", stroke="#4b5a66", stroke_width=1.2) for k in (0.76, 0.5, 0.25)]
    plate += [
        line([(0, -8), (178 * math.cos(a), -8 + 88 * math.sin(a))], "#4b5a66", 0.9, opacity=0.6)
        for a in (k * math.pi / 8 for k in range(16))
    ]
    plate += [
        line([(-150, -28), (0, -150), (150, -28)], "#aab4bd", 3),
        line([(0, 76), (0, -150)], "#aab4bd", 3),
        ellipse(0, -152, 30, 12, "#2a343d", stroke=FROST),
    ]
    return group(*plate, transform="translate(-6 -10) rotate(-58)")


def boom(start, end, half, cells):
    """A lattice boom between two points."""
    (x, y), (x2, y2) = start, end
    length = math.dist(start, end)
    nx, ny = -(y2 - y) / length * half, (x2 - x) / length * half
    upper = [(x + (x2 - x) * k / cells + nx, y + (y2 - y) * k / cells + ny) for k in range(cells + 1)]
    lower = [(px - 2 * nx, py - 2 * ny) for px, py in upper]
    zigzag = [upper[k] if k % 2 else lower[k] for k in range(cells + 1)]
    return [line(upper, ASH, 2), line(lower, STEEL, 2), line(zigzag, STEEL, 1.3)]


def memory():
    """A field of memory cells with one burnt-out block; its contents move elsewhere."""
    sheet = Sheet("voyager-1-memory-2")
    sheet.sky(NIGHT, "#0a141f", "#0e1a27")
    sheet.add(stars(sheet.rng, 90, (0, 0, 1200, 800), opacity=0.6))
    spot, rng = isometric(600, 130, 31), sheet.rng
    sheet.add(block(spot, (-1, -1.2, -1), (20, 0.9, 20), "#0f1c28", "#070d14", "#0a121a", stroke="#2c3f52"))
    hole, homes = [], [(3, 13), (15, 3), (16, 14), (9, 16), (2, 5)]
    for x in range(18):
        for z in range(18):
            corner = (x, -0.3, z)
            if 7 <= x <= 11 and 6 <= z <= 9:
                if rng.random() < 0.4:
                    hole.append(
                        block(spot, corner, (0.7, 0.1 + 0.3 * rng.random(), 0.7), "#11161b", "#05080b", "#080c10")
                    )
                sheet.add(hole.pop() if hole else "")
            elif (x, z) in homes:
                sheet.add(block(spot, corner, (0.78, 0.75, 0.78), LAMP, "#7a4a1a", EMBER))
            else:
                tone = 0.25 + 0.5 * rng.random() ** 2
                sheet.add(block(spot, corner, (0.78, 0.42, 0.78), mix(SLATE, STEEL, tone), "#0f1a25", "#16242f"))
    for x, z in homes:
        (ax, ay), (bx, by) = spot(9.4, 0.2, 8), spot(x + 0.4, 0.5, z + 0.4)
        rise = 60 + 0.4 * math.dist((ax, ay), (bx, by))
        points = [
            (ax + (bx - ax) * t / 40, ay + (by - ay) * t / 40 - rise * math.sin(math.pi * t / 40)) for t in range(41)
        ]
        sheet.add(swell(points, [0.4 + 1.5 * t / 40 for t in range(41)], LAMP, opacity=0.8))
    for x, z in homes:
        sheet.glow(*spot(x + 0.4, 0.5, z + 0.4), 60, LAMP, 0.45)
    sheet.lamp(*spot(15.4, 0.5, 3.4), 4, 170, 0.8)
    sheet.vignette(0.55)
    return sheet.svg()


SCENES = {
    "voyager-1-memory": far_probe,
    "voyager-1-memory-2": memory,
}
