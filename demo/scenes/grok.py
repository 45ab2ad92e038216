"""Pictures of the story about one model taught by another: lamps, mirrors, copies."""

import math

from .ink import (
    ASH,
    BG,
    BLUE,
    DEEP,
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
    block,
    circle,
    el,
    ellipse,
    engraving,
    floor_grid,
    group,
    lattice,
    lattice_ball,
    line,
    mix,
    num,
    perspective,
    points_d,
    polar,
    rect,
    ring,
    shape,
    smooth,
    swell,
)


def pedestal(x, top, foot, half, light, dark):
    """A slim turned stand with a plate."""
    return group(
        shape(
            [(x - 9, top), (x + 9, top), (x + 13, foot - 18), (x - 13, foot - 18)], dark, stroke=light, stroke_width=1.2
        ),
        ellipse(x, foot - 6, half, half * 0.2, dark, stroke=light, stroke_width=1.2),
        ellipse(x, foot - 18, half * 0.72, half * 0.15, dark, stroke=light, stroke_width=1.2),
        ellipse(x, top, 36, 8, dark, stroke=light, stroke_width=1.2),
    )


def mirrors():
    """A lit lattice before a standing mirror; the twin inside is darker and coarser."""
    sheet = Sheet("grok-distillation")
    sheet.sky(NIGHT, "#0d1723", "#0a121b")
    x, y = 350, 330

    def lit_wall(px, py):
        return 0.62 * smooth(560, 60, math.dist((px, py), (x, y))) ** 1.6

    sheet.add(engraving(lit_wall, (0, 0, 1200, 596), 10, 90, mix(EMBER, NIGHT, 0.35), 0.5, sample=16))
    sheet.add(rect(0, 596, 1200, 204, sheet.linear("#0d161f", "#05080c")), floor_grid(596, 600, 16, 120, opacity=0.2))
    sheet.add(rect(0, 595, 1200, 2, STEEL, opacity=0.35))
    sheet.glow(x, 690, 330, LAMP, 0.3, 0.22)
    sheet.glow(x, y, 420, LAMP, 0.62)
    sheet.add(pedestal(x, 505, 700, 96, mix(LAMP, STEEL, 0.3), "#0a0f15"))
    sheet.add(lattice_ball(x, y, 172, 210, PALE, EMBER, 1.5))
    sheet.glow(x, y, 130, PALE, 0.95)
    sheet.add(circle(x, y, 15, "#fff6e6"))
    mirror_frame(sheet)
    sheet.vignette(0.5)
    return sheet.svg()


def mirror_frame(sheet):
    """The mirror on the right with its own, dimmer world."""
    glass = [(704, 116), (1024, 58), (1024, 742), (704, 668)]
    outer = [(684, 100), (1046, 34), (1046, 768), (684, 684)]
    sheet.add(shape([(1046, 34), (1070, 44), (1070, 756), (1046, 768)], "#06090d", stroke=SLATE))
    sheet.add(shape(outer, "#0c1218", stroke=ASH, stroke_width=1.6))
    clip = sheet.clip(shape(glass, "#fff"))
    pane = [shape(glass, sheet.linear("#050a11", "#0e2233", "#060b12"))]
    pane.append(
        engraving(
            lambda px, py: 0.5 * smooth(330, 40, math.dist((px, py), (876, 372))),
            (704, 50, 1024, 590),
            11,
            90,
            BLUE,
            0.4,
            16,
        )
    )
    pane.append(shape([(704, 566), (1024, 602), (1024, 760), (704, 690)], "#071019"))
    pane.append(line([(704, 566), (1024, 602)], STEEL, 1.4, opacity=0.5))
    pane.append(pedestal(876, 490, 664, 70, STEEL, "#070d14"))
    pane.append(lattice_ball(876, 372, 118, 62, ICE, BLUE, 1.7, turn=2.4))
    pane.append(shape([(740, 40), (830, 40), (704, 420), (704, 180)], ICE, opacity=0.05))
    pane.append(shape([(1024, 420), (1024, 560), (930, 760), (860, 760)], ICE, opacity=0.04))
    sheet.add(group(*pane, clip_path=clip))
    sheet.glow(876, 372, 95, ICE, 0.5)
    sheet.add(circle(876, 372, 6, FROST), shape(glass, "none", stroke=STEEL, stroke_width=1.6))
    sheet.add(
        line([(684, 684), (684, 100)], LAMP, 2.4, opacity=0.85), line([(704, 668), (704, 116)], EMBER, 1.4, opacity=0.7)
    )


