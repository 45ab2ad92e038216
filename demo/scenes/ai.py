"""Pictures of the stories about AI."""

import math

from .ink import (
    ASH,
    BLUE,
    EMBER,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    SLATE,
    STEEL,
    Sheet,
    arc,
    ball_tone,
    block,
    circle,
    curve_of,
    ellipse,
    engraving,
    floor_grid,
    isometric,
    lattice,
    lattice_ball,
    line,
    mix,
    net,
    perspective,
    polar,
    rect,
    ridge,
    ring,
    shape,
    smooth,
    stars,
    swell,
    wave,
)

# Stones of an invented position, as (column, row) on the board
BLACK = (-6, 14), (-5, 16), (6, 26), (5, 24), (-6, 25), (-4, 26), (-7, 23), (2, 27), (-2, 14), (7, 18), (7, 16), (0, 13)
WHITE = (6, 14), (5, 15), (-6, 27), (-5, 24), (-3, 25), (4, 26), (7, 23), (6, 22), (-7, 17), (-4, 14), (3, 13), (6, 17)


def go_board():
    """A Go board at night; one stone is lit."""
    sheet = Sheet("alphago-move-37")
    sheet.sky(NIGHT, "#0c1621", "#101c28")
    spot = perspective(horizon=-190, eye=14, focal=900, yaw=-16, centre=352)
    sheet.add(block(spot, (-10.2, -1.1, 9.8), (20.4, 1, 20.4), "#3d3322", "#1c170f", "#120f0a", stroke="#6d5a38"))
    sheet.add(*(line([spot(i, 0, 11), spot(i, 0, 29)], "#d9b97c", 1.5, opacity=0.6) for i in range(-9, 10)))
    sheet.add(*(line([spot(-9, 0, i), spot(9, 0, i)], "#d9b97c", 1.5, opacity=0.6) for i in range(11, 30)))
    sheet.add(*(circle(*spot(x, 0, z), 4, "#d9b97c") for x in (-6, 0, 6) for z in (14, 20, 26)))
    special = (5, 19)
    fills = [
        sheet.radial((0, "#4b5864"), (0.5, "#141b22"), (1, "#05080b"), cx=0.4, cy=0.3, r=0.7),
        sheet.radial((0, "#ffffff"), (0.55, "#cfd3d4"), (1, "#7f8a92"), cx=0.4, cy=0.3, r=0.7),
        sheet.radial((0, PALE), (0.35, "#6b4520"), (0.8, "#120d08"), (1, LAMP), cx=0.4, cy=0.3, r=0.75),
    ]
    x, y = spot(special[0], 0.15, special[1])
    sheet.glow(x, y, 330, LAMP, 0.75, 0.62)
    stones = [(z, px, 0) for px, z in BLACK] + [(z, px, 1) for px, z in WHITE] + [(special[1], special[0], 2)]
    for z, px, kind in sorted(stones, reverse=True):
        sx, sy = spot(px, 0.15, z)
        r = (spot(px + 0.47, 0.15, z)[0] - sx) * 1.03
        sheet.add(
            ellipse(sx + 5, sy + r * 0.42, r, r * 0.5, NIGHT, opacity=0.5), ellipse(sx, sy, r, r * 0.66, fills[kind])
        )
    sheet.add(ellipse(x, y, 46, 31, "none", stroke=PALE, stroke_width=2.5))
    sheet.vignette(0.6)
    return sheet.svg()


