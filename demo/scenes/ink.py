"""Palette and drawing functions that all scenes share.

A scene starts a `Sheet`, adds parts (strings of SVG) to it and returns `sheet.svg()`:

    def lighthouse():
        sheet = Sheet("lighthouse")              # the key also seeds sheet.rng
        sheet.sky(NIGHT, DUSK)
        sheet.add(stars(sheet.rng, 120), ridge(sheet.rng, 620, 40, fill=DEEP))
        sheet.glow(700, 300, 220, LAMP)
        sheet.add(el("circle", cx=700, cy=300, r=6, fill=PALE))
        return sheet.svg()

All coordinates are in a field of 1200 by 800. One lamp (LAMP) is lit per picture.
"""

import math
import random

WIDTH, HEIGHT = 1200, 800

NIGHT = "#04070c"
DEEP = "#07090d"
BG = "#0b0e13"
RAISED = "#11161d"
SLATE = "#1b2733"
DUSK = "#15263a"
BLUE = "#24476a"
STEEL = "#5b7b96"
ICE = "#9cc8e6"
FROST = "#d5e9f5"
PAPER = "#ece8df"
ASH = "#8f98a5"
LAMP = "#f2b661"
PALE = "#ffe9c4"
EMBER = "#cf7f3a"
RUST = "#7a3b26"


# Plain elements


