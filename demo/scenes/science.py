"""Pictures of the stories about a survey telescope and a particle detector."""

import itertools

from .ink import (
    ASH,
    BLUE,
    EMBER,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    STEEL,
    Sheet,
    arc,
    circle,
    ellipse,
    group,
    line,
    mix,
    num,
    polar,
    rect,
    ridge,
    ring,
    shape,
    swell,
)


def mountain_observatory():
    """An angular observatory on a ridge opens its shutter under turning stars."""
    sheet = Sheet("rubin-first-light")
    sheet.sky(NIGHT, "#0b1d30", "#1d4058", "#8a6a4c")
    rng, pole = sheet.rng, (330, 250)
    for _ in range(190):
        r, start, span = 30 + 1000 * rng.random() ** 0.8, rng.uniform(0, 360), rng.uniform(8, 34)
        points = arc(*pole, r, start, start + span, 24)
        width, colour = rng.uniform(0.4, 1.5), rng.choice((FROST, ICE, "#e9edf2", "#f2cf95"))
        sheet.add(
            swell(points, [width * (0.3 + 0.7 * n / 24) for n in range(25)], colour, opacity=rng.uniform(0.3, 0.85))
        )
    sheet.add(ridge(rng, 640, 50, "#22364a", 0.006), ridge(rng, 690, 46, "#15232f", 0.008))
    hill = [
        (-10, 810),
        (-10, 770),
        (260, 738),
        (470, 668),
        (640, 640),
        (980, 640),
        (1090, 676),
        (1210, 700),
        (1210, 810),
    ]
    sheet.add(shape(hill, "#070c12"), line(hill[1:-1], STEEL, 1.4, opacity=0.6))
    sheet.glow(800, 470, 330, LAMP, 0.4)
    observatory(sheet)
    sheet.vignette(0.45)
    return sheet.svg()


def observatory(sheet):
    """The building: a low hall, a round base and an angular dome with a lit slit."""
    dark, mid, light = "#0d161f", "#22323f", "#5d7383"
    sheet.add(
        shape([(540, 642), (540, 590), (700, 566), (700, 642)], mid, stroke=NIGHT),
        shape([(520, 592), (560, 572), (716, 552), (700, 568)], light),
    )
    sheet.add(*(rect(556 + k * 34, 600 - k * 4, 20, 12, "#0a1017", stroke=STEEL, stroke_width=0.8) for k in range(4)))
    sheet.add(
        shape(
            [(690, 642), (690, 520), (960, 520), (960, 642)],
            sheet.linear(dark, mid, light, mid, x2=1, y2=0),
            stroke=NIGHT,
        )
    )
    sheet.add(*(line([(690, y), (960, y)], NIGHT, 1.2, opacity=0.6) for y in range(536, 640, 15)))
    dome(sheet)
    beam = sheet.linear((0, PALE, 0), (1, PALE, 0.22))
    sheet.add(shape([(792, 322), (864, 322), (900, 0), (740, 0)], beam))


def dome(sheet):
    """The turning upper part and the telescope behind its open shutter."""
    dark, mid, light = "#0d161f", "#22323f", "#5d7383"
    left = [(676, 520), (690, 400), (752, 330), (790, 322), (790, 520)]
    right = [(974, 520), (962, 400), (900, 330), (866, 322), (866, 520)]
    sheet.add(
        shape(left, sheet.linear(dark, mid, x2=1, y2=0), stroke=NIGHT),
        shape(right, sheet.linear(light, mid, x2=1, y2=0), stroke=NIGHT),
    )
    sheet.add(
        line([(690, 400), (790, 392)], NIGHT, 1.4),
        line([(866, 392), (962, 400)], NIGHT, 1.4),
        line(left[:4], STEEL, 1.6),
    )
    sheet.add(rect(790, 322, 76, 198, sheet.linear("#8a5a2a", LAMP, PALE)))
    tube = [
        rect(-34, -20, 68, 90, "#101a23", stroke=NIGHT),
        ellipse(0, -20, 34, 11, "#1f3a55", stroke=ICE, stroke_width=1.6),
        ellipse(0, -20, 16, 5, NIGHT),
    ]
    sheet.add(
        group(*tube, transform="translate(828 420) rotate(-8)"),
        shape([(790, 478), (866, 478), (866, 520), (790, 520)], "#2a1a0c", opacity=0.6),
    )
    sheet.add(
        shape([(676, 520), (974, 520), (974, 530), (676, 530)], "#0a1017"),
        line([(676, 520), (974, 520)], ASH, 1.2, opacity=0.7),
    )


