"""Cuts the publication's fonts to the letters and the axes its pages use: one small file a face.

The npm packages slice each family by script, so the ten Croatian letters sit in another file than
the rest of Latin. `cut_face` grafts them into the Latin file (outlines, variations, kerning), limits
the axes and drops every other glyph.
"""

from copy import copy
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import Coverage
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

CROATIAN = {"Č": "C", "Ć": "C", "Đ": "D", "Š": "S", "Ž": "Z", "č": "c", "ć": "c", "đ": "d", "š": "s", "ž": "z"}
# No sideways arrow, ‡, ‰ or №: the families do not have them (arrows on pages are drawn icons).
PUNCTUATION = "–—„“”‘’‚‹›…·•−×°§†′″€™↑↓"
SPACES = "\u00a0\u2009\u202f\u2011"
LETTERS = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))} | set(CROATIAN) | set(PUNCTUATION + SPACES)
# Characters the families lack, shown with a glyph they have: the narrow no-break space, the no-break hyphen.
STAND_INS = {0x2009: 0x20, 0x202F: 0x2009, 0x2011: 0x2D}
FEATURES = ["kern", "liga"]


@dataclass(frozen=True)
class Face:
    """One file of the site: which package it comes from and how far it is cut."""

    name: str
    family: str
    package: str
    stem: str
    axes: dict
    style: str = "normal"

    def source(self, node_modules, part):
        folder = Path(node_modules) / "@fontsource-variable" / self.package / "files"
        return folder / f"{self.stem.format(part=part)}.woff2"


FACES = [
    Face(
        "serif",
        "Source Serif",
        "source-serif-4",
        "source-serif-4-{part}-opsz-normal",
        {"wght": (400, 400, 700), "opsz": (20, 20, 60)},
    ),
    Face(
        "serif-italic",
        "Source Serif",
        "source-serif-4",
        "source-serif-4-{part}-wght-italic",
        {"wght": 400},
        style="italic",
    ),
    Face("sans", "Instrument Sans", "instrument-sans", "instrument-sans-{part}-wght-normal", {"wght": (400, 400, 700)}),
    Face(
        "mono",
        "JetBrains Mono",
        "jetbrains-mono",
        "jetbrains-mono-{part}-wght-normal",
        {"wght": (400, 400, 600)},
    ),
]


def cut_face(face, node_modules):
    """The face as a TTFont, ready to be saved as woff2."""
    font = TTFont(face.source(node_modules, "latin"))
    donor = TTFont(face.source(node_modules, "latin-ext"))
    for opened in (font, donor):
        opened.ensureDecompiled()  # tables are read against the old number of glyphs
    for letter, base in CROATIAN.items():
        graft(font, donor, ord(letter), ord(base))
    graft(font, donor, ord("†"), None)
    add_stand_ins(font)
    if "HVAR" in font:
        del font["HVAR"]
    font = instantiateVariableFont(font, face.axes)
    if "gvar" in font:  # the instancer leaves out glyphs that do not vary, the subsetter asks for them
        for name in font.getGlyphOrder():
            font["gvar"].variations.setdefault(name, [])
    keep_letters(font)
    if "fvar" in font:
        add_HVAR(font)
    font.flavor = "woff2"
    return font


def graft(font, donor, code, base_code):
    """Copies one letter with its components from the donor; it is kerned as its base letter is."""
    cmap, donor_cmap = font.getBestCmap(), donor.getBestCmap()
    if code in cmap or code not in donor_cmap:
        return
    name = copy_glyph(font, donor, donor_cmap[code])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name
    if base_code:
        kern_as(font, name, cmap[base_code])


def copy_glyph(font, donor, donor_name):
    name = "x_" + donor_name
    if name in font["glyf"].glyphs:
        return name
    glyph = donor["glyf"][donor_name]
    if glyph.isComposite():
        for component in glyph.components:
            component.glyphName = copy_glyph(font, donor, component.glyphName)
    font["glyf"][name] = glyph
    font.setGlyphOrder(font["glyf"].glyphOrder)
    font["hmtx"][name] = donor["hmtx"][donor_name]
    font["gvar"].variations[name] = donor["gvar"].variations.get(donor_name, [])
    return name


def kern_as(font, name, base):
    """Puts the new glyph beside its base letter in every kerning pair."""
    for subtable in pair_subtables(font):
        covered = base in subtable.Coverage.glyphs
        if subtable.Format == 1:
            kern_pairs(font, subtable, name, base, covered)
        else:
            for classes in (subtable.ClassDef1, subtable.ClassDef2):
                if base in classes.classDefs:
                    classes.classDefs[name] = classes.classDefs[base]
            if covered:
                subtable.Coverage.glyphs.append(name)
                subtable.Coverage.glyphs.sort(key=font.getGlyphID)


def kern_pairs(font, subtable, name, base, covered):
    sets = dict(zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True))
    for pair_set in sets.values():
        extra = [copy(record) for record in pair_set.PairValueRecord if record.SecondGlyph == base]
        for record in extra:
            record.SecondGlyph = name
        pair_set.PairValueRecord += extra
        pair_set.PairValueRecord.sort(key=lambda record: font.getGlyphID(record.SecondGlyph))
        pair_set.PairValueCount = len(pair_set.PairValueRecord)
    if covered:
        sets[name] = sets[base]
    names = sorted(sets, key=font.getGlyphID)
    subtable.Coverage = Coverage()
    subtable.Coverage.glyphs = names
    subtable.PairSet = [sets[n] for n in names]
    subtable.PairSetCount = len(names)


def pair_subtables(font):
    if "GPOS" not in font:
        return
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            pairs = subtable.ExtSubTable if lookup.LookupType == 9 else subtable
            if pairs.LookupType == 2:
                yield pairs


def add_stand_ins(font):
    for code, other in STAND_INS.items():
        cmap = font.getBestCmap()
        if code not in cmap and other in cmap:
            for table in font["cmap"].tables:
                if table.isUnicode():
                    table.cmap[code] = cmap[other]


def keep_letters(font):
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13]
    options.drop_tables += ["STAT", "BASE", "gasp"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in LETTERS])
    cutter.subset(font)