def hall():
    """An empty hearing room; one chair is lit."""
    sheet = Sheet("grok-distillation-2")
    sheet.sky("#05080d", "#101b28", "#070b11")
    spot = perspective(horizon=330, eye=2.3, focal=830)
    edge = {"stroke": "#2c3f52", "stroke_width": 1}
    hall_walls(sheet, spot, edge)
    sheet.add(block(spot, (-6.5, 0, 15), (13, 0.7, 4), "#1a2a3a", "#0d1620", "#0a1119", **edge))
    for x in (-3.4, -1.7, 0, 1.7, 3.4):
        tall = 3.6 if x == 0 else 3
        sheet.add(block(spot, (x - 0.45, 0.7, 17.4), (0.9, tall - 0.7, 0.3), "#24384b", "#111c28", "#0c151f", **edge))
    sheet.add(block(spot, (-4.8, 0.7, 15.2), (9.6, 1.15, 0.8), "#2a4056", "#142230", "#0e1924", **edge))
    front = [spot(-4.8 + i * 0.8, y, 15.2) for i in range(13) for y in (0.75, 1.75)]
    sheet.add(*(line(front[i : i + 2], "#2c3f52", 1) for i in range(0, 26, 2)))
    floor_light = [spot(*polar(0, 0, 0, 0), 10)]
    cx, cy = floor_light[0]
    cone = sheet.linear((0, PALE, 0.5), (0.5, LAMP, 0.16), (1, LAMP, 0.02))
    sheet.add(ellipse(cx, cy, 165, 40, sheet.radial((0, PALE, 0.8), (0.6, LAMP, 0.45), (1, EMBER, 0.05))))
    sheet.add(chair(spot), shape([(cx - 12, 0), (cx + 12, 0), (cx + 165, cy), (cx - 165, cy)], cone))
    for z in (7.4, 5.8, 4.4):
        for x in (-6.2, 1.5):
            fills = ("#1c2c3b", "#0b121a", "#0f1822")
            sheet.add(block(spot, (x, 0, z), (4.7, 0.95, 0.25), *fills, **edge))
            lit = [spot(x + (4.7 if x < 0 else 0), y, z) for y in (0, 0.95)]
            sheet.add(line(lit, EMBER, 1.6, opacity=0.7))
            sheet.add(line([spot(x, 0.95, z), spot(x + 4.7, 0.95, z)], STEEL, 1.4, opacity=0.6))
    sheet.vignette(0.6)
    return sheet.svg()


def hall_walls(sheet, spot, edge):
    """The room itself: floor, columns, tall panels."""
    sheet.add(shape([spot(-8, 0, 2), spot(8, 0, 2), spot(8, 0, 19), spot(-8, 0, 19)], "#0c141d"))
    for z in range(3, 19):
        sheet.add(line([spot(-8, 0, z), spot(8, 0, z)], STEEL, 1, opacity=0.16))
    sheet.add(shape([spot(-8, 0, 19), spot(8, 0, 19), spot(8, 9, 19), spot(-8, 9, 19)], "#0e1823"))
    for i in range(-7, 8):
        sheet.add(line([spot(i, 0, 19), spot(i, 7, 19)], STEEL, 1, opacity=0.35))
    for level in (4.2, 7):
        sheet.add(line([spot(-8, level, 19), spot(8, level, 19)], STEEL, 1.4, opacity=0.4))
    for z in (17, 14, 11, 8.5, 6.2):
        shade = mix("#223446", "#0a1017", (17 - z) / 11)
        for x in (-8, 7.2):
            sheet.add(block(spot, (x, 0, z), (0.8, 9.5, 0.8), shade, shade, mix(shade, STEEL, 0.25), **edge))


def chair(spot):
    """A plain wooden chair seen from behind, in the light."""
    wood, dark, edge = LAMP, "#6b4520", {"stroke": "#2a1a0c", "stroke_width": 1}
    legs = [block(spot, (x, 0, z), (0.12, 0.9, 0.12), wood, dark, "#8a5a2a") for z in (10.8, 10) for x in (-0.55, 0.43)]
    seat = block(spot, (-0.6, 0.85, 9.95), (1.2, 0.12, 1), PALE, EMBER, dark, **edge)
    posts = [block(spot, (x, 0.9, 9.95), (0.12, 1.25, 0.12), PALE, EMBER, dark, **edge) for x in (-0.6, 0.48)]
    rails = [block(spot, (-0.5, y, 9.97), (1, 0.22, 0.08), PALE, EMBER, dark, **edge) for y in (1.3, 1.85)]
    return group(*legs, seat, *rails, *posts)


