"""Scenes of fusion: the laser chamber and the ring-shaped machine."""

from math import atan2, cos, degrees, pi, radians, sin

from .ink import (
    ASH,
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
    ball_tone,
    circle,
    el,
    ellipse,
    engraving,
    group,
    line,
    mix,
    points_d,
    polar,
    rect,
    ring,
    shape,
    smooth,
    swell,
)

VIOLET = "#9d9bea"
ROSE = "#c9738a"


def beams(sheet, side):
    """Half of the laser beams: quads that meet in one end of the small cylinder. side is -1 above, 1 below."""
    parts = []
    for tilt, count, strength in ((0.36, 8, 0.8), (0.56, 8, 0.7), (0.86, 16, 0.5), (1.08, 16, 0.45)):
        for i in range(count):
            turn = (i + 0.5) / count * 2 * pi
            dx, dy = cos(turn) * sin(tilt), cos(tilt)
            near = 0.55 + 0.45 * sin(turn)
            for k in range(4):
                spread = (k - 1.5) * 5.5
                far = (600 + dx * 1050 + spread, 400 + side * (62 + dy * 900) + sin(turn) * 90)
                hole = (600 + dx * 20, 400 + side * 62)
                parts.append(
                    swell(
                        [far, hole], [3.6, 0.7], mix(VIOLET, FROST, near * 0.5), opacity=strength * (0.35 + near * 0.5)
                    )
                )
    return group(*parts)


def hohlraum(sheet):
    """The gold cylinder on its arm, a window in it and the lit capsule behind."""
    gold = sheet.linear("#4a3118", "#c9934e", "#e9c07a", "#8a5d2c", "#5b3c1d", "#2f1e10", x2=1, y2=0)
    for x, wide in ((820, 460), (880, 400)):
        sheet.add(rect(x, 388, wide, 24, "#171b2c", stroke=ASH, stroke_width=1.4))
    sheet.add(engraving(lambda x, y: smooth(412, 386, y) * 0.7, (826, 390, 1200, 410), 7, 90, PAPER, 0.35, 5))
    sheet.add(shape([(662, 392), (822, 384), (822, 416), (662, 408)], "#20263c", stroke=ASH, stroke_width=1.4))
    body = [*arc(600, 462, 62, 0, 180, 30, 0.26), *arc(600, 338, 62, 180, 360, 30, 0.26)]
    sheet.add(shape(body, gold, stroke=PALE, stroke_width=1.8))
    sheet.add(engraving(lambda x, y: 0.25 + 0.5 * smooth(600, 662, x), (540, 350, 660, 470), 6, 0, "#1c1108", 0.6, 10))
    for y in (338, 462):
        sheet.add(ellipse(600, y, 62, 16, "none", stroke=PALE, stroke_width=2))
    sheet.add(ellipse(600, 338, 62, 16, "#2a1b0e", stroke=PALE, stroke_width=2))
    sheet.add(ellipse(600, 338, 34, 8, VIOLET, opacity=0.9))
    sheet.add(ellipse(600, 400, 38, 46, "#0d0905", stroke=PALE, stroke_width=1.6))
    sheet.glow(600, 400, 250, LAMP, 0.95)
    sheet.add(circle(600, 400, 22, LAMP), circle(600, 400, 14, PALE))


def nif_ignition():
    """Many beams enter a small gold cylinder; the capsule in it is lit."""
    sheet = Sheet("nif-ignition")
    sheet.sky("#080914", "#11132a", "#080914")
    for r in range(1, 9):
        for a in range(0, 360, 12):
            x, y = 600 + r * r * 11 * cos(radians(a + 6 * r)), 400 + r * r * 9 * sin(radians(a + 6 * r))
            size, opacity = 3 + r * 2.1, round(0.1 + r * 0.06, 2)
            sheet.add(ring(x, y, size, "#34386a", 1.2, opacity=opacity))
    sheet.glow(600, 400, 520, VIOLET, 0.3)
    sheet.add(beams(sheet, -1), beams(sheet, 1))
    hohlraum(sheet)
    sheet.vignette(0.65)
    return sheet.svg()


