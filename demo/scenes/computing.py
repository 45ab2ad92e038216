"""Scenes of computing."""

from math import hypot, pi, sin

from .ink import (
    ASH,
    BG,
    DUSK,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    PAPER,
    RAISED,
    STEEL,
    Sheet,
    arc,
    ball_bend,
    ball_tone,
    block,
    circle,
    el,
    engraving,
    group,
    isometric,
    line,
    mix,
    points_d,
    polar,
    ring,
    shape,
    smooth,
    stars,
    wave,
)


def slab(spot, corner, size, tone, lines=5):
    """A stone of the tower: a box with engraved courses on its two visible sides."""
    (x, y, z), (w, h, d) = corner, size
    top, front, side = (
        mix(RAISED, STEEL, 0.3 + tone * 0.3),
        mix(RAISED, STEEL, 0.08 + tone * 0.1),
        mix(NIGHT, DUSK, 0.5),
    )
    courses = []
    for i in range(1, lines):
        level = y + h * i / lines
        courses.append(points_d([spot(x, level, z + d), spot(x + w, level, z + d), spot(x + w, level, z)]))
    for i in range(1, int(w * 3)):
        courses.append(points_d([spot(x + i / 3, y, z + d), spot(x + i / 3, y + h, z + d)]))
    return block(spot, corner, size, top, front, side, stroke=ASH, stroke_width=1.4, stroke_opacity=0.7) + el(
        "path", d="".join(courses), fill="none", stroke=ICE, opacity=0.22
    )


def xz_backdoor():
    """A tower of many stones on one thin stone, and in that one an open door."""
    sheet = Sheet("xz-backdoor")
    sheet.sky("#060a10", "#0e1b2a", "#16283a", "#0a1119")
    sheet.add(stars(sheet.rng, 130, (0, 0, 1200, 560)))
    spot = isometric(600, 640, 44)
    grid = [[spot(k, 0, -14), spot(k, 0, 14)] for k in range(-14, 15, 2)] + [
        [spot(-14, 0, k), spot(14, 0, k)] for k in range(-14, 15, 2)
    ]
    sheet.add(el("path", d="".join(points_d(row) for row in grid), stroke=STEEL, opacity=0.16))
    sheet.add(block(spot, (-3.6, -0.4, -3.6), (7.2, 0.4, 7.2), "#1a2836", "#0e1720", "#0b121a", stroke=STEEL))
    sheet.add(slab(spot, (-0.9, 0, -0.9), (1.8, 3, 1.8), 0.2, 14))
    doorway = [spot(-0.35, 0, 0.9), spot(0.35, 0, 0.9), spot(0.35, 1.5, 0.9), spot(-0.35, 1.5, 0.9)]
    spill = [doorway[0], doorway[1], spot(1.3, 0, 3.6), spot(-1.6, 0, 3.6)]
    sheet.glow(*spot(0, 0.5, 0.9), 210, LAMP, 0.55)
    sheet.add(shape(spill, sheet.linear((0, LAMP, 0.75), (1, LAMP, 0))), shape(doorway, PALE))
    leaf = [doorway[0], doorway[3], spot(-0.62, 1.5, 1.45), spot(-0.62, 0, 1.45)]
    sheet.add(shape(leaf, "#0b1118", stroke=LAMP, stroke_width=1.5))
    level, reach = 3, 2.1
    for i in range(8):
        w, d = reach * sheet.rng.uniform(1.5, 2.1), reach * sheet.rng.uniform(1.5, 2.1)
        h = sheet.rng.uniform(0.7, 1.4)
        x, z = -w / 2 + sheet.rng.uniform(-0.35, 0.35), -d / 2 + sheet.rng.uniform(-0.35, 0.35)
        sheet.add(slab(spot, (x, level, z), (w, h, d), i / 8))
        level, reach = level + h, reach * 0.95
    sheet.vignette(0.5)
    return sheet.svg()


