"""Scenes of energy: a nuclear plant and a battery."""

from .ink import (
    ASH,
    FROST,
    LAMP,
    NIGHT,
    PALE,
    PAPER,
    STEEL,
    Sheet,
    arc,
    ball_tone,
    block,
    circle,
    el,
    ellipse,
    engraving,
    group,
    line,
    mix,
    perspective,
    points_d,
    polar,
    rect,
    ridge,
    shape,
    smooth,
    stars,
    swell,
)


def tower(sheet, x, foot, size, share):
    """A cooling tower: a waisted shell, engraved; share 0 (dark) to 1 (lit)."""
    edge = []
    for i in range(41):
        t = i / 40
        waist = 0.58 + 0.42 * ((t - 0.76) / 0.76) ** 2
        edge.append((size * 0.36 * waist, -size * t))
    outline = [(x + r, foot + y) for r, y in edge] + [(x - r, foot + y) for r, y in reversed(edge)]
    top = edge[-1][0]
    parts = [shape(outline, mix("#0a1016", "#1c2c3a", share), stroke=mix(STEEL, FROST, share), stroke_width=1.6)]
    rows = []
    for i in range(2, 100):
        t = i / 100
        r = size * 0.36 * (0.58 + 0.42 * ((t - 0.76) / 0.76) ** 2)
        run = arc(x, foot - size * t, r * 0.99, 178, 36 if share else 130, 24, 0.09)
        weights = [1.35 * (1 - k / 24) ** 1.2 * (0.4 + 0.6 * share) for k in range(25)]
        rows.append(swell(run, weights, mix(STEEL, FROST, share * 0.8)))
    parts += rows
    legs = "".join(
        f"M{x + size * 0.36 * k / 9:.1f} {foot - 8}l-5 18M{x + size * 0.36 * k / 9:.1f} {foot - 8}l5 18"
        for k in range(-9, 10)
    )
    parts.append(el("path", d=legs, stroke=STEEL))
    parts.append(ellipse(x, foot - size, top, top * 0.12, "#060a0f", stroke=mix(STEEL, FROST, share), stroke_width=1.6))
    return "".join(parts)


def steam(sheet, x, y, size):
    """Engraved steam: round puffs that grow and lean to the right."""
    puffs = []
    for i in range(30):
        t = i / 29
        r = size * (0.11 + 0.2 * t) * sheet.rng.uniform(0.8, 1.15)
        puffs.append(
            (
                x + size * (0.1 * t + 0.75 * t * t) + sheet.rng.gauss(0, size * 0.06 * (0.5 + t)),
                y - size * 0.95 * t**0.8 + sheet.rng.gauss(0, size * 0.05),
                r,
                1 - 0.6 * t,
            )
        )
    tones = [(ball_tone(px, py, r, (-0.7, -0.5, 0.35)), px, py, r, fade) for px, py, r, fade in puffs]

    def tone(px, py):
        for ball, bx, by, r, fade in tones:
            if (px - bx) ** 2 + (py - by) ** 2 < r * r:
                return (0.12 + 0.88 * ball(px, py)) * fade
        return 0

    far = max(px + r for px, _, r, _ in puffs)
    low = min(py - r for _, py, r, _ in puffs)
    return engraving(tone, (x - size * 0.3, low, far, y + 4), 6, -8, FROST, 0.62, 6, opacity=0.6)


def river(sheet):
    """Water in broken lines, the lamp in it."""
    for k in range(24):
        y = 590 + k * k * 0.42
        for _ in range(9):
            x, reach = sheet.rng.uniform(-40, 1200), sheet.rng.uniform(20, 120)
            sheet.add(
                line([(x, y), (x + reach, y)], STEEL, 1 + k * 0.05, opacity=round(sheet.rng.uniform(0.08, 0.4), 2))
            )
        x = 640 + sheet.rng.gauss(0, 3 + k * 0.8)
        sheet.add(line([(x - 8 - k, y), (x + 8 + k, y)], LAMP, 2.2, opacity=round(0.8 - k * 0.03, 2)))


def three_mile_island_restart():
    """Four cooling towers on a river island at night; two steam, two stay dark; one lamp."""
    sheet = Sheet("three-mile-island-restart")
    sheet.sky("#060a11", (0.3, "#122236", 1), (0.68, "#3c4f62", 1), (0.7, "#0c141c", 1), (1, "#05080c", 1))
    sheet.add(stars(sheet.rng, 110, (0, 0, 1200, 330)))
    sheet.add(ridge(sheet.rng, 560, 70, "#16222d", 0.006), ridge(sheet.rng, 566, 34, "#0e1820", 0.011))
    sheet.add(steam(sheet, 394, 280, 210), steam(sheet, 212, 258, 226))
    for x, foot, size, share in ((1010, 556, 250, 0), (872, 560, 270, 0), (392, 560, 292, 0.8), (210, 564, 320, 1)):
        sheet.add(tower(sheet, x, foot, size, share))
    for x, wide, high in ((560, 70, 92), (716, 66, 84)):
        dome = [(x - wide / 2, 562), *arc(x, 562 - high, wide / 2, 180, 360, 20), (x + wide / 2, 562)]
        sheet.add(shape(dome, "#17232e", stroke=ASH, stroke_width=1.4))
        inside = sheet.clip(shape(dome, NIGHT))
        box = (x - wide / 2, 562 - high - wide / 2, x + wide / 2, 562)
        rows = engraving(lambda px, py, box=box: smooth(box[2], box[0], px), box, 6, 0, FROST, 0.4, 6)
        sheet.add(group(rows, clip_path=inside))
    sheet.add(rect(596, 516, 88, 48, "#0c141b", stroke=STEEL), rect(470, 530, 56, 34, "#0c141b", stroke=STEEL))
    sheet.add(shape([(0, 568), (80, 560), (1130, 560), (1200, 566), (1200, 582), (0, 584)], "#070c11"))
    trees = "".join(
        f"M{x} 566l{sheet.rng.randint(3, 7)} -{sheet.rng.randint(8, 26)}l6 30z"
        for x in range(4, 1196, 8)
        if sheet.rng.random() < 0.55
    )
    sheet.add(el("path", d=trees, fill="#070c11"))
    river(sheet)
    sheet.add(rect(632, 530, 16, 14, PALE))
    sheet.lamp(640, 537, 4, 150, 0.85)
    sheet.vignette(0.5)
    return sheet.svg()


