"""Writes fonts.css: the cut faces, and for each a stand-in from the reader's own machine.

Until a font arrives the browser shows a local face, stretched to the same average width and given the
same ascent and descent, so that no line breaks elsewhere when the real one takes over.
"""

from dataclasses import dataclass

from font_cutting import FACES

# Letters about as often as English and Croatian text has them.
SAMPLE = (
    "the court has read the file twice and the model that wrote it once. what happens next is a matter of "
    "patience, of careful notes and of people who like to check a number before they print it. sud je spis "
    "pročitao dvaput, a model koji ga je napisao samo jednom. A Report From the Desk, 2026. "
)


@dataclass(frozen=True)
class Local:
    """Faces of equal widths that systems bring along, and the width of SAMPLE's average letter in them."""

    key: str
    names: tuple
    width: float


SERIFS = [
    Local("Georgia", ("Georgia", "Gelasio"), 0.439),
    Local("Noto", ("Noto Serif", "NotoSerif", "NotoSerif-Regular"), 0.4708),
    Local("Times", ("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "Tinos"), 0.3976),
    Local("DejaVu", ("DejaVu Serif", "DejaVuSerif"), 0.5074),
]
SANS = [
    Local("Arial", ("Arial", "ArialMT", "Helvetica", "Liberation Sans", "Arimo"), 0.4389),
    Local("Roboto", ("Roboto", "Roboto-Regular"), 0.438),
    Local("DejaVu", ("DejaVu Sans", "DejaVuSans"), 0.5028),
]
MONOS = [
    Local("Menlo", ("Menlo", "Menlo-Regular", "DejaVu Sans Mono", "DejaVuSansMono"), 0.6021),
    Local("Courier", ("Liberation Mono", "Cousine", "Courier New", "CourierNewPSMT"), 0.6001),
]


@dataclass(frozen=True)
class Stack:
    """One custom property: a face at the size it is used for, its stand-ins, and the last resort."""

    token: str
    face: str
    locals: list
    generic: str
    opsz: int | None = None
    weights: tuple = (400,)


STACKS = [
    Stack("serif", "serif", SERIFS, "Georgia, serif", opsz=20),
    Stack("display", "serif", SERIFS, "Georgia, serif", opsz=48),
    Stack("sans", "sans", SANS, "system-ui, sans-serif", weights=(400, 500, 600)),
    Stack("mono", "mono", MONOS, "ui-monospace, monospace"),
]


def write_css(fonts, path):
    """`fonts` maps a face's name to its cut TTFont."""
    parts = [font_face(face, fonts[face.name]) for face in FACES]
    tokens = []
    for stack in STACKS:
        families = [next(face.family for face in FACES if face.name == stack.face)]
        for local in stack.locals:
            family = f"{stack.token.title()} {local.key}"
            families.append(family)
            parts += [stand_in(family, local, stack, weight, fonts[stack.face]) for weight in stack.weights]
        quoted = ", ".join(f'"{family}"' for family in families)
        tokens.append(f"  --{stack.token}: {quoted}, {stack.generic};")
    parts.append(":root {\n" + "\n".join(tokens) + "\n}")
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def font_face(face, font):
    axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
    weight = f"{axes['wght'].minValue:g} {axes['wght'].maxValue:g}" if "wght" in axes else "400"
    return (
        f'@font-face {{ font-family: "{face.family}"; src: url("../fonts/{face.name}.woff2") format("woff2"); '
        f"font-weight: {weight}; font-style: {face.style}; font-display: swap; }}"
    )


def stand_in(family, local, stack, weight, font):
    location = {"wght": weight} | ({"opsz": stack.opsz} if stack.opsz else {})
    adjust = average_width(font, location) / local.width
    em, hhea = font["head"].unitsPerEm, font["hhea"]
    ascent, descent = hhea.ascent / em / adjust, -hhea.descent / em / adjust
    names = ", ".join(f'local("{name}")' for name in local.names)
    span = f"{weight} 700" if weight == stack.weights[-1] else weight
    return (
        f'@font-face {{ font-family: "{family}"; src: {names}; font-weight: {span}; size-adjust: {adjust:.2%}; '
        f"ascent-override: {ascent:.2%}; descent-override: {descent:.2%}; line-gap-override: 0%; }}"
    )


def average_width(font, location):
    glyphs, cmap = font.getGlyphSet(location=location), font.getBestCmap()
    total = sum(glyphs[cmap[ord(letter)]].width for letter in SAMPLE)
    return total / len(SAMPLE) / font["head"].unitsPerEm