def attention():
    """Arcs of different weight tie a row of slips to one another; one slip is lit."""
    sheet = Sheet("attention-paper")
    sheet.sky(NIGHT, "#0b1520", "#0f1d2b")
    rng, ground, lit = sheet.rng, 560, 8
    widths = [58, 40, 74, 46, 90, 52, 40, 66, 84, 44, 70, 48, 60]
    places, x = [], (1200 - sum(widths) - 22 * 12) / 2
    for width in widths:
        places.append(x + width / 2)
        x += width + 22
    sheet.glow(places[lit], ground, 420, LAMP, 0.42)
    for i, start in enumerate(places):
        for k in range(i + 1, len(places)):
            weight = rng.random() ** 2.4
            near = lit in (i, k)
            if weight < 0.07 and not near:
                continue
            end, colour = places[k], mix(LAMP, PALE, weight) if near else mix(BLUE, ICE, weight * 0.8)
            points = arc((start + end) / 2, ground - 8, (end - start) / 2, 180, 360, 70, 0.98)
            strength = (0.9 + 5.2 * weight) if near else (0.5 + 3.4 * weight)
            halves = [strength * (0.25 + 0.75 * math.sin(math.pi * n / 70) ** 1.4) for n in range(71)]
            sheet.add(swell(points, halves, colour, opacity=0.9 if near else 0.7))
    sheet.add(rect(0, ground + 54, 1200, 186, sheet.linear("#0d1823", "#05080c")))
    for i, (place, width) in enumerate(zip(places, widths)):
        fill, edge = (PALE, LAMP) if i == lit else ("#1a2938", STEEL)
        sheet.add(rect(place - width / 2, ground, width, 54, fill, stroke=edge, stroke_width=1.4))
        sheet.add(rect(place - width / 2, ground + 60, width, 60, sheet.linear((0, fill, 0.35), (1, fill, 0))))
    sheet.lamp(places[lit], ground + 27, 5, 170, 0.7)
    sheet.vignette(0.5)
    return sheet.svg()


def diving_bell():
    """A small diving bell with one lamp, far down a sounding line."""
    sheet = Sheet("deepseek-r1")
    sheet.sky("#2a5a72", (0.18, "#123449"), (0.5, "#081a28"), (1, "#02060a"))
    x, y, curve = 700, 450, wave(sheet.rng, 5)

    def water(px, py):
        return 0.62 * smooth(480, 0, py) ** 1.5 + 0.3 * smooth(300, 0, math.dist((px, py), (x - 60, y)))

    def drift(px, py):
        return px, py + 16 * curve(px * 0.006 + py * 0.013)

    sheet.add(engraving(water, (-40, -20, 1240, 800), 14, 0, "#5aa0b8", 0.42, 24, drift, opacity=0.55))
    beam = sheet.linear((0, PALE, 0.75), (0.3, LAMP, 0.3), (1, LAMP, 0), x1=1, y1=0, x2=0, y2=0.5)
    sheet.add(shape([(x - 40, y - 8), (-60, 560), (120, 900), (x - 30, y + 22)], beam))
    sheet.add(ridge(sheet.rng, 800, 90, "#03080c", 0.013))
    sheet.add(line([(x + 6, 0), (x, y - 92)], ASH, 2.4), line([(x + 12, 0), (x + 20, y - 88)], STEEL, 1.2))
    sheet.glow(x, y, 320, LAMP, 0.35)
    body = sheet.radial((0, "#9fb3bd"), (0.5, "#3b5261"), (1, "#0c161e"), cx=0.3, cy=0.35, r=0.8)
    sheet.add(shape([(x - 26, y - 92), (x + 26, y - 92), (x + 34, y - 60), (x - 34, y - 60)], "#22333f", stroke=STEEL))
    sheet.add(circle(x, y, 74, body, stroke="#0c161e", stroke_width=2))
    sheet.add(*(ellipse(x, y, 74, ry, "none", stroke="#0c161e", stroke_width=1.6, opacity=0.7) for ry in (26, 52)))
    sheet.add(circle(x - 36, y + 4, 24, "#1a2630", stroke="#c8d3d8", stroke_width=4), circle(x - 36, y + 4, 15, PALE))
    sheet.add(*(circle(*polar(x - 36, y + 4, 20, a), 1.8, NIGHT) for a in range(0, 360, 45)))
    sheet.add(line([(x - 52, y + 70), (x - 70, y + 112), (x + 70, y + 112), (x + 52, y + 70)], "#3b5261", 6))
    sheet.glow(x - 36, y + 4, 110, PALE, 0.8)
    bubbles = [(x + 40 + sheet.rng.uniform(-18, 60), y - 90 - i * 19, sheet.rng.uniform(2, 6)) for i in range(16)]
    sheet.add(*(ring(bx, by, r, FROST, 1.1, opacity=0.5) for bx, by, r in bubbles))
    sheet.vignette(0.5)
    return sheet.svg()