def xz_backdoor_2():
    """One line per login: the later ones arrive half a second late."""
    sheet = Sheet("xz-backdoor-2")
    sheet.sky("#060a10", "#0c1722", "#0a121b")
    for i in range(25):
        sheet.add(line([(120 + i * 40, 60), (120 + i * 40, 742)], STEEL, 1, opacity=0.1 if i % 5 else 0.28))
    for i in range(37):
        y, late = 150 + i * 15.6, i > 27
        centre, lift = 392 + sheet.rng.gauss(0, 7), sheet.rng.uniform(48, 92)
        delay = 792 + sheet.rng.gauss(0, 9)
        jitter = wave(sheet.rng, 9)
        points = []
        for x in range(110, 1092, 5):
            rise = lift * (0.18 if late else 1) * 2.718 ** (-(((x - centre) / 36) ** 2))
            rise += lift * 1.15 * 2.718 ** (-(((x - delay) / 30) ** 2)) if late else 0
            points.append((x, y - rise * (1 + 0.3 * jitter(x * 0.16)) - 3.2 * jitter(x * 0.07)))
        last = i == 36
        colour = LAMP if last else mix(STEEL, FROST, 0.15 + 0.6 * late)
        sheet.add(shape([*points, (1088, y + 24), (110, y + 24)], "#0a121b"))
        sheet.add(line(points, colour, 3 if last else 1.5, stroke_linejoin="round"))
        if last:
            tip = min(points, key=lambda point: point[1])
    sheet.add(line([(tip[0], 60), tip], LAMP, 1.2, stroke_dasharray="3 7"))
    sheet.add(line([(392, 60), (392, 742)], FROST, 1.2, opacity=0.6, stroke_dasharray="3 7"))
    sheet.add(line([(404, 84), (tip[0] - 12, 84)], LAMP, 1.6), line([(416, 77), (404, 84), (416, 91)], LAMP, 1.6))
    sheet.add(line([(tip[0] - 24, 77), (tip[0] - 12, 84), (tip[0] - 24, 91)], LAMP, 1.6))
    sheet.lamp(*tip, 6, 130, 0.6)
    sheet.vignette(0.4)
    return sheet.svg()


def inside_key(x, y):
    """1 inside the outline of a key, 0 outside, soft at its edge."""
    bow = hypot(x - 372, y - 400)
    head = min(smooth(178, 166, bow), smooth(74, 86, bow))
    shaft = min(smooth(520, 530, x), smooth(1010, 1000, x), smooth(42, 32, abs(y - 400)))
    teeth = max(
        min(smooth(h, h - 9, y), smooth(400, 410, y), smooth(24, 15, abs(x - at)))
        for at, h in ((838, 508), (900, 548), (968, 520))
    )
    return max(head, shaft, teeth)


def lattice(sheet, a, b):
    """Points of a plane lattice, large inside the key, and every ninth of its lines."""
    dots, lines = {}, []
    for i in range(-70, 71):
        for k in range(-50, 51):
            x, y = 606 + i * a[0] + k * b[0], 402 + i * a[1] + k * b[1]
            if -10 < x < 1210 and -10 < y < 810:
                r = round(1.5 + 6.2 * inside_key(x, y), 1)
                dots.setdefault(r, []).append(f"M{x:.1f} {y:.1f}h0")
    for r, places in dots.items():
        colour, opacity = (FROST, 0.9) if r > 4 else (STEEL, 0.6)
        sheet.add(
            el("path", d="".join(places), stroke=colour, stroke_width=2 * r, stroke_linecap="round", opacity=opacity)
        )
    for (ax, ay), (bx, by) in ((a, b), (b, a)):
        for k in range(-72, 73, 9):
            x, y = 606 + k * bx, 402 + k * by
            lines.append(points_d([(x - 90 * ax, y - 90 * ay), (x + 90 * ax, y + 90 * ay)]))
    sheet.add(el("path", d="".join(lines), stroke=STEEL, opacity=0.2))


