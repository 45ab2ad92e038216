"""Scenes of robotics: a retired machine, a runner, a player."""

from math import cos, hypot, pi, sin

from .ink import (
    ASH,
    FROST,
    ICE,
    LAMP,
    PAPER,
    STEEL,
    Sheet,
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
    ring,
    shape,
    smooth,
    swell,
)


def rod(a, b, wide_a, wide_b, stroke=PAPER, body="#121a23", reach=0.6, step=5):
    """A tapered round rod from a to b, engraved on its lit (left) side."""
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    nx, ny = (uy, -ux) if -0.8 * uy + 0.6 * ux > 0 else (-uy, ux)
    ra, rb = wide_a / 2, wide_b / 2
    turns = [(cos(i * pi / 10), sin(i * pi / 10)) for i in range(11)]
    edge = [(a[0] + ra * (nx * c - ux * s), a[1] + ra * (ny * c - uy * s)) for c, s in turns]
    edge += [(b[0] + rb * (-nx * c + ux * s), b[1] + rb * (-ny * c + uy * s)) for c, s in turns]
    cuts = []
    for i in range(1, int(length / step)):
        share = i * step / length
        r, x, y = ra + (rb - ra) * share, a[0] + ux * i * step, a[1] + uy * i * step
        deep = r * (1 - 2 * reach * (0.82 + 0.18 * sin(i * 1.9)))
        cuts.append(points_d([(x + nx * r, y + ny * r), (x + nx * deep, y + ny * deep)]))
    hatch = el("path", d="".join(cuts), stroke=stroke, stroke_width=1.5, opacity=0.55)
    return shape(edge, body, stroke=stroke, stroke_width=1.8, stroke_opacity=0.85) + hatch


def joint(x, y, r, stroke=PAPER):
    return circle(x, y, r, "#0e151c", stroke=stroke, stroke_width=2) + ring(x, y, r * 0.55, ASH, 1.4)


def hoses(pairs, stroke=ASH):
    """Slack hydraulic lines; each is a path."""
    return "".join(
        el("path", d=d, fill="none", stroke=colour, stroke_width=width, stroke_linecap="round")
        for d in pairs
        for colour, width in (("#05080c", 9), (stroke, 5.5), ("#1a232d", 2.5))
    )


def tired_body():
    """The hydraulic humanoid on its strap, seen from the front."""
    parts = [line([(540, 240), (600, 120), (660, 240)], ASH, 3)]
    parts.append(
        hoses(
            [
                "M508 262C420 250 400 420 470 470S548 450 560 430",
                "M692 262C786 250 800 430 730 474S656 450 640 430",
                "M560 452C470 540 466 620 520 690S560 742 640 752S820 744 930 762",
            ]
        )
    )
    for hip, knee, ankle, toe in (((562, 474), (542, 590), (554, 694), 528), ((638, 474), (666, 586), (650, 694), 676)):
        parts += [rod(hip, knee, 70, 50), rod(knee, ankle, 50, 30), joint(*knee, 25), joint(*ankle, 15)]
        parts.append(
            shape(
                [(toe - 44, 726), (toe + 44, 726), (ankle[0] + 22, 700), (ankle[0] - 22, 700)],
                "#121a23",
                stroke=PAPER,
                stroke_width=1.8,
            )
        )
    trunk = [(512, 222), (688, 222), (672, 398), (626, 424), (636, 474), (564, 474), (574, 424), (528, 398)]
    parts.append(shape(trunk, "#131b24", stroke=PAPER, stroke_width=2))
    parts.append(
        engraving(
            lambda x, y: smooth(655, 520, x) * (0.55 + 0.25 * sin(y * 0.09)),
            (530, 262, 668, 396),
            8,
            most=0.5,
            sample=20,
        )
    )
    for shoulder, elbow, wrist in (((496, 258), (466, 384), (476, 500)), ((704, 258), (740, 380), (722, 496))):
        parts += [rod(shoulder, elbow, 62, 46), rod(elbow, wrist, 46, 32), joint(*shoulder, 34), joint(*elbow, 22)]
        x, y = wrist
        parts.append(rect(x - 17, y + 8, 34, 42, "#121a23", stroke=PAPER, stroke_width=1.8, rx=8))
    parts.append(rect(556, 196, 88, 60, "#0d141b", stroke=PAPER, stroke_width=2, rx=12, transform="rotate(4 600 226)"))
    parts.append(group(ring(600, 240, 19, ASH), ring(600, 240, 12, ASH), rect(566, 206, 68, 9, STEEL, rx=4)))
    return "".join(parts)