def price_cliff():
    """A terrain of bars breaks off at one lit step."""
    sheet = Sheet("deepseek-r1-2")
    sheet.sky(NIGHT, "#0c1824", "#132435")
    sheet.add(stars(sheet.rng, 70, (0, 0, 1200, 300)))
    spot, curve = isometric(560, 270, 27), wave(sheet.rng, 6)
    step, lamp_at = 11, (11, 5)
    for total in range(40):
        for x in range(max(0, total - 17), min(21, total) + 1):
            z = total - x
            if z > 17:
                continue
            rise = 3.2 + 0.22 * x + 1.1 * curve(x * 0.45 + z * 0.31) + 0.8 * sheet.rng.random()
            height = max(0.3, rise if x <= step else 0.7 + 0.6 * sheet.rng.random() + 0.4 * curve(x - z * 0.3))
            tone = (height / 7) ** 1.1
            lit = (x, z) == lamp_at
            edge = x == step
            top = PALE if lit else mix(SLATE, ICE, tone)
            front = LAMP if lit else mix("#0a121a", BLUE, tone * 0.8)
            side = EMBER if lit else mix("#0c1620", STEEL if not edge else "#b5854c", tone * (0.9 if edge else 0.6))
            tall = height + 0.5 if lit else height
            sheet.add(block(spot, (x, 0, z), (0.86, tall, 0.86), top, front, side))
            if lit:
                sheet.glow(*spot(x + 0.5, tall, z + 0.5), 240, LAMP, 0.55)
    sheet.vignette(0.6)
    return sheet.svg()


def steps_of_law():
    """Four steps under a ring of twelve lights; one of them is lit in amber."""
    sheet = Sheet("ai-act-in-force")
    sheet.sky(NIGHT, "#0a1624", "#13283c")
    sheet.add(stars(sheet.rng, 60, (0, 0, 1200, 420), opacity=0.6))
    cx, cy, spot = 600, 214, isometric(600, 566, 32)
    sheet.glow(cx, cy + 20, 420, BLUE, 0.8)
    sheet.add(floor_grid(560, 600, 20, 130, opacity=0.14))
    for level, (half, top) in enumerate(((6.6, BLUE), (5, "#2d5578"), (3.4, "#3f6f94"), (1.8, "#7fb0d2"))):
        corner, size = (-half, level * 1.3, -half), (half * 2, 1.3, half * 2)
        sheet.add(
            block(spot, corner, size, top, mix("#0a121b", top, 0.22), mix("#0f1a26", top, 0.42), stroke="#06090d")
        )
        for k in range(1, int(half * 4)):
            u, low, high = -half + k / 2, level * 1.3 + 0.15, level * 1.3 + 1.15
            sheet.add(line([spot(u, low, half), spot(u, high, half)], NIGHT, 1.6, opacity=0.5))
            sheet.add(line([spot(half, low, u), spot(half, high, u)], NIGHT, 1.6, opacity=0.5))
    sheet.add(block(spot, (-0.5, 5.2, -0.5), (1, 0.8, 1), PALE, EMBER, LAMP))
    sheet.lamp(*spot(0, 6, 0), 4, 230, 0.75)
    for i in range(12):
        x, y = polar(cx, cy - 10, 148, i * 30 - 90)
        sheet.glow(x, y, 40, FROST, 0.5)
        sheet.add(shape([polar(x, y, 13 if k % 2 else 4, k * 45) for k in range(8)], FROST))
    sheet.vignette(0.55)
    return sheet.svg()