def focal_plane():
    """A round mosaic of detectors full of small galaxies; one detector is lit."""
    sheet = Sheet("rubin-first-light-2")
    sheet.sky("#05080d", "#0b151f", "#05080c")
    rng, cx, cy = sheet.rng, 600, 400
    sheet.glow(cx, cy, 560, BLUE, 0.5)
    sheet.add(circle(cx, cy, 372, "#0a1118", stroke=STEEL, stroke_width=2), ring(cx, cy, 358, STEEL, 1, opacity=0.6))
    sheet.add(
        *(
            line([polar(cx, cy, 358, a), polar(cx, cy, 372 - 6 * (a % 30 == 0), a)], STEEL, 1.4)
            for a in range(0, 360, 6)
        )
    )
    for column, row, i, k in itertools.product(range(5), range(5), range(3), range(3)):
        if not (column in (0, 4) and row in (0, 4)):
            sheet.add(detector(rng, cx - 298 + column * 120 + i * 39, cy - 298 + row * 120 + k * 39))
    x, y = cx - 298 + 360 + 78 + 18, cy - 298 + 120 + 18
    sheet.glow(x, y, 190, LAMP, 0.75)
    sheet.add(rect(x - 18, y - 18, 36, 36, PALE, stroke=LAMP))
    sheet.add(ellipse(x, y, 12, 4, EMBER, transform=f"rotate(-30 {num(x)} {num(y)})"), circle(x, y, 3, "#5d3310"))
    sheet.vignette(0.5)
    return sheet.svg()


def detector(rng, x, y):
    """One square of the mosaic and what it sees."""
    specks = [speck(rng, x + rng.uniform(5, 31), y + rng.uniform(5, 31)) for _ in range(rng.randint(1, 4))]
    fill = mix("#0d1f30", "#1c3d58", rng.random())
    return rect(x, y, 36, 36, fill, stroke="#31536e", stroke_width=0.8) + "".join(specks)


def speck(rng, x, y):
    """A star or a small tilted galaxy."""
    colour = rng.choice((FROST, ICE, "#f2cf95", "#e9edf2"))
    if rng.random() < 0.5:
        return circle(x, y, rng.uniform(0.7, 1.7), colour, opacity=0.9)
    return ellipse(
        x,
        y,
        rng.uniform(3, 6.5),
        rng.uniform(1, 2.4),
        colour,
        opacity=0.75,
        transform=f"rotate({rng.randint(0, 180)} {num(x)} {num(y)})",
    )


def collision():
    """A round detector in section; two straight rays of light leave the crossing of many curved tracks."""
    sheet = Sheet("higgs-boson")
    sheet.sky("#05080d", "#0b1621", "#05080c")
    cx, cy, rng = 600, 400, sheet.rng
    sheet.glow(cx, cy, 560, BLUE, 0.45)
    for inner, outer, parts, fill in ((318, 382, 24, "#13202c"), (238, 306, 36, "#182c3d"), (172, 228, 48, "#12303a")):
        for k in range(parts):
            a, b = 360 * k / parts + 0.8, 360 * (k + 1) / parts - 0.8
            segment = arc(cx, cy, outer, a, b, 6) + arc(cx, cy, inner, b, a, 6)
            sheet.add(shape(segment, mix(fill, STEEL, 0.25 * rng.random()), stroke="#31536e", stroke_width=1))
    for k in range(3):
        sheet.add(ring(cx, cy, 338 + 14 * k, NIGHT, 1.4, opacity=0.6))
    sheet.add(
        circle(cx, cy, 164, "#070d14", stroke=STEEL, stroke_width=1.4),
        *(ring(cx, cy, r, STEEL, 0.9, opacity=0.55) for r in (40, 64, 90, 118, 142)),
    )
    for _ in range(44):
        start, curl = rng.uniform(0, 360), rng.choice((-1, 1)) * rng.uniform(8, 75)
        reach = rng.choice((160, 160, 222, 300))
        points = [polar(cx, cy, reach * n / 24, start + curl * n / 24) for n in range(25)]
        sheet.add(swell(points, [1.1 - 0.6 * n / 24 for n in range(25)], mix(STEEL, FROST, rng.random()), opacity=0.8))
    photon(sheet, cx, cy, -34)
    photon(sheet, cx, cy, 127)
    sheet.lamp(cx, cy, 7, 130, 0.9)
    sheet.vignette(0.5)
    return sheet.svg()


def photon(sheet, cx, cy, angle):
    """A straight ray and the energy it leaves in the detector."""
    sheet.add(line([(cx, cy), polar(cx, cy, 236, angle)], PALE, 3, stroke_dasharray="12 6"))
    for k in range(-2, 3):
        size = (62, 42, 22)[abs(k)]
        a = angle + k * 5.2
        sheet.add(
            shape(
                [
                    polar(cx, cy, 240, a - 2.2),
                    polar(cx, cy, 240 + size, a - 2.2),
                    polar(cx, cy, 240 + size, a + 2.2),
                    polar(cx, cy, 240, a + 2.2),
                ],
                LAMP,
                opacity=1 - 0.22 * abs(k),
            )
        )
    sheet.glow(*polar(cx, cy, 270, angle), 130, LAMP, 0.65)


SCENES = {
    "rubin-first-light": mountain_observatory,
    "rubin-first-light-2": focal_plane,
    "higgs-boson": collision,
}