def ports(radius):
    """Places of the round ports on the front of a sphere: (x, y, depth 0 to 1)."""
    for latitude, count in ((62, 6), (44, 9), (23, 14), (0, 16), (-23, 14), (-44, 9), (-62, 6)):
        for i in range(count):
            turn = radians((i + (0.5 if latitude % 2 else 0)) * 360 / count + latitude)
            height = sin(radians(latitude))
            x, z = cos(radians(latitude)) * sin(turn), cos(radians(latitude)) * cos(turn)
            if z > 0.12:
                yield x * radius, -height * radius, z


def decks(sheet, ys):
    """Gratings and railings left and right of the sphere."""
    for y in ys:
        gap = (max(0, 316**2 - (y - 400) ** 2)) ** 0.5 + 26
        for start, end in ((-10, 600 - gap), (600 + gap, 1210)):
            sheet.add(rect(start, y, end - start, 12, "#101a24", stroke=STEEL, stroke_width=1.2))
            posts = "".join(f"M{start + k * 26:.1f} {y}v-44" for k in range(int((end - start) / 26) + 1))
            sheet.add(
                el("path", d=posts + f"M{start} {y - 44}H{end}M{start} {y - 22}H{end}", stroke=STEEL, opacity=0.75)
            )
            under = "".join(f"M{start + k * 34:.1f} {y + 12}l17 26l17 -26" for k in range(int((end - start) / 34)))
            sheet.add(el("path", d=under, fill="none", stroke=STEEL, opacity=0.3))


def nif_ignition_2():
    """The target chamber from outside: a sphere of ports between steel decks."""
    sheet = Sheet("nif-ignition-2")
    sheet.sky("#0a1119", "#152432", "#090f16")
    for x in (60, 196, 1004, 1140):
        sheet.add(rect(x - 15, 0, 30, 800, "#0d151e", stroke=STEEL, stroke_width=1))
    decks(sheet, (150, 400, 650))
    for angle in (-58, -90, -122, 58, 90, 122):
        a, b = polar(600, 400, 300, angle), polar(600, 400, 640, angle)
        sheet.add(line([a, b], "#0d151d", 44), line([a, b], STEEL, 40, opacity=0.45), line([a, b], "#131e29", 36))
        sheet.add(line([polar(594, 400, 300, angle), polar(594, 400, 640, angle)], ICE, 3, opacity=0.4))
    steel = sheet.radial((0, "#2c4358", 1), (0.7, "#15222f", 1), (1, "#0a1118", 1), cx=0.36, cy=0.3, r=0.8)
    sheet.add(circle(600, 400, 312, steel, stroke=FROST, stroke_width=1.8))
    tone = ball_tone(600, 400, 312, (-0.7, -0.6, 0.5))
    sheet.add(engraving(lambda x, y: tone(x, y) * 0.85, (288, 88, 912, 712), 7, 0, FROST, 0.5, 9, opacity=0.6))
    spots = sorted(ports(306), key=lambda spot: spot[2])
    lit = min(spots, key=lambda spot: (spot[0] - 92) ** 2 + (spot[1] - 60) ** 2)
    for x, y, z in spots:
        flat = max(0.2, z)
        tilt = f"translate({600 + x:.1f} {400 + y:.1f}) rotate({degrees(atan2(y, x)):.1f})"
        dark = LAMP if (x, y, z) == lit else "#05090d"
        sheet.add(
            group(
                ellipse(3, 0, 31 * flat, 31, "#0c141c", stroke=NIGHT, stroke_width=2),
                ellipse(0, 0, 29 * flat, 29, mix(RAISED, STEEL, 0.5), stroke=FROST, stroke_width=1.4),
                ellipse(0, 0, 21 * flat, 21, dark, stroke=ASH, stroke_width=1.2),
                transform=tilt,
            )
        )
    sheet.glow(600 + lit[0], 400 + lit[1], 220, LAMP, 0.8)
    sheet.add(circle(600 + lit[0], 400 + lit[1], 11, PALE))
    sheet.vignette(0.6)
    return sheet.svg()


def profile(i, steps, size=1.0):
    """A point of the D-shaped cut through the ring: distance from the axis, height."""
    a = 2 * pi * i / steps
    return 330 + 148 * size * cos(a + 0.42 * sin(a)), 218 * size * sin(a)