def atlas_retires():
    sheet = Sheet("atlas-retires")
    sheet.sky("#080d14", "#16222e", (0.88, "#0e161f"), (0.885, "#090d12"), (1, "#05070a"))
    for i in range(17):
        sheet.add(line([(i * 75 + 10, 0), (i * 75 + 10, 704)], STEEL, 1.2, opacity=0.22))
    sheet.add(el("path", d="".join(f"M0 {704 + k * k * 2.6}H1200" for k in range(7)), stroke=STEEL, opacity=0.3))
    sheet.glow(600, 745, 430, LAMP, 0.28, squash=0.16)
    beam = sheet.linear((0, LAMP, 0.34), (1, LAMP, 0.02))
    sheet.add(shape([(352, 196), (408, 196), (900, 742), (180, 742)], beam))
    for x in (214, 986):
        sheet.add(shape([(x - 13, 60), (x + 13, 60), (x + 20, 724), (x - 20, 724)], "#0c1218", stroke=STEEL))
        brace = "".join(
            f"M{x - 14} {80 + k * 46}L{x + 14} {126 + k * 46}M{x + 14} {80 + k * 46}L{x - 14} {126 + k * 46}"
            for k in range(13)
        )
        sheet.add(el("path", d=brace, stroke=STEEL, opacity=0.6))
    sheet.add(rect(150, 34, 900, 36, "#0c1218", stroke=STEEL), rect(566, 58, 68, 54, "#111922", stroke=ASH, rx=4))
    sheet.add(engraving(lambda x, y: 0.3, (150, 36, 1050, 68), 16, 90, STEEL, 0.3))
    sheet.add(
        line([(380, 70), (380, 160)], ASH, 2),
        shape([(364, 160), (396, 160), (414, 198), (346, 198)], "#141c24", stroke=ASH),
    )
    sheet.lamp(380, 199, 9, 150, 0.85)
    sheet.add(ellipse(600, 738, 160, 15, "#020406", opacity=0.75), tired_body())
    sheet.vignette(0.5)
    return sheet.svg()


def stride(phase):
    """Joints of a running robot around its hip: (thigh, knee, ankle) per leg, (shoulder, elbow, hand) per arm."""
    limbs = []
    for shift in (0, pi):
        swing, fold = 34 * sin(phase + shift) + 8, 14 + 78 * (0.5 + 0.5 * cos(phase + shift)) ** 1.6
        knee = polar(0, 0, 118, 90 - swing)
        limbs.append(((0, 0), knee, polar(*knee, 118, 90 - swing + fold)))
    shoulder = (28, -176)
    for shift in (pi, 0):
        swing = 42 * sin(phase + shift) - 12
        elbow = polar(*shoulder, 84, 90 - swing)
        limbs.append((shoulder, elbow, polar(*elbow, 76, 90 - swing - 84)))
    return limbs


