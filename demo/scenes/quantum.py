"""Scenes of the quantum chip and the cold machine that it hangs in."""

from math import cos, radians, sin

from .ink import (
    ASH,
    FROST,
    ICE,
    LAMP,
    NIGHT,
    PALE,
    PAPER,
    STEEL,
    Sheet,
    arc,
    circle,
    el,
    ellipse,
    engraving,
    group,
    line,
    mix,
    points_d,
    rect,
    ring,
    shape,
    smooth,
)


def wire(start, out, inner, outer):
    """A chip trace: straight out of the middle, a slanted piece, straight to the edge pad."""
    knee = outer - (outer - inner) * 0.25
    slant = min(abs(out - start), (knee - inner) * 0.8)
    return [(start, -inner), (start, -(knee - slant)), (out, -knee), (out, -outer)]


def qubits():
    """A tilted square of crosses and couplers."""
    parts, spots = [], []
    for i in range(11):
        for k in range(11):
            x, y = (i - k) * 21.5, (i + k - 10) * 21.5
            if abs(x) <= 195 and abs(y) <= 195:
                spots.append((x, y))
    links = "".join(
        points_d([(x, y), (x + dx, y + 21.5)]) for x, y in spots for dx in (-21.5, 21.5) if (x + dx, y + 21.5) in spots
    )
    parts.append(el("path", d=links, stroke=STEEL, stroke_width=3))
    arms = "".join(f"M{x - 10} {y}h20M{x} {y - 10}v20" for x, y in spots)
    parts.append(el("path", d=arms, stroke=mix(STEEL, ICE, 0.75), stroke_width=7))
    return "".join(parts)


def willow_chip():
    sheet = Sheet("willow-chip")
    sheet.sky("#05080d", "#0c1620")
    copper, parts = "#a5764a", []
    parts.append(
        rect(-560, -560, 1120, 1120, sheet.linear("#2a2017", "#17120e", x2=1), stroke=copper, stroke_width=3, rx=30)
    )
    parts += [
        circle(x, y, 24, "#0b0f13", stroke=copper, stroke_width=3) + ring(x, y, 14, copper)
        for x in (-480, 480)
        for y in (-480, 480)
    ]
    parts.append(rect(-382, -382, 764, 764, "#04070a"))
    parts.append(rect(-372, -372, 744, 744, sheet.linear("#153244", "#0c1c28", x2=1), stroke=ICE, stroke_width=2))
    wires, pads, bonds = [], [], []
    for i in range(22):
        start, out = (i - 10.5) * 18, (i - 10.5) * 28
        wires.append(points_d(wire(start, out, 208, 360)))
        pads.append(f"M{out} -360v-6")
        bonds.append(f"M{out} -364Q{out + 3} -386 {out * 1.03:.1f} -410")
    for turn in (0, 90, 180, 270):
        parts.append(
            group(
                el("path", d="".join(wires), fill="none", stroke=ICE, stroke_width=1.7, opacity=0.6),
                el("path", d="".join(pads), stroke=FROST, stroke_width=9),
                el("path", d="".join(bonds), fill="none", stroke="#d9b07c", stroke_width=1.6, opacity=0.8),
                transform=f"rotate({turn})",
            )
        )
    parts.append(rect(-208, -208, 416, 416, "#0a141c", stroke=ICE, stroke_width=1.4))
    parts.append(qubits())
    sheet.add(group(*parts, transform="translate(600 410) rotate(-17) skewX(-6) scale(1.2 1.08)"))
    turned = (631.5, 303.2)  # where one of the crosses comes to lie
    sheet.glow(*turned, 250, LAMP, 0.7)
    sheet.lamp(*turned, 8, 70, 0.9)
    sheet.vignette(0.7)
    return sheet.svg()