def behind(r, y, tilt=0.2, steps=40):
    """The far half of a circle around the axis, seen a little from above."""
    return [(600 + r * cos(pi * k / steps), 400 - y - r * tilt * sin(pi * k / steps)) for k in range(steps + 1)]


def jet_record():
    """A ring-shaped fusion machine cut open: nested surfaces of plasma, the far half of the ring, the coils."""
    sheet = Sheet("jet-record")
    sheet.sky("#0a0911", "#15111f", "#08070d")
    for r in range(560, 760, 20):
        sheet.add(
            line([(600 - r, 0), (600 - r, 800)], STEEL, 1, opacity=0.12),
            line([(600 + r, 0), (600 + r, 800)], STEEL, 1, opacity=0.12),
        )
    for i in range(24):
        r, y = profile(i, 24, 1.12)
        sheet.add(line(behind(r, y), "#7d7391", 1.2, opacity=0.3))
    for k in range(1, 16):
        turn = pi * k / 16
        rib = [profile(i, 40, 1.12) for i in range(41)]
        sheet.add(
            line([(600 + r * cos(turn), 400 - y - r * 0.2 * sin(turn)) for r, y in rib], "#7d7391", 1.2, opacity=0.3)
        )
    sheet.glow(600, 345, 520, ROSE, 0.3, squash=0.5)
    for size, colour, strength in (
        (0.92, ROSE, 0.4),
        (0.7, ROSE, 0.4),
        (0.45, mix(ROSE, LAMP, 0.6), 0.5),
        (0.2, LAMP, 0.6),
    ):
        for i in range(14):
            r, y = profile(i, 14, size)
            sheet.add(line(behind(r, y), colour, 1.4, opacity=strength * 0.6))
    column = [(556, 90), (644, 90), (644, 700), (556, 700)]
    sheet.add(shape(column, "#171523", stroke=ASH, stroke_width=1.6))
    sheet.add(engraving(lambda x, y: smooth(650, 556, x) * 0.8, (558, 92, 642, 698), 9, 0, PAPER, 0.4, 8))
    for side in (-1, 1):
        cut = group(*section(sheet), transform=f"translate(600 400) scale({side} 1)")
        sheet.add(cut)
    for side in (-1, 1):
        sheet.glow(600 + side * 344, 400, 170, LAMP, 0.5)
        sheet.add(ellipse(600 + side * 346, 400, 11, 16, PALE))
    sheet.vignette(0.6)
    return sheet.svg()


def section(sheet):
    """One face of the cut: coil, vessel wall, nested plasma surfaces (right side, around the axis)."""
    outer = [(r, -y) for r, y in (profile(i, 80, 1.5) for i in range(80))]
    inner = [(r, -y) for r, y in (profile(i, 80, 1.26) for i in range(80))]
    wall = [(r, -y) for r, y in (profile(i, 80, 1.12) for i in range(80))]
    yield shape(outer, "#1d1a2b", stroke=PAPER, stroke_width=2)
    rungs = "".join(points_d([a, b]) for a, b in zip(outer, inner))
    yield el("path", d=rungs, stroke=PAPER, stroke_width=1.3, opacity=0.5)
    yield shape(inner, "#0c0a13", stroke=PAPER, stroke_width=1.6)
    yield shape(wall, "#120d18", stroke=ASH, stroke_width=4)
    yield el("path", d="".join(points_d([a, b]) for a, b in zip(wall[::2], inner[::2])), stroke=ASH, opacity=0.5)
    plasma = [(r, -y) for r, y in (profile(i, 70, 1.02) for i in range(70))]
    yield shape(plasma, sheet.radial((0, LAMP, 0.5), (0.35, ROSE, 0.34), (1, ROSE, 0.05), cx=0.45))
    for k in range(12):
        size = 0.98 - k * 0.081
        points = [(r + 14 * (1 - size), -y) for r, y in (profile(i, 70, size) for i in range(71))]
        yield line(points, mix(ROSE, LAMP, k / 10), 1.7 + k * 0.08, opacity=round(0.5 + k * 0.045, 2))


SCENES = {
    "nif-ignition": nif_ignition,
    "nif-ignition-2": nif_ignition_2,
    "jet-record": jet_record,
}