def turbine(x, foot, size, turn):
    """A wind turbine far away."""
    hub = (x, foot - size)
    parts = [
        shape(
            [
                (x - size * 0.012, hub[1]),
                (x + size * 0.012, hub[1]),
                (x + size * 0.024, foot),
                (x - size * 0.024, foot),
            ],
            "#8fa3b3",
        )
    ]
    for k in range(3):
        tip, side = polar(*hub, size * 0.62, turn + k * 120), polar(*hub, size * 0.16, turn + k * 120 + 12)
        parts.append(shape([hub, side, tip], "#c4d2dc"))
    return "".join(parts) + circle(*hub, size * 0.02, PAPER)


def battery(spot, x, z, lit=False):
    """One white battery cabinet with louvres and a door."""
    w, h, d = 1.25, 2.2, 0.95
    parts = [block(spot, (x, 0.15, z), (w, h, d), "#a9b6c0", "#55646f", "#25313b", stroke=NIGHT, stroke_width=1)]
    rows = [points_d([spot(x + 0.1, 0.35 + k * 0.085, z), spot(x + w - 0.1, 0.35 + k * 0.085, z)]) for k in range(22)]
    parts.append(el("path", d="".join(rows), stroke="#0f171e", stroke_width=round(max(0.6, 16 / z), 1), opacity=0.75))
    parts.append(
        line(
            [spot(x, 0.15, z), spot(x + w, 0.15, z), spot(x + w, 2.35, z), spot(x, 2.35, z), spot(x, 0.15, z)],
            PAPER,
            round(max(0.8, 13 / z), 1),
        )
    )
    if lit:
        parts.append(
            el("path", d=points_d([spot(x + 0.15, 2.2, z), spot(x + w - 0.15, 2.2, z)]), stroke=PALE, stroke_width=5)
        )
    return "".join(parts)


def hornsdale_battery():
    """Rows of battery cabinets on a plain, wind turbines on the ridge behind, the Milky Way."""
    sheet = Sheet("hornsdale-battery")
    sheet.sky("#050912", (0.3, "#0f2036", 1), (0.53, "#38506a", 1), (0.54, "#101a20", 1), (1, "#06090c", 1))
    sheet.add(stars(sheet.rng, 260, (0, 0, 1200, 400)))
    haze = "".join(
        f"M{x + sheet.rng.gauss(0, 46):.0f} {430 - x * 0.36 + sheet.rng.gauss(0, 40):.0f}h0"
        for x in range(-20, 1220)
        for _ in range(1)
    )
    sheet.add(el("path", d=haze, stroke=FROST, stroke_width=1.7, stroke_linecap="round", opacity=0.45))
    sheet.add(ridge(sheet.rng, 436, 46, "#131f29", 0.005))
    for x, foot, size in (
        (90, 424, 150),
        (226, 416, 186),
        (372, 424, 142),
        (500, 420, 200),
        (640, 424, 150),
        (770, 414, 222),
        (930, 420, 166),
        (1050, 418, 196),
        (1160, 424, 150),
    ):
        sheet.add(turbine(x, foot, size, sheet.rng.uniform(0, 120)))
    spot = perspective(horizon=392, eye=3.1, focal=980, yaw=-24)
    tracks = [[spot(x, 0, 3), spot(x, 0, 60)] for x in range(-60, 61, 2)]
    sheet.add(el("path", d="".join(points_d(row) for row in tracks), stroke=STEEL, opacity=0.12))
    lamp = None
    for row in range(9, -1, -1):
        z = 7.5 + row * 4.2
        for column in range(14, -30, -1):
            x, lit = column * 1.42, (row, column) == (0, -2)
            if spot(x, 0, z)[0] > -200 and spot(x + 1.3, 0, z)[0] < 1500 and z > 0 and z - x * 0.4 > 5:
                sheet.add(battery(spot, x, z, lit))
            if lit:
                lamp = spot(x + 0.62, 2.2, z)
    sheet.lamp(*lamp, 5, 210, 0.8)
    sheet.vignette(0.5)
    return sheet.svg()


SCENES = {
    "three-mile-island-restart": three_mile_island_restart,
    "hornsdale-battery": hornsdale_battery,
}
