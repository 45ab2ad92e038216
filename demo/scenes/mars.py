"""Scenes of the small helicopter on Mars."""

from .ink import (
    ASH,
    LAMP,
    PALE,
    Sheet,
    circle,
    el,
    ellipse,
    engraving,
    group,
    line,
    mix,
    polar,
    rect,
    ridge,
    shape,
    smooth,
    stars,
    swell,
    wave,
)


def dune_lines(sheet, top, near, far, rows=34):
    """Rows of sand ripples as hidden lines, from the far edge to the near one."""
    base, fine = wave(sheet.rng, 4), wave(sheet.rng, 6)
    for i in range(rows):
        share = (i / (rows - 1)) ** 1.7
        y, reach = top + (812 - top) * share, 6 + 46 * share
        points = [
            (x, y - reach * base(x * 0.0042 / (0.35 + share) + share * 5) - 5 * share * fine(x * 0.05 + i))
            for x in range(-10, 1216, 8)
        ]
        sheet.add(shape([*points, (1210, 830), (-10, 830)], mix(far, near, share)))
        sheet.add(
            swell(
                points,
                [0.25 + (0.4 + 1.5 * share) * (0.5 + 0.5 * base(x * 0.011 + i * 0.6)) for x, _ in points],
                mix("#b9754e", "#8c4a30", share),
                opacity=0.75,
            )
        )


def helicopter(sheet):
    """The helicopter on its four legs, its rotor broken, a piece of blade in the sand."""
    shadow = "M392 640C300 676 190 716 60 760L34 744C160 700 290 660 372 628z"
    sheet.add(el("path", d=shadow, fill="#0b0605", opacity=0.75), ellipse(398, 634, 60, 12, "#0b0605", opacity=0.8))
    legs = [((384, 560), (318, 640)), ((388, 566), (366, 656)), ((414, 566), (436, 656)), ((418, 560), (486, 634))]
    for a, b in legs:
        sheet.add(line([a, ((a[0] + b[0]) / 2, a[1] + 22), b], "#d8c3ad", 4, stroke_linejoin="round"))
        sheet.add(ellipse(b[0], b[1], 9, 3.5, "#d8c3ad"))
    sheet.add(line([(402, 300), (402, 540)], "#d8c3ad", 6), line([(405, 300), (405, 540)], "#3a2a24", 2))
    sheet.add(rect(364, 530, 76, 60, "#231815", stroke="#e6d3bd", stroke_width=2.2, rx=5))
    sheet.add(engraving(lambda x, y: smooth(366, 440, x), (368, 534, 438, 588), 6, 0, PALE, 0.4, 12))
    sheet.add(shape([(352, 306), (452, 300), (456, 316), (350, 322)], "#1a1210", stroke="#e6d3bd", stroke_width=2))
    sheet.add(line([(356, 314), (450, 308)], ASH, 1.4))
    blades = [
        ((402, 398), (690, 372), 13),
        ((402, 398), (236, 414), 13),
        ((402, 440), (612, 470), 12),
        ((402, 440), (120, 462), 12),
    ]
    for (ax, ay), (bx, by), wide in blades:
        root = (ax + (bx - ax) * 0.3, ay + (by - ay) * 0.3 - wide)
        outline = [(ax, ay - 3), root, (bx, by - 5), (bx, by + 4), (ax, ay + 4)]
        sheet.add(shape(outline, "#14100f", stroke="#ead8c2", stroke_width=2))
    sheet.add(shape([(236, 404), (218, 412), (229, 414), (216, 421), (236, 420)], "#14100f", stroke="#ead8c2"))
    sheet.add(shape([(664, 668), (730, 654), (742, 662), (676, 680)], "#14100f", stroke="#ead8c2", stroke_width=1.8))


def ingenuity_last_flight():
    sheet = Sheet("ingenuity-last-flight")
    sheet.sky("#0d0b11", (0.3, "#2a1b1c", 1), (0.52, "#6d4331", 1), (1, "#2a1712", 1))
    sheet.add(stars(sheet.rng, 60, (0, 0, 1200, 260), "#e8d9cc", 0.7))
    sheet.glow(866, 356, 330, "#a9c8d8", 0.5)
    sheet.lamp(866, 352, 13, 90, 0.9)
    sheet.add(ridge(sheet.rng, 408, 46, "#3b231d", 0.006))
    dune_lines(sheet, 408, "#1c0f0d", "#4a2a20")
    helicopter(sheet)
    sheet.vignette(0.5)
    return sheet.svg()


def rotor_shadow(sheet):
    """The shadow of four blades, one of them broken, a body and four legs."""
    blades = [(-14, 430, False), (166, 300, True), (52, 410, False), (232, 424, False)]
    parts = []
    for angle, reach, broken in blades:
        tip = (
            [(reach, -20), (reach - 20, -8), (reach + 6, 2), (reach - 26, 14)]
            if broken
            else [(reach, -12), (reach, 12)]
        )
        blade = [(20, -7), (reach * 0.34, -30), *tip, (reach * 0.3, 12), (20, 7)]
        parts.append(shape(blade, "#080404", transform=f"rotate({angle})"))
    parts += [rect(-46, -46, 92, 92, "#080404", rx=8), circle(0, 0, 26, "#080404")]
    parts += [
        line([(0, 0), polar(0, 0, 215, a)], "#080404", 11) + circle(*polar(0, 0, 220, a), 14, "#080404")
        for a in (22, 112, 202, 292)
    ]
    sheet.add(
        group(*parts, transform="translate(590 420) skewX(-14) scale(1 .8)", opacity=0.86, filter=sheet.blur(1.6))
    )


def ingenuity_last_flight_2():
    """The shadow of a damaged rotor on sand ripples, from above."""
    sheet = Sheet("ingenuity-last-flight-2")
    sheet.sky("#6b4230", "#4c2c21", "#2b1712")
    bow, fine = wave(sheet.rng, 4), wave(sheet.rng, 7)
    for i in range(52):
        y = -40 + i * 17.5
        points = [(x, y + 34 * bow(x * 0.0046 + i * 0.05) + 5 * fine(x * 0.03 + i * 1.4)) for x in range(-10, 1216, 9)]
        sheet.add(
            swell(points, [max(0.4, 2.6 + 2.8 * fine(x * 0.012 + i * 0.7)) for x, _ in points], "#a86b49", opacity=0.55)
        )
        lower = [(x, py + 6) for x, py in points]
        sheet.add(
            swell(lower, [max(0.3, 1.8 + 2 * fine(x * 0.012 + i * 0.7)) for x, _ in lower], "#1d0e0b", opacity=0.7)
        )
    for _ in range(60):
        x, y, r = sheet.rng.uniform(0, 1200), sheet.rng.uniform(0, 800), sheet.rng.uniform(2, 9)
        sheet.add(ellipse(x + r * 0.8, y + r * 0.5, r * 1.5, r * 0.7, "#150a08", opacity=0.7))
        sheet.add(circle(x, y, r, "#7d4f3a", stroke="#c08a66", stroke_width=1))
    rotor_shadow(sheet)
    sheet.glow(246, 610, 150, LAMP, 0.5)
    sheet.add(shape([(206, 622), (270, 584), (286, 592), (276, 602), (292, 606), (222, 640)], PALE, opacity=0.95))
    sheet.add(shape([(214, 640), (288, 608), (300, 618), (232, 652)], "#080404", opacity=0.7))
    sheet.vignette(0.6)
    return sheet.svg()


SCENES = {
    "ingenuity-last-flight": ingenuity_last_flight,
    "ingenuity-last-flight-2": ingenuity_last_flight_2,
}