def num(value):
    """A short number for SVG: at most two decimals, no trailing zeros."""
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def el(name, *inside, **attributes):
    """One element. Underscores become hyphens: stroke_width=2 writes stroke-width."""
    written = "".join(f' {key.strip("_").replace("_", "-")}="{num(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def group(*inside, **attributes):
    return el("g", *inside, **attributes)


def points_d(points, closed=False):
    """Path data of straight strokes through the points."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("z" if closed else "")


def line(points, stroke=STEEL, width=1.5, **more):
    return el("path", d=points_d(points), fill="none", stroke=stroke, stroke_width=width, **more)


def shape(points, fill, **more):
    return el("path", d=points_d(points, closed=True), fill=fill, **more)


def circle(x, y, r, fill="none", **more):
    return el("circle", cx=x, cy=y, r=r, fill=fill, **more)


def ring(x, y, r, stroke=STEEL, width=1.5, **more):
    return circle(x, y, r, stroke=stroke, stroke_width=width, **more)


def ellipse(x, y, rx, ry, fill="none", **more):
    return el("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def rect(x, y, width, height, fill="none", **more):
    return el("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


# Numbers and colours


def mix(first, second, share):
    """A colour between two: share 0 is the first, 1 the second."""
    share = min(1, max(0, share))
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def smooth(low, high, value):
    """0 below low, 1 above high, a soft step between (low may be the larger one)."""
    t = min(1, max(0, (value - low) / (high - low)))
    return t * t * (3 - 2 * t)


def polar(x, y, r, degrees):
    """The point at a distance and an angle; 0 points right, 90 down."""
    return x + r * math.cos(math.radians(degrees)), y + r * math.sin(math.radians(degrees))


def arc(x, y, r, start, end, steps=48, squash=1.0):
    """Points along a circle (or, squashed, an ellipse) from one angle to another."""
    angles = [start + (end - start) * i / steps for i in range(steps + 1)]
    return [(x + r * math.cos(math.radians(a)), y + r * squash * math.sin(math.radians(a))) for a in angles]


def curve_of(a, b, c, d):
    """A Bézier curve as a function of t."""

    def at(t):
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        return tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d))) for axis in (0, 1))

    return at


def wave(rng, harmonics=5):
    """A smooth random function of one number, from about -1 to 1."""
    terms = [(1 / (i + 1), rng.uniform(0.7, 1.3) * (i + 1), rng.uniform(0, 7)) for i in range(harmonics)]
    total = sum(size for size, _, _ in terms)
    return lambda t: sum(size * math.sin(speed * t + shift) for size, speed, shift in terms) / total


# Sky and ground


def stars(rng, count=140, box=(0, 0, 1200, 520), colour="#e9edf2", opacity=1.0):
    """Small and large stars inside a box."""
    left, top, right, bottom = box
    layers = []
    for share, width, strength in ((0.8, 1.6, 0.5), (0.2, 2.8, 0.85)):
        dots = "".join(f"M{rng.randint(left, right)} {rng.randint(top, bottom)}h0" for _ in range(round(count * share)))
        if dots:
            layers.append(el("path", d=dots, stroke_width=width, opacity=strength * opacity))
    return group(*layers, stroke=colour, stroke_linecap="round", fill="none")


def ridge_points(rng, base, height, step=12, speed=0.009):
    """The upper edge of a range of hills across the whole width."""
    curve = wave(rng, 6)
    return [(x, base - height * (0.5 + curve(x * speed))) for x in range(-12, WIDTH + 13, step)]


def ridge(rng, base, height, fill=DEEP, speed=0.009, **more):
    """A range of hills, filled down to the lower edge of the picture."""
    return shape([*ridge_points(rng, base, height, speed=speed), (WIDTH + 12, 812), (-12, 812)], fill, **more)


def floor_grid(horizon=430, centre=600, rows=34, spread=130, stroke=STEEL, opacity=0.35):
    """A floor of squares that runs to the horizon."""
    depth = HEIGHT - horizon
    across = "".join(f"M0 {num(horizon + depth / (1 + i * 0.55))}H1200" for i in range(rows))
    along = "".join(f"M{centre} {horizon}L{centre + k * spread * 2} 800" for k in range(-14, 15))
    return el("path", d=across + along, fill="none", stroke=stroke, stroke_width=1.2, opacity=opacity)


def net():
    """A net of parallels and meridians."""
    d = "".join(f"M0 {y}H1200" for y in range(50, 800, 100)) + "".join(f"M{x} 0V800" for x in range(50, 1200, 100))
    return el("path", d=d, stroke=STEEL, stroke_width=1, opacity=0.25)


# Engraving: lines that swell with the tone of what they describe


def ribbon_d(run):
    """Path data of one swelling line; run is a list of (x, y, half width)."""
    left, right = [], []
    for i, (x, y, half) in enumerate(run):
        ax, ay, _ = run[max(0, i - 1)]
        bx, by, _ = run[min(len(run) - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return points_d(left + right[::-1], closed=True)


def swell(points, half_widths, fill=PAPER, **more):
    """One line through the points, as thick as its half widths say."""
    return el("path", d=ribbon_d([(x, y, h) for (x, y), h in zip(points, half_widths)]), fill=fill, **more)


def engraving(tone, box, step=9, angle=0, colour=PAPER, most=0.8, sample=9, bend=None, **more):
    """Parallel engraved lines over a box. tone(x, y) from 0 to 1 is their thickness; bend(x, y) moves their points."""
    left, top, right, bottom = box
    cx, cy, reach = (left + right) / 2, (top + bottom) / 2, math.hypot(right - left, bottom - top) / 2
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    runs = [[]]
    for row in range(int(2 * reach / step) + 1):
        v = row * step - reach
        for column in range(int(2 * reach / sample) + 2):
            u = column * sample - reach
            x, y = cx + u * cos - v * sin, cy + u * sin + v * cos
            weight = tone(x, y) if left <= x <= right and top <= y <= bottom else 0
            if weight > 0.04:
                runs[-1].append((*(bend(x, y) if bend else (x, y)), min(1, weight) * step * most / 2))
            elif runs[-1]:
                runs.append([])
        runs.append([])
    return el("path", d="".join(ribbon_d(run) for run in runs if len(run) > 1), fill=colour, **more)


def ball_tone(cx, cy, r, light=(-0.6, -0.5, 0.6), ambient=0.0):
    """A tone function for engraving(): a lit ball, dark outside."""
    size = math.sqrt(sum(part * part for part in light))
    lx, ly, lz = (part / size for part in light)

    def tone(x, y):
        nx, ny = (x - cx) / r, (y - cy) / r
        rest = 1 - nx * nx - ny * ny
        return max(ambient, nx * lx + ny * ly + math.sqrt(rest) * lz) if rest > 0 else 0

    return tone


def ball_bend(cy, r, cx, depth=0.25):
    """A bend for engraving(): straight lines bow over a ball like parallels."""

    def bend(x, y):
        rest = max(0, 1 - ((x - cx) / r) ** 2 - ((y - cy) / r) ** 2)
        return x, y + depth * r * math.sqrt(rest) * 0.5

    return bend


def lattice(count, turn=0.4, tilt=0.35):
    """Nodes spread evenly over a ball and the edges between neighbours, as (x, y, z) and index pairs."""
    nodes = []
    for i in range(count):
        y = 1 - 2 * (i + 0.5) / count
        angle, across = i * math.pi * (3 - math.sqrt(5)) + turn, math.sqrt(1 - y * y)
        x, z = across * math.cos(angle), across * math.sin(angle)
        nodes.append((x, y * math.cos(tilt) - z * math.sin(tilt), y * math.sin(tilt) + z * math.cos(tilt)))
    edges = set()
    for i, node in enumerate(nodes):
        near = sorted(range(count), key=lambda k: math.dist(node, nodes[k]))[1:6]
        edges.update((min(i, k), max(i, k)) for k in near)
    return nodes, sorted(edges)


def lattice_ball(cx, cy, r, count, front, back, width=1.6, turn=0.4, dots=True):
    """A lattice ball: its far side thin, its near side strong."""
    nodes, edges = lattice(count, turn)
    flat = [(cx + x * r, cy + y * r) for x, y, _ in nodes]
    far = "".join(points_d([flat[a], flat[b]]) for a, b in edges if nodes[a][2] + nodes[b][2] <= 0)
    close = "".join(points_d([flat[a], flat[b]]) for a, b in edges if nodes[a][2] + nodes[b][2] > 0)
    points = "".join(f"M{num(x)} {num(y)}h0" for (x, y), node in zip(flat, nodes) if node[2] > -0.1)
    return group(
        el("path", d=far, stroke=back, stroke_width=width * 0.6, opacity=0.7),
        el("path", d=close, stroke=front, stroke_width=width),
        el("path", d=points, stroke=front, stroke_width=width * 3.2) if dots else "",
        fill="none",
        stroke_linecap="round",
    )


# Depth: a camera is a function (x, y, z) -> (screen x, screen y)


def isometric(x0=600, y0=430, scale=40):
    """x runs down to the right, z down to the left, y up."""
    return lambda x, y, z: (x0 + (x - z) * scale * 0.866, y0 + (x + z) * scale * 0.5 - y * scale)


def perspective(horizon=400, eye=1.6, focal=900, centre=600, yaw=0):
    """A camera that looks along z from a height; z must stay well above 0."""
    cos, sin = math.cos(math.radians(yaw)), math.sin(math.radians(yaw))

    def spot(x, y, z):
        across, away = x * cos - z * sin, max(0.05, x * sin + z * cos)
        return centre + across * focal / away, horizon - (y - eye) * focal / away

    return spot


def block(spot, corner, size, top, front, side, **more):
    """A box seen by a camera. Only the faces turned to it are drawn; front is along x, side along z."""
    (x, y, z), (w, h, d) = corner, size
    far_x, far_y, far_z = x + w, y + h, z + d
    faces = [
        (top, [(x, far_y, z), (far_x, far_y, z), (far_x, far_y, far_z), (x, far_y, far_z)]),
        (front, [(x, y, z), (far_x, y, z), (far_x, far_y, z), (x, far_y, z)]),
        (front, [(far_x, y, far_z), (x, y, far_z), (x, far_y, far_z), (far_x, far_y, far_z)]),
        (side, [(x, y, far_z), (x, y, z), (x, far_y, z), (x, far_y, far_z)]),
        (side, [(far_x, y, z), (far_x, y, far_z), (far_x, far_y, far_z), (far_x, far_y, z)]),
    ]
    seen = [(fill, [spot(*point) for point in face]) for fill, face in faces]
    return "".join(shape(face, fill, **more) for fill, face in seen if turned_to_viewer(face, spot))


def turned_to_viewer(face, spot):
    """Whether a face shows its front: its corners run the same way round as a top face seen from above."""
    area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(face, [*face[1:], face[0]]))
    origin, right, back = spot(0, 0, 5), spot(1, 0, 5), spot(1, 0, 6)
    turn = (right[0] - origin[0]) * (back[1] - right[1]) - (right[1] - origin[1]) * (back[0] - right[0])
    return area * turn > 0


class Sheet:
    """The paper of one scene: its parts, its definitions and its own seeded random numbers."""

    def __init__(self, key):
        self.rng = random.Random(key)
        self.parts = []
        self.defs = []

    def add(self, *parts):
        self.parts.extend(parts)

    def define(self, name, *inside, **attributes):
        """Store a definition and return the reference to it."""
        key = f"d{len(self.defs)}"
        self.defs.append(el(name, *inside, id=key, **attributes))
        return f"url(#{key})"

    def linear(self, *stops, x1=0, y1=0, x2=0, y2=1, **more):
        """A gradient, from top to bottom unless told. A stop is a colour or (offset, colour, opacity)."""
        return self.define("linearGradient", *written_stops(stops), x1=x1, y1=y1, x2=x2, y2=y2, **more)

    def radial(self, *stops, **more):
        return self.define("radialGradient", *written_stops(stops), **more)

    def clip(self, *shapes):
        """A clip path, for clip_path=… on a group."""
        return self.define("clipPath", *shapes)

    def blur(self, amount):
        """A blur, for filter=…"""
        inside = el("feGaussianBlur", stdDeviation=amount)
        return self.define("filter", inside, x="-50%", y="-50%", width="200%", height="200%")

    def sky(self, *stops):
        """Fill the picture from top to bottom."""
        self.add(rect(0, 0, WIDTH, HEIGHT, self.linear(*stops)))

    def glow(self, x, y, r, colour=LAMP, strength=0.8, squash=1.0):
        """Light around a point, bright in the middle."""
        stops = ((0, colour, strength), (0.18, colour, strength * 0.5), (0.5, colour, strength * 0.14), (1, colour, 0))
        self.add(ellipse(x, y, r, r * squash, self.radial(*stops)))

    def lamp(self, x, y, r=5, reach=150, strength=0.7):
        """The one lit lamp: a glow and a small bright disc."""
        self.glow(x, y, reach, LAMP, strength)
        self.add(circle(x, y, r, PALE))

    def vignette(self, strength=0.55):
        """Darker corners; call it last."""
        fill = self.radial((0.55, NIGHT, 0), (1, NIGHT, strength), cx=0.5, cy=0.5, r=0.75)
        self.add(rect(0, 0, WIDTH, HEIGHT, fill))

    def svg(self):
        return el(
            "svg",
            el("defs", *self.defs),
            *self.parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            preserveAspectRatio="xMidYMid slice",
        )


def written_stops(stops):
    """Stops of a gradient; plain colours are spread evenly."""
    last = max(1, len(stops) - 1)
    for i, stop in enumerate(stops):
        offset, colour, opacity = (i / last, stop, 1) if isinstance(stop, str) else (*stop, 1)[:3]
        yield el("stop", offset=offset, stop_color=colour, stop_opacity=opacity)