def mesh_globe():
    """The Earth under a mesh of triangles; one node is lit."""
    sheet = Sheet("graphcast-weather")
    sheet.sky(NIGHT, "#081320", "#0c1d2e")
    sheet.add(stars(sheet.rng, 150, (0, 0, 1200, 800)))
    cx, cy, r = 640, 470, 340
    sheet.glow(cx, cy, 520, "#3d86b3", 0.7)
    sheet.add(
        circle(cx, cy, r, sheet.radial((0, "#2a648c"), (0.6, "#103049"), (1, "#050c14"), cx=0.34, cy=0.3, r=0.85))
    )
    flow, light = wave(sheet.rng, 6), ball_tone(cx, cy, r, (-0.55, -0.55, 0.6))

    def clouds(x, y):
        bands = 0.5 + 0.5 * math.sin(y * 0.035 + 2.4 * flow(x * 0.006 + y * 0.002))
        return max(0, light(x, y)) * smooth(0.35, 0.95, bands)

    def swirl(x, y):
        reach = math.dist((x, y), (530, 400))
        turn = 2.2 * math.exp(-reach / 70)
        dx, dy = x - 530, y - 400
        return 530 + dx * math.cos(turn) - dy * math.sin(turn), 400 + dx * math.sin(turn) + dy * math.cos(turn)

    sheet.add(engraving(clouds, (cx - r, cy - r, cx + r, cy + r), 11, 0, FROST, 0.75, 12, swirl, opacity=0.8))
    sheet.add(lattice_ball(cx, cy, r * 1.09, 230, "#7fb4d6", "#000000", 0.9, turn=0.9, dots=True))
    sheet.add(circle(cx, cy, r, "none", stroke=ICE, stroke_width=2, opacity=0.7))
    nodes, edges = lattice(230, 0.9)
    flat = [(cx + x * r * 1.09, cy + y * r * 1.09) for x, y, _ in nodes]
    near = min((i for i in range(230) if nodes[i][2] > 0.3), key=lambda i: math.dist(flat[i], (530, 400)))
    sheet.add(*(line([flat[a], flat[b]], LAMP, 2.6) for a, b in edges if near in (a, b)))
    sheet.lamp(*flat[near], 8, 170, 0.85)
    sheet.vignette(0.5)
    return sheet.svg()


def cyclone():
    """A storm seen from above, drawn as spirals, with a dotted track into its lit eye."""
    sheet = Sheet("graphcast-weather-2")
    sheet.sky("#07121c", "#0d2233", "#081019")
    cx, cy, rng = 640, 390, sheet.rng
    sheet.add(net())
    sheet.glow(cx, cy, 560, STEEL, 0.5)
    for _ in range(64):
        start, size = rng.uniform(0, 360), rng.uniform(0.6, 1)
        first, length = rng.uniform(36, 190), rng.uniform(110, 260)
        points, halves = [], []
        for n in range(50):
            angle = n / 49 * length
            reach = first * math.exp(angle / 205)
            points.append(polar(cx, cy, reach, start - angle))
            halves.append(0.4 + (reach / 48) * size * math.sin(math.pi * n / 49))
        points = [(x, cy + (y - cy) * 0.86) for x, y in points]
        sheet.add(swell(points, halves, mix(STEEL, "#f4f1ea", rng.random()), opacity=rng.uniform(0.35, 0.85)))
    sheet.add(ellipse(cx, cy, 34, 29, "#07121c"), ellipse(cx, cy, 34, 29, "none", stroke=FROST, stroke_width=2))
    track = curve_of((80, 760), (250, 700), (470, 610), (cx, cy))
    sheet.add(*(circle(*track(t / 12), 5, LAMP, stroke=NIGHT, stroke_width=1.5) for t in range(11)))
    sheet.lamp(cx, cy, 7, 160, 0.8)
    sheet.vignette(0.6)
    return sheet.svg()


SCENES = {
    "alphago-move-37": go_board,
    "attention-paper": attention,
    "deepseek-r1": diving_bell,
    "deepseek-r1-2": price_cliff,
    "ai-act-in-force": steps_of_law,
    "graphcast-weather": mesh_globe,
    "graphcast-weather-2": cyclone,
}