def stage(sheet, y, reach, copper):
    """One plate of the cryostat, seen a little from above: rim, holes, thickness."""
    metal = sheet.linear(
        (0, mix(copper, PALE, 0.35), 1), (0.45, copper, 1), (1, mix(copper, NIGHT, 0.75), 1), x2=1, y2=0
    )
    low = [*arc(600, y + 16, reach, 0, 180, 40, 0.17), *arc(600, y, reach, 180, 0, 40, 0.17)]
    parts = [
        shape(low, mix(copper, NIGHT, 0.6)),
        ellipse(600, y, reach, reach * 0.17, metal, stroke=PALE, stroke_width=1.2),
    ]
    edge = arc(600, y, reach, 0, 180, 60, 0.17)
    parts.append(el("path", d="".join(f"M{x:.1f} {py:.1f}v15" for x, py in edge), stroke=PALE, opacity=0.35))
    parts += [
        ellipse(600 + reach * 0.84 * cos(radians(a)), y + reach * 0.142 * sin(radians(a)), 7, 2.4, "#120d09")
        for a in range(0, 360, 15)
    ]
    return "".join(parts)


def cables(rng, y0, y1, spread, count):
    """Coaxial lines between two plates, some with a coil for the cold."""
    parts = []
    for i in range(count):
        x = 600 + (i - (count - 1) / 2) * spread / count * 2
        if i % 4 == 1:
            coil = "a9 5 0 1 1 0 9.6" * 5
            d = f"M{x:.1f} {y0}V{(y0 + y1) / 2 - 24:.1f}{coil}V{y1}"
        else:
            sway = rng.uniform(-16, 16)
            d = f"M{x:.1f} {y0}C{x + sway:.1f} {y0 + 40} {x - sway:.1f} {y1 - 40} {x:.1f} {y1}"
        for colour, width in (("#0a0807", 5), (mix("#b98d5c", PALE, rng.random() * 0.5), 2.4)):
            parts.append(el("path", d=d, fill="none", stroke=colour, stroke_width=width))
    return "".join(parts)


def willow_chip_2():
    """The golden ladder of a dilution refrigerator, the chip at its cold end."""
    sheet = Sheet("willow-chip-2")
    sheet.sky("#06090e", "#111b26", "#070b10")
    for i in range(25):
        sheet.add(line([(i * 50, 0), (i * 50, 800)], STEEL, 1, opacity=0.12))
    sheet.glow(600, 300, 560, "#4f7894", 0.25)
    copper, plates = "#8d6338", [(92, 372), (222, 330), (352, 288), (474, 246), (586, 206)]
    for (y, _), (below, small) in reversed(list(zip(plates, plates[1:]))):
        sheet.add(stage(sheet, below, small, copper))
        for x in (-0.86, -0.5, 0.5, 0.86):
            sheet.add(line([(600 + x * small, y), (600 + x * small, below - 4)], "#0a0807", 13))
            sheet.add(line([(600 + x * small, y), (600 + x * small, below - 4)], "#c9a273", 8))
            sheet.add(line([(600 + x * small + 1.5, y), (600 + x * small + 1.5, below - 4)], "#5d4125", 3))
        sheet.add(cables(sheet.rng, y + 20, below, small * 0.42, 17))
    sheet.add(stage(sheet, 92, 372, copper))
    sheet.add(
        rect(566, 0, 68, 88, "#1a222b", stroke=ASH),
        engraving(lambda x, y: smooth(634, 570, x), (568, 0, 632, 80), 5, 0, PAPER, 0.35, 14),
    )
    sheet.add(cables(sheet.rng, 606, 668, 66, 9))
    sheet.glow(600, 712, 260, LAMP, 0.6)
    sheet.add(shape([(514, 668), (686, 668), (676, 684), (524, 684)], copper, stroke=PALE, stroke_width=1.4))
    sheet.add(rect(540, 684, 120, 74, "#15110d", stroke="#d9b07c", stroke_width=2.5, rx=4))
    sheet.add(
        el(
            "path",
            d="".join(f"M{540 - 9} {692 + k * 9}h9M660 {692 + k * 9}h9" for k in range(8)),
            stroke="#d9b07c",
            stroke_width=3,
        )
    )
    sheet.add(rect(560, 698, 80, 46, LAMP, rx=2), rect(572, 705, 56, 32, PALE))
    sheet.vignette(0.5)
    return sheet.svg()


SCENES = {
    "willow-chip": willow_chip,
    "willow-chip-2": willow_chip_2,
}