def post_quantum_standards():
    """A key made of the points of a lattice, and one short vector in it."""
    sheet = Sheet("post-quantum-standards")
    sheet.sky("#070c13", "#0f1f2c", "#0b151f")
    a, b = (20.5, -5.2), (7.4, 17.6)
    lattice(sheet, a, b)
    start = (606 - 11 * a[0] - 3 * b[0], 402 - 11 * a[1] - 3 * b[1])
    end = (start[0] + a[0] + b[0], start[1] + a[1] + b[1])
    for i, k in ((11, -14), (-7, -17), (6, 17)):
        tip = (start[0] + i * a[0] + k * b[0], start[1] + i * a[1] + k * b[1])
        sheet.add(line([start, tip], ICE, 1.6, opacity=0.75), circle(*tip, 7, BG, stroke=ICE, stroke_width=2))
    sheet.add(line([start, end], LAMP, 5), circle(*end, 8, LAMP))
    sheet.lamp(*start, 9, 150, 0.75)
    sheet.vignette(0.55)
    return sheet.svg()


def engraved_earth(sheet):
    """A lit globe with parallels as engraved lines and a few meridians."""
    earth, bend = ball_tone(600, 410, 236, (-0.75, -0.3, 0.5)), ball_bend(410, 236, 600, 0.34)
    east, north = wave(sheet.rng, 6), wave(sheet.rng, 6)

    def coast(x, y):
        return smooth(
            0.02, 0.1, east(x * 0.013 + 0.7 * north(y * 0.012)) + 0.8 * north(y * 0.017 + 0.5 * east(x * 0.02))
        )

    sheet.add(circle(600, 410, 238, "#0a141f", stroke=STEEL, stroke_width=1.5))

    def tone(x, y):
        return earth(x, y) * (0.34 + 0.6 * coast(x, y))

    globe = engraving(tone, (360, 170, 840, 650), 8, -14, FROST, 0.8, 6, bend=bend)
    sheet.add(group(globe, clip_path=sheet.clip(circle(600, 410, 236))))
    for k in range(-3, 4):
        half = arc(0, 0, 236, -90, 90, 40)
        meridian = [(x * sin(k * pi / 7), y) for x, y in half]
        sheet.add(group(line(meridian, ICE, 1, opacity=0.35), transform="translate(600 410) rotate(-14)"))


def ticks(sheet):
    """Sixty-one marks: the extra one stands at the top."""
    for i in range(61):
        angle, extra = -90 + i * 360 / 61, i == 0
        inner = 284 if i % 5 == 1 or extra else 302
        width = 7 if extra else 3.4 if i % 5 == 1 else 1.7
        mark = [polar(600, 410, inner, angle), polar(600, 410, 318, angle)]
        sheet.add(line(mark, LAMP if extra else PAPER, width))


def leap_second():
    """A dial around the turning Earth, with one tick more than sixty."""
    sheet = Sheet("leap-second")
    sheet.sky("#05080e", "#0d1826", "#080d14")
    for _ in range(240):
        r, start = sheet.rng.uniform(352, 760), sheet.rng.uniform(0, 360)
        sheet.add(
            line(
                arc(600, 410, r, start, start + sheet.rng.uniform(4, 20), 12),
                FROST,
                sheet.rng.choice((0.8, 1, 1.5)),
                opacity=round(sheet.rng.uniform(0.08, 0.5), 2),
            )
        )
    sheet.add(circle(600, 410, 338, "#080e16", stroke=ASH, stroke_width=1.6), ring(600, 410, 326, STEEL, 1))
    ticks(sheet)
    engraved_earth(sheet)
    sheet.add(line([polar(600, 410, 276, 76), polar(600, 410, -276, 76)], ASH, 1.6, stroke_dasharray="2 7"))
    sheet.glow(600, 110, 170, LAMP, 0.7)
    sheet.add(line([(600, 460), (600, 130)], LAMP, 3), circle(600, 410, 9, BG, stroke=LAMP, stroke_width=3))
    sheet.add(circle(600, 110, 5, PALE))
    sheet.vignette(0.55)
    return sheet.svg()