def funnel():
    """A large glowing lattice runs through a funnel; a small one forms below."""
    sheet = Sheet("grok-distillation-3")
    sheet.sky("#05080d", "#0f1b28", "#080d13")
    rng = sheet.rng
    sheet.add(rect(0, 716, 1200, 84, sheet.linear("#121c26", "#06090d")), rect(0, 715, 1200, 2, STEEL, opacity=0.5))
    sheet.glow(600, 190, 460, LAMP, 0.5)
    sheet.add(
        rect(868, 60, 9, 650, "#1a2733", stroke=STEEL, stroke_width=1), rect(770, 704, 205, 14, "#1a2733", stroke=STEEL)
    )
    nodes, _ = lattice(230, 1.1)
    threads = []
    for nx, ny, nz in nodes:
        if ny > 0.25 and nz > -0.5:
            x, y = 600 + nx * 175, 190 + ny * 175
            mouth = 600 + nx * 150
            threads.append(f"M{num(x)} {num(y)}C{num(x)} {num(y + 60)} {num(mouth)} 380 {num(mouth)} 424")
            end = 600 + rng.uniform(-7, 7)
            threads.append(f"C{num(mouth)} 500 {num(end)} 520 {num(end)} 600")
    sheet.add(el("path", d="".join(threads), fill="none", stroke=LAMP, stroke_width=1.1, opacity=0.55))
    sheet.add(lattice_ball(600, 190, 175, 230, PALE, EMBER, 1.5, turn=1.1))
    sheet.glow(600, 190, 120, PALE, 0.9)
    sheet.add(circle(600, 190, 13, "#fff6e6"))
    funnel_glass(sheet)
    flask(sheet)
    sheet.vignette(0.5)
    return sheet.svg()


def funnel_glass(sheet):
    """The cone, drawn in rings that thicken at its edges."""
    for i in range(22):
        share = i / 21
        rx, y = 205 * (1 - share) ** 1.05 + 13, 420 + 150 * share
        points = arc(600, y, rx, 0, 180, 40, 0.2)
        halves = [0.4 + 1.7 * abs(math.cos(math.pi * k / 40)) ** 3 for k in range(41)]
        sheet.add(swell(points, halves, mix(FROST, STEEL, share * 0.6), opacity=0.75))
    sheet.add(ellipse(600, 420, 218, 43, "none", stroke=FROST, stroke_width=2.2))
    sheet.add(rect(588, 570, 24, 62, "#12212f", stroke=ICE, stroke_width=1.4, opacity=0.9))
    sheet.add(
        line([(600, 572), (600, 668)], PALE, 2.4),
        line([(868, 470), (752, 470)], STEEL, 5),
        circle(872, 470, 9, SLATE, stroke=STEEL),
    )


def flask(sheet):
    """The receiver below, with the small lattice."""
    glass = "M576 604V628C520 640 492 662 492 690C492 712 530 716 600 716S708 712 708 690C708 662 680 640 624 628V604"
    sheet.add(el("path", d=glass, fill="#0d1a26", fill_opacity=0.55, stroke=ICE, stroke_width=1.8))
    sheet.glow(600, 676, 120, ICE, 0.35, 0.6)
    sheet.add(lattice_ball(600, 675, 36, 34, FROST, STEEL, 1.3, turn=0.2), circle(600, 675, 4, PALE))
    sheet.add(line(arc(600, 688, 98, 200, 240, 12, 0.6), FROST, 1.6, opacity=0.7))


def network(x, y, scale, sizes):
    """Layers of nodes: a list of columns of points."""
    columns = []
    for i, size in enumerate(sizes):
        columns.append([(x + i * 84 * scale, y + (k - (size - 1) / 2) * 52 * scale) for k in range(size)])
    return columns


def wires(columns, share=1.0):
    """All connections between neighbouring columns, or the first share of them."""
    strokes = [[a, b] for left, right in zip(columns, columns[1:]) for a in left for b in right]
    return "".join(points_d(stroke) for stroke in strokes[: round(len(strokes) * share)])


def pantograph():
    """A drawing instrument copies a large net into a smaller one."""
    sheet = Sheet("grok-distillation-4")
    sheet.sky("#0b0f14", "#0e151d")
    rng = sheet.rng
    grain = [rng.uniform(0, 6) for _ in range(4)]

    def wood(x, y):
        return (
            0.16 + 0.12 * math.sin(x * 0.006 + y * 0.05 + grain[0]) + 0.1 * math.sin(x * 0.013 - y * 0.021 + grain[1])
        )

    sheet.add(engraving(wood, (0, 0, 1200, 800), 11, -4, "#2a3a48", 0.7, sample=24))
    sheet.glow(330, 300, 620, LAMP, 0.42)
    left, right = network(196, 330, 1, (5, 7, 7, 5)), network(812, 540, 0.62, (5, 7, 7, 5))
    done = network(812, 540, 0.62, (5, 7))
    paper = [rect(110, 96, 420, 468, "#e9dfc9"), rect(124, 110, 392, 440, "none", stroke="#b79a68", stroke_width=1.2)]
    paper.append(el("path", d=wires(left), stroke="#8a4f16", stroke_width=1.1, fill="none", opacity=0.75))
    paper += [circle(x, y, 11, "#c9742a", stroke="#5d3310", stroke_width=1.5) for column in left for x, y in column]
    copy = [
        rect(750, 386, 296, 308, "#1b2b3a", stroke=STEEL),
        rect(760, 396, 276, 288, "none", stroke=BLUE, stroke_width=1.2),
    ]
    copy.append(el("path", d=wires(right, 0.62), stroke=ICE, stroke_width=1, fill="none", opacity=0.7))
    copy += [circle(x, y, 7, "#1b2b3a", stroke=ICE, stroke_width=1.4, opacity=0.5) for c in right for x, y in c]
    copy += [circle(x, y, 7, ICE) for column in done for x, y in column]
    sheet.add(group(*paper, transform="rotate(-3 320 330)"), group(*copy, transform="rotate(2 898 540)"))
    arms(sheet)
    sheet.vignette(0.65)
    return sheet.svg()