def runner(x, ground, phase, opacity, detail):
    """One exposure of the runner; returns its SVG and the place of its chest."""
    far_leg, near_leg, far_arm, near_arm = stride(phase)
    lift = 14 * abs(cos(phase))
    hip = ground - 16 - lift - max(far_leg[2][1], near_leg[2][1])
    step = 5 if detail else 9
    tone = PAPER if detail else ICE
    parts = []
    for leg, shade in ((far_leg, STEEL), (near_leg, tone)):
        toe = (leg[2][0] + 40, leg[2][1] + (6 if leg[2][1] > 180 else 18))
        parts += [
            rod(leg[2], toe, 22, 14, shade, step=step),
            rod(leg[0], leg[1], 52, 36, shade, step=step),
            rod(leg[1], leg[2], 36, 20, shade, step=step),
            joint(*leg[1], 15, shade),
        ]
        if shade == STEEL:
            parts += [rod(far_arm[0], far_arm[1], 30, 24, STEEL, step=step), rod(far_arm[1], far_arm[2], 24, 16, STEEL)]
            parts.append(rod((4, -24), (24, -168), 62, 84, tone, step=step))
            parts.append(rod((40, -226), (44, -244), 44, 40, tone, step=step))
    parts += [
        rod(near_arm[0], near_arm[1], 34, 26, tone, step=step),
        rod(near_arm[1], near_arm[2], 26, 16, tone, step=step),
        joint(*near_arm[0], 16, tone),
        joint(0, 0, 20, tone),
    ]
    place = f"translate({x:.1f} {hip:.1f})"
    return (
        group(*parts, transform=place, opacity=opacity),
        (x + 24, hip - 120),
        (x + near_leg[2][0], hip + near_leg[2][1]),
    )


def humanoid_half_marathon():
    sheet = Sheet("humanoid-half-marathon")
    sheet.sky("#070b12", "#132131", (0.82, "#20303d"), (0.83, "#0d141b"), (1, "#06090d"))
    for i in range(61):
        sheet.add(line([(i * 20, 664 if i % 5 else 652), (i * 20, 676)], STEEL, 1.2, opacity=0.55))
    sheet.add(line([(0, 664), (1200, 664)], STEEL, 1.4, opacity=0.7))
    for k in range(1, 8):
        sheet.add(line([(0, 672 + k * k * 2.6), (1200, 672 + k * k * 2.6)], STEEL, 1 + k * 0.2, opacity=0.2))
    chests, feet, figures = [], [], []
    for i in range(8):
        figure, chest, foot = runner(96 + i * 134, 664, i * 1.02 + 0.3, 0.16 + 0.84 * (i / 7) ** 1.8, i == 7)
        figures.append(figure)
        chests.append(chest)
        feet.append(foot)
    sheet.glow(1058, 330, 300, LAMP, 0.35)
    sheet.add(*figures)
    trail = [runner(96 + i * 13.4, 664, i * 0.102 + 0.3, 1, False)[1:] for i in range(71)]
    sheet.add(swell([c for c, _ in trail], [0.3 + 1.9 * i / 70 for i in range(71)], LAMP))
    sheet.add(line([f for _, f in trail], ICE, 1.4, opacity=0.6, stroke_dasharray="2 6"))
    sheet.lamp(*chests[-1], 7, 90, 0.9)
    sheet.vignette(0.45)
    return sheet.svg()


def table(sheet, spot):
    """The table tennis table, its net and its legs, seen by a camera."""
    corners = [(-0.76, 0.76, 2.2), (0.76, 0.76, 2.2), (0.76, 0.76, 4.94), (-0.76, 0.76, 4.94)]
    for x, z in ((-0.7, 4.7), (0.7, 4.7), (-0.7, 2.5), (0.7, 2.5)):
        sheet.add(line([spot(x, 0.74, z), spot(x, 0, z)], STEEL, 9 / z * 2.4))
    top = [spot(*corner) for corner in corners]
    sheet.add(shape(top, sheet.linear("#12303f", "#1b4c60"), stroke=FROST, stroke_width=3))
    rows = [[spot(-0.76, 0.76, 2.2 + i * 0.0685), spot(0.76, 0.76, 2.2 + i * 0.0685)] for i in range(1, 40)]
    sheet.add(el("path", d="".join(points_d(row) for row in rows), stroke=ICE, opacity=0.16))
    sheet.add(line([spot(0, 0.76, 2.2), spot(0, 0.76, 4.94)], FROST, 2, opacity=0.8))
    front = [spot(x, 0.76 - drop, 2.2) for x, drop in ((-0.76, 0), (0.76, 0), (0.76, 0.05), (-0.76, 0.05))]
    sheet.add(shape(front, "#0b1e29", stroke=ICE, stroke_width=1))
    mesh = [[spot(-0.9 + i * 0.045, 0.76, 3.57), spot(-0.9 + i * 0.045, 0.9, 3.57)] for i in range(41)]
    mesh += [[spot(-0.9, 0.76 + i * 0.028, 3.57), spot(0.9, 0.76 + i * 0.028, 3.57)] for i in range(6)]
    sheet.add(el("path", d="".join(points_d(row) for row in mesh), stroke=FROST, opacity=0.34))
    sheet.add(line([spot(-0.9, 0.9, 3.57), spot(0.9, 0.9, 3.57)], PAPER, 4))