def cabinet(spot, x, z, rng, tone=STEEL):
    """One supercomputer cabinet: louvred front, seams, a few pin lights."""
    w, h, d, front = 1.0, 1.95, 1.3, z + 1.3
    parts = [
        block(
            spot,
            (x, 0, z),
            (w, h, d),
            mix(RAISED, tone, 0.5),
            mix(NIGHT, tone, 0.24),
            mix(NIGHT, tone, 0.1),
            stroke=mix(NIGHT, tone, 0.8),
            stroke_width=1.2,
        )
    ]
    rows = [
        points_d([spot(x + 0.1, 0.2 + k * 0.17, front), spot(x + w - 0.1, 0.2 + k * 0.17, front)]) for k in range(10)
    ]
    parts.append(el("path", d="".join(rows), stroke=mix(tone, FROST, 0.3), stroke_width=1.6, opacity=0.55))
    pins = "".join(points_d([spot(x + rng.uniform(0.15, 0.85), rng.uniform(0.3, 1.7), front)] * 2) for _ in range(3))
    parts.append(el("path", d=pins, stroke=FROST, stroke_width=2.6, stroke_linecap="round", opacity=0.8))
    return "".join(parts)


def frontier_exascale():
    """Rows of cabinets in a dark hall, pipes of cooling water over them, one door lit."""
    sheet = Sheet("frontier-exascale")
    sheet.sky("#0a121b", "#0d1822", "#070c12")
    spot, pitch = isometric(560, -60, 74), 2.75
    tiles = [[spot(k, 0, -20), spot(k, 0, 30)] for k in range(-20, 31)]
    tiles += [[spot(-20, 0, k), spot(30, 0, k)] for k in range(-20, 31)]
    sheet.add(el("path", d="".join(points_d(row) for row in tiles), stroke=STEEL, opacity=0.16))
    for row in range(-3, 7):
        z = row * pitch
        for column in range(-7, 20):
            if column % 8 == 7 or not -90 < spot(column, 0, z)[1] < 1010:
                continue
            lit = (row, column) == (2, 6)
            if lit:
                spill = [(column, z + 1.3), (column + 1, z + 1.3), (column + 1.25, z + 2.7), (column - 0.25, z + 2.7)]
                sheet.add(shape([spot(x, 0, depth) for x, depth in spill], LAMP, opacity=0.35))
                lamp = spot(column + 0.5, 1, z + 1.3)
            sheet.add(cabinet(spot, column, z, sheet.rng, LAMP if lit else STEEL))
        for back, tone in ((0.32, ICE), (0.86, "#3f6a88")):
            drops = [
                points_d([spot(x + 0.5, 1.95, z + back), spot(x + 0.5, 2.5, z + back)])
                for x in range(-7, 20)
                if x % 8 != 7
            ]
            sheet.add(el("path", d="".join(drops), stroke=mix(NIGHT, tone, 0.6), stroke_width=8))
            for width, colour in ((18, NIGHT), (14, mix(NIGHT, tone, 0.62)), (3.5, mix(tone, FROST, 0.4))):
                sheet.add(line([spot(-8, 2.5, z + back), spot(21, 2.5, z + back)], colour, width))
    sheet.glow(*lamp, 230, LAMP, 0.6)
    sheet.vignette(0.75)
    return sheet.svg()


SCENES = {
    "xz-backdoor": xz_backdoor,
    "xz-backdoor-2": xz_backdoor_2,
    "post-quantum-standards": post_quantum_standards,
    "leap-second": leap_second,
    "frontier-exascale": frontier_exascale,
}
