"""Pictures of the stories about space."""

import math

from .ink import (
    EMBER,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    PAPER,
    STEEL,
    Sheet,
    arc,
    ball_bend,
    ball_tone,
    circle,
    el,
    ellipse,
    engraving,
    group,
    line,
    mix,
    num,
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


def puffs(sheet, x, y, spread, count, dark, light):
    """A bank of engraved smoke, lit from its middle."""
    rng, parts = sheet.rng, []
    for _ in range(count):
        px, py = rng.gauss(x, spread), y + rng.uniform(-26, 46) + abs(rng.gauss(0, 14))
        r = rng.uniform(26, 74) * (1.15 - min(0.7, abs(px - x) / spread / 3.2))
        tone = max(0, 1 - abs(px - x) / spread / 1.5)
        parts.append((py, px, r, tone))
    for py, px, r, tone in sorted(parts):
        sheet.add(circle(px, py, r, mix(dark, light, tone * 0.5)))
        for k in range(3):
            points = arc(px, py, r * (0.94 - 0.16 * k), 200 - 10 * k, 330 + 6 * k, 24)
            halves = [1.5 * math.sin(math.pi * n / 24) for n in range(25)]
            sheet.add(swell(points, halves, mix(dark, light, 0.25 + tone * 0.75), opacity=0.8))


def flame(sheet, x, top, length, half):
    """A rocket flame that points down."""
    fill = sheet.linear((0, "#ffffff"), (0.15, PALE), (0.5, LAMP, 0.85), (1, EMBER, 0))
    points = [
        (x - half * 0.6, top),
        (x + half * 0.6, top),
        (x + half, top + length * 0.3),
        (x, top + length),
        (x - half, top + length * 0.3),
    ]
    return shape(points, fill)


def ariane():
    """A launcher with two boosters rises over a dark forest."""
    sheet = Sheet("ariane-6-first-flight")
    sheet.sky("#050a12", "#0f2438", "#2d4a60", "#7d6a55")
    sheet.add(stars(sheet.rng, 90, (0, 0, 1200, 330)))
    x = 690
    sheet.add(
        engraving(
            lambda px, py: 0.5 * smooth(150, 620, py) * smooth(640, 60, math.dist((px, py), (x, 560))),
            (-40, 120, 1240, 640),
            13,
            0,
            "#e0b27a",
            0.5,
            40,
        )
    )
    sheet.glow(x, 520, 560, LAMP, 0.85)
    sheet.add(
        ridge(sheet.rng, 650, 34, "#16222c", 0.006),
        el("path", d=lattice_mast(870, 300, 668), stroke="#0a1118", stroke_width=5, fill="none"),
    )
    sheet.add(
        *(el("path", d=lattice_mast(px, 380, 668), stroke="#0a1118", stroke_width=3, fill="none") for px in (420, 1010))
    )
    sheet.add(flame(sheet, x, 470, 240, 34), flame(sheet, x - 47, 462, 250, 22), flame(sheet, x + 47, 462, 250, 22))
    launcher(sheet, x)
    puffs(sheet, x, 664, 190, 46, "#3a4048", PALE)
    sheet.add(trees(sheet.rng, 716, 26), trees(sheet.rng, 760, 38))
    sheet.vignette(0.45)
    return sheet.svg()


def launcher(sheet, x):
    """The rocket: a core with a fairing and two boosters."""
    body = sheet.linear("#6a747d", "#f4f1ea", "#d8d6d0", "#3f4a54", x2=1, y2=0)
    for px in (x - 47, x + 47):
        sheet.add(
            shape(
                [
                    (px - 17, 452),
                    (px - 17, 262),
                    (px - 9, 236),
                    (px, 226),
                    (px + 9, 236),
                    (px + 17, 262),
                    (px + 17, 452),
                    (px + 22, 466),
                    (px - 22, 466),
                ],
                body,
            )
        )
        sheet.add(*(line([(px - 17, y), (px + 17, y)], "#55606a", 1.4) for y in (290, 350, 410)))
    sheet.add(
        rect(x - 29, 215, 58, 246, body), rect(x - 29, 248, 58, 5, "#55606a"), rect(x - 29, 330, 58, 3, "#7b868f")
    )
    nose = f"M{x - 31} 215V168C{x - 29} 134 {x - 10} 112 {x} 104C{x + 10} 112 {x + 29} 134 {x + 31} 168V215z"
    sheet.add(
        el("path", d=nose, fill=body), shape([(x - 22, 461), (x + 22, 461), (x + 28, 482), (x - 28, 482)], "#2a323a")
    )


def lattice_mast(x, top, foot):
    """Path of a lattice tower."""
    steps = range(top, foot, 24)
    zigzag = "".join(f"M{x - 11} {y}L{x + 11} {y + 24}M{x + 11} {y}L{x - 11} {y + 24}" for y in steps)
    return f"M{x - 11} {top}V{foot}M{x + 11} {top}V{foot}{zigzag}"


def trees(rng, base, height):
    """The jagged edge of a forest."""
    points, x = [(-10, 810)], -10
    while x < 1215:
        points += [(x, base + rng.uniform(-4, 8)), (x + rng.uniform(5, 9), base - rng.uniform(0.35, 1) * height)]
        x += rng.uniform(10, 20)
    return shape([*points, (1215, 810)], "#04080b")


def ascent_trail():
    """The long curved trail of a launch, mirrored in the sea."""
    sheet = Sheet("ariane-6-first-flight-2")
    sheet.sky(NIGHT, "#0b1a2c", "#23425a", "#8a7358")
    sheet.add(stars(sheet.rng, 150, (0, 0, 1200, 420)))
    path = [(860 - 640 * (t / 90) ** 1.9, 560 - 500 * math.sin(math.pi / 2 * t / 90)) for t in range(91)]
    sheet.glow(860, 560, 420, LAMP, 0.7, 0.7)
    for shift, strength in ((13, 0.12), (7, 0.22), (0, 1)):
        halves = [shift + (7.5 * (1 - n / 90) ** 0.7 + 0.6) * (0.6 if shift else 0.5) for n in range(91)]
        sheet.add(swell(path, halves, mix(LAMP, "#fff6e6", 1 - shift / 16), opacity=strength))
    sheet.lamp(*path[-1], 5, 110, 0.9)
    sheet.add(rect(0, 566, 1200, 234, sheet.linear("#25384a", "#060c13")))
    rng, strokes = sheet.rng, []
    for _ in range(150):
        depth = rng.random() ** 1.4
        y, wide = 570 + 225 * depth, rng.uniform(8, 46) * (0.5 + depth)
        x = rng.gauss(860 - depth * 60, 20 + 80 * depth)
        strokes.append(f"M{num(x - wide / 2)} {num(y)}h{num(wide)}")
    sheet.add(el("path", d="".join(strokes), stroke=LAMP, stroke_width=2, opacity=0.7))
    sheet.add(
        engraving(lambda x, y: 0.3 * smooth(800, 560, y) + 0.08, (-60, 572, 1260, 800), 12, 0, "#4d7596", 0.3, 60)
    )
    shore = wave(rng, 6)
    coast = [(x, 566 - max(0, 15 + 16 * shore(x * 0.013)) * smooth(1200, 700, x)) for x in range(-10, 1215, 10)]
    sheet.add(shape([*coast, (1210, 572), (-10, 572)], "#05090e"))
    sheet.vignette(0.45)
    return sheet.svg()


def catch():
    """A tower with two open arms; a booster comes down between them on its flame."""
    sheet = Sheet("starship-catch")
    sheet.sky("#060c15", "#16324a", "#4a5f6c", "#b08a5e")
    x, y = 660, 250
    sheet.add(
        engraving(
            lambda px, py: 0.55 * smooth(120, 760, py), (-60, 100, 1260, 720), 14, 0, "#d9a66c", 0.42, 60, opacity=0.6
        )
    )
    sheet.glow(x, 570, 470, LAMP, 0.85)
    sheet.add(ridge(sheet.rng, 724, 10, "#10181f", 0.004))
    sheet.add(tower(370, 70, 716))
    booster(sheet, x, y)
    for dy, shade in ((0, "#1a242d"), (16, "#0b1117")):
        sheet.add(shape([(400, 300 + dy), (850, 318 + dy), (850, 334 + dy), (400, 332 + dy)], shade, stroke="#43525f"))
    sheet.add(line([(x + 190, 326), (400, 300)], LAMP, 1.6, opacity=0.8))
    sheet.add(*(line([(400 + k * 38, 302 + k * 1.5), (419 + k * 38, 331)], "#43525f", 1.4) for k in range(12)))
    puffs(sheet, x, 742, 210, 34, "#4a4a4c", PALE)
    sheet.lamp(370, 58, 4, 50, 0.9)
    sheet.vignette(0.45)
    return sheet.svg()


def booster(sheet, x, y):
    """The steel booster, its grid fins and its flame."""
    steel = sheet.linear("#2f3942", "#cfd3d4", "#f4f1ea", "#7d8890", "#232b33", x2=1, y2=0)
    for k, half in enumerate((12, 20, 14)):
        sheet.add(flame(sheet, x + (k - 1) * 20, 540, 170 + 30 * (k == 1), half))
    sheet.add(
        rect(x - 42, y - 140, 84, 430, steel),
        rect(x - 42, y - 110, 84, 4, "#3b454e"),
        rect(x - 42, y + 60, 84, 3, "#59636c"),
    )
    sheet.add(
        rect(x - 42, y - 140, 84, 26, "#2a323a"),
        shape([(x - 42, 540), (x + 42, 540), (x + 47, 558), (x - 47, 558)], "#1c242b"),
    )
    for side in (-1, 1):
        sheet.add(rect(x + side * 62 - 22, y - 96, 44, 34, "#39444d", stroke="#c8d3d8", stroke_width=1))
        sheet.add(
            *(
                line([(x + side * 62 - 22 + k * 11, y - 96), (x + side * 62 - 22 + k * 11, y - 62)], "#c8d3d8", 1)
                for k in (1, 2, 3)
            )
        )


def tower(x, top, foot):
    """A square lattice tower with cross braces."""
    braces = "".join(
        f"M{x - 44} {y}H{x + 44}M{x - 44} {y}L{x + 44} {y + 54}M{x + 44} {y}L{x - 44} {y + 54}"
        for y in range(top, foot, 54)
    )
    return group(
        el("path", d=braces, stroke="#131c24", stroke_width=5, fill="none"),
        el(
            "path",
            d=f"M{x - 44} {top - 10}V{foot}M{x + 44} {top - 10}V{foot}M{x} {top - 10}V{foot}",
            stroke="#0a1016",
            stroke_width=10,
        ),
        line([(x + 49, top), (x + 49, foot)], EMBER, 1.6, opacity=0.8),
        line([(x, top - 10), (x, top - 44)], "#0a1016", 5),
    )


def rock(sheet, cx, cy, r, light, seed_speed=1.0, squash=0.85):
    """An engraved asteroid with boulders."""
    rng, edge, tint = sheet.rng, wave(sheet.rng, 7), wave(sheet.rng, 7)
    outline = []
    for a in range(0, 360, 4):
        closing = math.cos(math.radians(a)), math.sin(math.radians(a))
        reach = r * (1 + 0.07 * edge(closing[0] * 2 * seed_speed) + 0.06 * tint(closing[1] * 2.4 * seed_speed))
        outline.append((cx + closing[0] * reach, cy + closing[1] * reach * squash))
    tone = ball_tone(0, 0, r * 1.09, light)

    def lit(x, y):
        rough = 0.2 * tint(x * 0.035) * edge(y * 0.045) + 0.1 * edge((x - y) * 0.09)
        return max(0, tone(x - cx, (y - cy) / squash) * (1 + rough) + rough * 0.6 - 0.05)

    parts = [shape(outline, "#0b1016")]
    parts.append(
        engraving(
            lit,
            (cx - r * 1.1, cy - r, cx + r * 1.1, cy + r),
            max(6, r / 22),
            -8,
            PAPER,
            0.8,
            max(6, r / 26),
            ball_bend(cy, r * 1.1, cx, 0.3),
        )
    )
    for _ in range(round(r / 5)):
        a, d = rng.uniform(0, 360), r * rng.random() ** 0.5 * 0.86
        bx, by = polar(cx, cy, d, a)
        by = cy + (by - cy) * squash
        size, shade = r * rng.uniform(0.02, 0.075), lit(bx, by)
        if shade > 0.12:
            parts.append(ellipse(bx + size * 0.5, by + size * 0.5, size * 1.1, size * 0.8, NIGHT, opacity=0.75))
            parts.append(ellipse(bx, by, size, size * 0.78, mix("#2a3036", "#d9d4c8", shade)))
    clip = sheet.clip(shape(outline, "#fff"))
    return group(*parts, clip_path=clip)


def dart():
    """A small probe flies towards a moonlet in front of a larger asteroid."""
    sheet = Sheet("dart-impact")
    sheet.sky(NIGHT, "#070e17", "#0a1420")
    sheet.add(stars(sheet.rng, 190, (0, 0, 1200, 800)))
    sheet.add(group(rock(sheet, 1010, 190, 250, (-0.75, 0.15, 0.4), 1.3), opacity=0.55))
    sheet.add(rock(sheet, 640, 470, 150, (-0.8, -0.1, 0.45), 1.0, 0.9))
    x, y = 230, 590
    trail = sheet.linear((0, ICE, 0), (1, ICE, 0.7), x2=1, y2=0)
    sheet.add(shape([(-20, 660), (x, y - 2), (x, y + 2)], trail))
    sheet.add(line([(x + 60, y - 18), (520, 498)], LAMP, 1.4, stroke_dasharray="3 12", opacity=0.9), *target(540, 492))
    wings = [
        shape([(-30, s * 26), (30, s * 26), (30, s * 178), (-30, s * 178)], "#1f4468", stroke=ICE, stroke_width=1.4)
        for s in (-1, 1)
    ]
    wings += [line([(-30, s * k), (30, s * k)], ICE, 1, opacity=0.7) for s in (-1, 1) for k in range(44, 178, 19)]
    wings += [line([(0, s * 26), (0, s * 178)], ICE, 1, opacity=0.5) for s in (-1, 1)]
    body = [
        rect(-27, -27, 54, 54, "#b98a4a", stroke=PALE, stroke_width=1.4),
        rect(-27, -27, 20, 54, "#6b4a22"),
        circle(14, 0, 9, NIGHT, stroke=PALE, stroke_width=2),
    ]
    sheet.add(group(*wings, *body, transform=f"translate({x} {y}) rotate(-17) skewX(-14)"))
    sheet.glow(540, 492, 90, LAMP, 0.7)
    sheet.vignette(0.5)
    return sheet.svg()


def target(x, y):
    """A small mark around the point of impact."""
    return [
        ring(x, y, 24, LAMP, 1.6),
        circle(x, y, 4, PALE),
        *(line([polar(x, y, 30, a), polar(x, y, 42, a)], LAMP, 1.6) for a in (0, 90, 180, 270)),
    ]


def ejecta():
    """A fan of dust stands over an asteroid; its foot glows."""
    sheet = Sheet("dart-impact-2")
    sheet.sky(NIGHT, "#08101a", "#0b1623")
    sheet.add(stars(sheet.rng, 170, (0, 0, 1200, 800)))
    rng, x, y = sheet.rng, 452, 436
    sheet.glow(x, y, 400, EMBER, 0.6)
    for _ in range(120):
        angle = rng.gauss(196, 27)
        first, reach = rng.uniform(6, 60), rng.uniform(120, 520) * (1.1 - abs(angle - 196) / 110)
        points = [polar(x, y, first + reach * n / 14, angle + 7 * math.sin(n / 14 * 2 + angle)) for n in range(15)]
        halves = [rng.uniform(0.6, 2.6) * (1 - n / 14) ** 0.8 + 0.2 for n in range(15)]
        sheet.add(swell(points, halves, mix(PALE, STEEL, rng.random() * 0.9), opacity=rng.uniform(0.2, 0.7)))
    dust = "".join(
        "M{} {}h0".format(*map(num, polar(x, y, abs(rng.gauss(0, 220)) + 30, rng.gauss(196, 34)))) for _ in range(320)
    )
    sheet.add(el("path", d=dust, stroke=PALE, stroke_width=2.4, stroke_linecap="round", opacity=0.75))
    sheet.add(rock(sheet, 680, 450, 240, (-0.85, -0.05, 0.35), 1.1, 0.86))
    sheet.glow(x + 6, y, 170, LAMP, 0.95)
    sheet.add(circle(x + 6, y, 8, "#fff6e6"))
    sheet.vignette(0.5)
    return sheet.svg()


SCENES = {
    "ariane-6-first-flight": ariane,
    "ariane-6-first-flight-2": ascent_trail,
    "starship-catch": catch,
    "dart-impact": dart,
    "dart-impact-2": ejecta,
}