def paddle(x, y, r, turn, face):
    blade = [
        ellipse(0, 0, r, r * 1.08, face, stroke=PAPER, stroke_width=2.4),
        rect(-r * 0.2, r, r * 0.4, r * 0.95, "#2a3038", stroke=PAPER, stroke_width=2, rx=r * 0.1),
    ]
    blade += [
        line([(-r * 0.8 * cos(k), r * 0.9 * sin(k)), (r * 0.8 * cos(k), r * 0.9 * sin(k))], PAPER, 1, opacity=0.3)
        for k in (-1.1, -0.8, -0.5, -0.2, 0.1, 0.4, 0.7)
    ]
    return group(*blade, transform=f"translate({x:.1f} {y:.1f}) rotate({turn})")


def ball_flight():
    """The ball of one rally shot: from the near paddle over the net, one bounce, up to the robot."""
    for i in range(23):
        t = i / 22
        if t < 0.66:
            s = t / 0.66
            yield 0.42 - 0.5 * s, 0.79 + 0.28 * (1 - s) + 0.9 * s * (1 - s), 2.0 + 2.3 * s
        else:
            s = (t - 0.66) / 0.34
            yield -0.08 - 0.18 * s, 0.79 + 0.62 * s - 0.25 * s * s, 4.3 + 0.95 * s


def table_tennis_robot():
    sheet = Sheet("table-tennis-robot")
    spot = perspective(horizon=250, eye=1.75, focal=1180)
    sheet.sky("#070b11", (0.4, "#16222e", 1), (0.41, "#101820", 1), (1, "#05080c", 1))
    floor = [[spot(-6 + k * 0.6, 0, 2), spot(-6 + k * 0.6, 0, 9)] for k in range(21)]
    sheet.add(el("path", d="".join(points_d(row) for row in floor), stroke=STEEL, opacity=0.18))
    for x in (-1.5, 1.5):
        sheet.add(rod(spot(x, 2.35, 5.6), spot(x, 0, 5.6), 30, 30, ASH))
    sheet.add(rod(spot(-1.62, 2.3, 5.6), spot(1.62, 2.3, 5.6), 36, 36, ASH))
    sheet.add(rect(438, 110, 128, 54, "#121a23", stroke=PAPER, stroke_width=2, rx=6))
    sheet.add(engraving(lambda x, y: 0.4, (446, 116, 558, 160), 7, 0, PAPER, 0.3, 30))
    for a, b, wide in (((502, 160), (420, 236), 54), ((420, 236), (500, 322), 44)):
        sheet.add(rod(a, b, wide, wide - 10))
    sheet.add(joint(502, 166, 34), joint(420, 236, 29), rod((500, 322), (534, 354), 28, 20), joint(500, 322, 20))
    sheet.add(paddle(546, 334, 34, 152, "#5a231f"))
    table(sheet, spot)
    flight = list(ball_flight())
    sheet.add(line([spot(*place) for place in flight], LAMP, 1.2, opacity=0.35))
    for i, place in enumerate(flight):
        x, y = spot(*place)
        share = (i / 22) ** 1.6
        sheet.add(circle(x, y, 46 / place[2], mix("#7d5c37", LAMP, share), opacity=0.18 + 0.82 * share))
    x, y = spot(*flight[14])
    sheet.add(ellipse(x, y + 12, 18, 4, "#04080b", opacity=0.5))
    sheet.lamp(*spot(*flight[-1]), 9, 130, 0.8)
    sheet.add(paddle(962, 668, 108, 38, "#15191f"))
    sheet.vignette(0.5)
    return sheet.svg()


SCENES = {
    "atlas-retires": atlas_retires,
    "humanoid-half-marathon": humanoid_half_marathon,
    "table-tennis-robot": table_tennis_robot,
}