def arms(sheet):
    """The bars of the pantograph and its lit point."""
    trace, pen, top, pivot, knee = (446, 278), (920, 556), (640, 96), (1000, 236), (760, 372)
    shadow = [
        line([(x + 10, y + 16) for x, y in pair], NIGHT, 15, opacity=0.5)
        for pair in ((top, trace), (top, pivot), (pivot, pen), (trace, knee), (knee, pivot))
    ]
    sheet.add(*shadow)
    for pair in ((trace, knee), (knee, (866, 186)), (top, trace), (top, pivot), (pivot, pen)):
        sheet.add(line(pair, "#0a0f14", 15), line(pair, "#b9bfc7", 11), line(pair, "#5a6670", 1.4))
    for x, y in (top, pivot, knee, (866, 186)):
        sheet.add(circle(x, y, 14, "#2c3944", stroke="#d9dde2", stroke_width=2), circle(x, y, 4, "#d9dde2"))
    sheet.add(circle(*pen, 10, "#2c3944", stroke=ICE, stroke_width=2), circle(*pen, 3, FROST))
    sheet.lamp(*trace, 8, 150, 0.9)
    sheet.add(ring(*trace, 16, PALE, 2))


def row_of_lamps():
    """Lattice lamps one behind the other; each is smaller and dimmer than the one before."""
    sheet = Sheet("grok-distillation-5")
    sheet.sky(NIGHT, "#0b1622", "#142536")
    sheet.add(rect(0, 470, 1200, 330, sheet.linear("#0d1822", "#04070b")))
    sheet.add(
        engraving(lambda x, y: 0.35 * smooth(800, 470, y), (-60, 474, 1260, 800), 13, 0, "#22384b", 0.5, sample=60)
    )
    sheet.add(rect(0, 469, 1200, 1.5, STEEL, opacity=0.4))
    chain = []
    for i in range(8):
        size = 0.67**i
        chain.append((1110 - 850 * size, 462 - 112 * size, 174 * size, size))
    sheet.glow(chain[0][0], chain[0][1], 560, LAMP, 0.6)
    for i, (x, y, r, size) in reversed(list(enumerate(chain))):
        front = mix(PALE, STEEL, min(1, i / 4)) if i else PALE
        back = mix(EMBER, BLUE, min(1, i / 3))
        mirror = 2 * (468 + 96 * size) - y
        copy = lattice_ball(
            x, mirror, r, max(16, 200 // (i + 1)), mix(front, BG, 0.6), BG, 1.2 * size + 0.3, dots=False
        )
        sheet.add(group(copy, opacity=0.4))
        sheet.add(circle(x, y, r, DEEP, opacity=0.55))
        sheet.add(lattice_ball(x, y, r, max(16, 200 // (i + 1)), front, back, 1.3 * size + 0.5, turn=i))
        if i:
            sheet.glow(x, y, r * 0.9, mix(LAMP, ICE, min(1, i / 3)), 0.5 / (1 + 0.4 * i))
    x, y, r, _ = chain[0]
    sheet.glow(x, y, 150, PALE, 0.95)
    sheet.add(circle(x, y, 17, "#fff6e6"))
    light = sheet.linear((0, LAMP, 0.0), (0.1, LAMP, 0.7), (0.6, ICE, 0.35), (1, ICE, 0), x1=0, y1=0, x2=1, y2=0)
    sheet.add(shape([(x, y - 4), (1110, 461), (1110, 463), (x, y + 4)], light))
    sheet.vignette(0.5)
    return sheet.svg()


SCENES = {
    "grok-distillation": mirrors,
    "grok-distillation-2": hall,
    "grok-distillation-3": funnel,
    "grok-distillation-4": pantograph,
    "grok-distillation-5": row_of_lamps,
}
