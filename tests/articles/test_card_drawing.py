"""What is on a drawn card: type that fits and is readable, emblems and globe as their templates say."""

import math

import pytest
from PIL import Image, ImageChops, ImageColor

from articles import card_drawing
from articles.card_drawing import HEIGHT, LEFT, RIGHT, WIDTH, WINDOW, crop, draw_card, draw_edition_card
from articles.card_lines import Ink, engrave, outlines, shapes
from articles.card_type import NBSP, NO_LETTER, Type, drawable, fit
from articles.share_cards import Card, EditionCard, Picture

TEXT = (LEFT, card_drawing.TITLE_TOP, RIGHT, card_drawing.FACE_TOP)
SERIF = Type("serif", 50)
CARD = Card(
    base="/ai/story/",
    site="Tech & Space",
    title="Six telescopes",
    section="AI",
    number=3629,
    author="Nexus Vale",
    role="AI editor",
    sigil="model",
    origin="AI rewritten",
    demo="",
    picture=Picture("photos/x.jpg", "Six domes", (50, 50), "ai_generated", "AI-generated", "Tech&Space"),
    place=None,
)
BLANK = Image.new("RGB", (900, 600), "#336699")


def card(shown=BLANK, **changes):
    """The card as drawn, with this picture or without one."""
    changed = CARD._replace(**changes)
    return draw_card(changed if shown else changed._replace(picture=None), shown)


def changed(one, other):
    """The box in which two cards differ, or None."""
    return ImageChops.difference(one, other).getbbox()


def is_inside(box, outer):
    return all(a >= b for a, b in zip(box[:2], outer[:2], strict=True)) and box[2] <= outer[2] and box[3] <= outer[3]


def contrast(one, other):
    def light(color):
        parts = [c / 255 for c in color]
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_and_ground(image, box):
    """The lightest and the most frequent colour of a part."""
    colors = image.crop(box).getcolors(1_000_000)
    return max((color for _count, color in colors), key=sum), max(colors)[1]


# Letters


@pytest.mark.parametrize("face", ["serif", "sans", "mono"])
@pytest.mark.parametrize("letter", "ČčĆćĐđŠšŽž„“”‚‘’–—…")
def test_every_face_has_the_letters_of_croatian(face, letter):
    font = Type(face, 60).font
    drawn, plain = font.getmask(letter), font.getmask({"Đ": "D", "đ": "d"}.get(letter, letter.translate(BASES)))
    assert drawn.getbbox()
    assert bytes(drawn) != bytes(font.getmask(NO_LETTER))
    assert letter in "„“”‚‘’–—…" or bytes(drawn) != bytes(plain)
    assert drawable(letter, face) == letter


BASES = str.maketrans("ČčĆćŠšŽž", "CcCcSsZz")


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("A rocket 🚀 flies", "A rocket flies"),
        ("👩‍🚀", ""),
        ("CO₂ and 10⁶", "CO2 and 106"),
        ("Gyűrű, Łódź, Brașov", "Gyurű, Lódz, Brasov".replace("ű", "u")),
        ("Lyman-α and Δv", "Lyman-alpha and deltav"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Č decomposed: C\u030c", "Č decomposed: Č"),
        ("a\u00a0b\n\t c", "a\u00a0b c"),
        ("Привет", ""),
        ("\x00\x1b", ""),
    ],
)
def test_what_a_face_does_not_have_is_said_otherwise_or_not_at_all(written, drawn):
    assert drawable(written) == drawn


def test_a_title_without_a_letter_that_can_be_drawn_is_the_record_number():
    assert changed(card(title="🚀🚀"), card(title="db#3629")) is None
    assert changed(card(title="🚀 Six telescopes"), card(title="Six telescopes")) is None


# Lines


def test_lines_fit_and_nothing_is_lost():
    text = "One hundred and sixty letters are a long title for so narrow a column of text"
    for width in (200, 300, 576):
        lines = SERIF.wrap(text, width)
        assert all(SERIF.width(line) <= width for line in lines)
        assert " ".join(lines) == text
        even = SERIF.balanced(text, width)
        assert len(even) == len(lines)
        assert " ".join(even) == text
        assert all(SERIF.width(line) <= width for line in even)


def test_lines_are_as_even_as_can_be():
    text = "Five words of one length"
    width = SERIF.width("Five words of one") + 1
    assert SERIF.wrap(text, width) == ["Five words of one", "length"]
    assert SERIF.balanced(text, width) == ["Five words", "of one length"]
    assert SERIF.balanced("ab ab ab ab ab ab", SERIF.width("ab ab ab ab ab") + 1) == ["ab ab ab", "ab ab ab"]


def test_a_word_that_is_too_long_is_divided():
    word = "Prijestolonasljednikovičičinima"
    lines = SERIF.wrap(word, 300)
    assert all(SERIF.width(line) <= 300 for line in lines)
    assert "".join(line.removesuffix("-") for line in lines) == word
    assert all(line.endswith("-") for line in lines[:-1])
    assert SERIF.wrap("super-duperlongword", 380) == ["super-", "duperlongword"]


def test_a_title_takes_the_largest_size_in_which_its_words_are_whole():
    steps = [(90, 3), (60, 3), (30, 3)]
    assert fit("Short", SERIF, steps, 576)[0].size == 90
    assert fit("Prijestolonasljednikovičičinima", SERIF, steps, 576)[0].size == 30
    size, lines = fit("word " * 60, SERIF, steps, 576)
    assert (size.size, len(lines)) == (30, 3)
    assert lines[-1].endswith("…")
    assert size.width(lines[-1]) <= 576


def test_short_words_and_numbers_do_not_end_a_line_or_begin_one():
    _size, lines = fit("Rubin u orbitu s kamerom", SERIF, [(50, 9)], SERIF.width("Rubin u orbitu"))
    assert not any(line.endswith((" u", " s", f"{NBSP}u", f"{NBSP}s")) for line in lines)
    _size, lines = fit("Signali sonde Voyager 1 opet stižu", SERIF, [(50, 9)], SERIF.width("sonde Voyager 1"))
    assert any(line.endswith(f"Voyager{NBSP}1") for line in lines)


def test_letters_stand_apart_by_the_tracking():
    wide = Type("mono", 20, 400, 0.1)
    assert wide.width("abcd") == pytest.approx(Type("mono", 20).width("abcd") + 3 * 2)
    canvas = Image.new("L", (200, 40))
    wide.draw(canvas, 10, 30, "llll", 255)
    left, _top, right, _bottom = canvas.getbbox()
    assert right - left == pytest.approx(wide.width("llll"), abs=8)


# The card


def test_its_title_stands_in_its_column():
    box = changed(card(), card(title="Another one"))
    assert box
    # An A begins before its own left edge.
    assert is_inside(box, (LEFT - 4, *TEXT[1:]))


@pytest.mark.parametrize("mark", ["„", "“", '"'])
def test_a_quotation_mark_hangs_outside(mark):
    bare, quoted = card(title="Homer"), card(title=f"{mark}Homer“")

    def first_ink(image):
        return image.crop((LEFT - 2, 190, LEFT + 90, 290)).convert("L").point(lambda light: light > 150).getbbox()[0]

    # The H stands where it stood.
    assert first_ink(quoted) == pytest.approx(first_ink(bare), abs=1)
    assert changed(bare, quoted)[0] < LEFT - 4


@pytest.mark.parametrize("title", ["W" * 160, "Š" * 160, "Otorinolaringologija " * 7, "i " * 80, "„" + "Č" * 40 + "“"])
def test_no_title_leaves_its_column(title):
    box = changed(card(title=title[:160]), card(title="."))
    # A quotation mark at its beginning hangs outside.
    assert is_inside(box, (LEFT - 30, TEXT[1] - 10, RIGHT + 4, TEXT[3]))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"section": "Space"}, (LEFT, 120, RIGHT, 170)),
        ({"number": 4711}, (LEFT, 40, RIGHT, 90)),
        ({"author": "Lyra Stanton"}, (LEFT + 76, 500, RIGHT, 550)),
        ({"role": "AI urednica"}, (LEFT + 76, 545, RIGHT, 590)),
        ({"sigil": "orbit"}, (LEFT, 506, LEFT + 77, 583)),
        ({"sigil": ""}, (LEFT, 506, LEFT + 77, 583)),
        ({"origin": "AI assisted"}, (LEFT, 120, RIGHT, 170)),
        ({"demo": "demo"}, (LEFT + 76, 540, RIGHT, 590)),
        ({"site": "Wind & Wave"}, (LEFT, 40, RIGHT, 90)),
    ],
)
def test_everything_has_its_place(changes, where):
    box = changed(card(), card(**changes))
    assert box
    assert is_inside(box, where)


def test_long_names_are_cut_and_touch_nothing():
    long = {
        "author": "Đurđa Marčinković " * 4,
        "role": "Urednica rubrike " * 4,
        "section": "Umjetna inteligencija " * 3,
    }
    image = card(demo="demo", **long)
    gap = image.crop((RIGHT + 1, 0, WINDOW, HEIGHT))
    assert gap.getcolors() == [((WINDOW - RIGHT - 1) * HEIGHT, ImageColor.getrgb(card_drawing.NIGHT))]
    left_of_stamp = changed(image, card(demo="demo", section="x", author=long["author"], role=long["role"]))
    assert left_of_stamp[2] < 458


def test_mark_and_credit_are_readable_whatever_the_picture_is():
    for color in ("#ffffff", "#000000", "#8f98a5"):
        image = card(Image.new("RGB", (900, 600), color))
        mark, ground = ink_and_ground(image, (WINDOW + 58, HEIGHT - 50, WINDOW + 198, HEIGHT - 10))
        assert contrast(mark, ground) > 7
        credit, ground = ink_and_ground(image, (WINDOW + 230, HEIGHT - 50, WIDTH, HEIGHT - 10))
        assert contrast(credit, ground) > 7


def test_the_origin_the_name_and_the_title_are_readable():
    image = card(demo="demo")
    for box in (TEXT, (470, 132, 630, 158), (570, 550, 636, 578), (160, 510, 400, 545)):
        assert contrast(*ink_and_ground(image, box)) > 7
    for small in ((160, 548, 400, 580), (540, 55, RIGHT, 80), (100, 130, 140, 160)):
        assert contrast(*ink_and_ground(image, small)) > 4.5


def test_a_long_credit_takes_more_lines_and_keeps_the_mark():
    long = CARD.picture._replace(credit="NASA/JPL-Caltech/Space Science Institute " * 3)
    above = (WIDTH - 5, HEIGHT - 130)
    assert card(BLANK, picture=long).getpixel(above) == ImageColor.getrgb(card_drawing.DEEP)
    assert card(BLANK).getpixel(above) == ImageColor.getrgb("#336699")
    said = Picture("x", "x", (50, 50), "photograph", "photograph", "NASA/JPL-Caltech/Space Science Institute")
    assert card_drawing._credit_lines(said)[0].startswith("photograph /")
    assert len(card_drawing._credit_lines(long)) == 4


def test_the_picture_is_cut_round_its_focal_point():
    halves = Image.new("RGB", (1200, 300), "#ff0000")
    halves.paste("#00ff00", (600, 0, 1200, 300))
    assert crop(halves, (100, 100), (0, 50)).getpixel((50, 50)) == (255, 0, 0)
    assert crop(halves, (100, 100), (100, 50)).getpixel((50, 50)) == (0, 255, 0)
    middle = crop(halves, (100, 100), (50, 50))
    assert (middle.getpixel((20, 50)), middle.getpixel((80, 50))) == ((255, 0, 0), (0, 255, 0))
    assert crop(Image.new("RGBA", (60, 900)), (504, 572), (50, 0)).size == (504, 572)


def test_without_a_picture_the_globe_shows_the_place():
    image = card(None, place=("San Francisco, California", 37.77, -122.42))
    middle = (WINDOW + WIDTH) // 2
    x, y = middle, round(card_drawing.GLOBE_MIDDLE[1] - card_drawing.GLOBE_RADIUS * math.sin(math.radians(34)))
    assert image.getpixel((x, y)) == ImageColor.getrgb(card_drawing.LAMP)
    elsewhere = card(None, place=("Zagreb", 45.81, 15.98))
    assert elsewhere.getpixel((x, y)) == ImageColor.getrgb(card_drawing.LAMP)
    assert changed(image, elsewhere)[0] >= WINDOW
    assert contrast(*ink_and_ground(image, (WINDOW + 50, HEIGHT - 50, WIDTH, HEIGHT - 10))) > 7
    assert card(None).getpixel((x, y)) != ImageColor.getrgb(card_drawing.LAMP)


def test_the_globe_is_turned_to_the_place():
    """South of the Gulf of Guinea there is the sea, and land wherever one looks in the Sahara."""
    x = (WINDOW + WIDTH) // 2
    y = round(card_drawing.GLOBE_MIDDLE[1] - card_drawing.GLOBE_RADIUS * math.sin(math.radians(34)))
    below = (x - 15, y + 28, x + 15, y + 48)
    gulf, sahara = (card(None, place=place).crop(below) for place in [("Gulf", 0, 0), ("Sahara", 22, 10)])
    assert gulf.convert("L").getextrema()[1] < 60
    assert sahara.convert("L").getextrema()[1] > 150


@pytest.mark.parametrize(
    "place", [("North", 90, 0), ("South", -90, 0), ("East", 0, 180), ("Nothing", 0, 0), ("🚀", 1, 1)]
)
def test_every_place_on_earth_can_be_shown(place):
    assert card(None, place=place).size == (WIDTH, HEIGHT)


def test_the_card_of_the_edition_bears_its_name():
    one = draw_edition_card(EditionCard("/", "Tech & Space", "News of technology."))
    assert one.size == (WIDTH, HEIGHT)
    for other in ("Wind & Wave", "A publication with a rather long name", "X"):
        box = changed(one, draw_edition_card(EditionCard("/", other, "News of technology.")))
        assert is_inside(box, (40, 70, WIDTH - 40, 250))
    assert contrast(*ink_and_ground(one, (LEFT, 255, 700, 300))) > 7


# Line drawings


def test_paths_are_read_as_svg_means_them():
    assert outlines("M1 2h3v4l-3-4z") == [[(1, 2), (4, 2), (4, 6), (1, 2), (1, 2)]]
    assert outlines("m1 1 2 2M5 5H1V1") == [[(1, 1), (3, 3)], [(5, 5), (1, 5), (1, 1)]]
    curve = outlines("M0 0C0 10 10 10 10 0")[0]
    assert curve[0] == (0, 0)
    assert curve[-1] == pytest.approx((10, 0))
    assert max(y for _x, y in curve) == pytest.approx(7.5)


@pytest.mark.parametrize(
    ("flags", "over"),
    [("0 1", (10 - math.sqrt(50), 10 - math.sqrt(50))), ("1 0", (10 + math.sqrt(50), 10 + math.sqrt(50)))],
)
def test_arcs_go_round_the_right_way(flags, over):
    """A quarter and three quarters of the circle about (10, 10), both from (0, 10) to (10, 0)."""
    points = outlines(f"M0 10A10 10 0 {flags} 10 0")[0]
    assert points[-1] == (10, 0)
    assert all(math.hypot(x - 10, y - 10) == pytest.approx(10) for x, y in points)
    assert min(math.hypot(x - over[0], y - over[1]) for x, y in points) < 0.5


def test_arcs_may_be_flat_turned_or_too_short():
    halfway = outlines("M0 0a20 10 90 0 1 20 40")[0]
    assert halfway[-1] == pytest.approx((20, 40))
    # Radii that do not reach are made larger: a half circle from end to end.
    points = outlines("M0 0a1 1 0 0 1 10 0")[0]
    assert min(y for _x, y in points) == pytest.approx(-5, abs=0.05)


def test_shapes_are_turned_and_inked_by_their_class():
    svg = '<svg><ellipse class="a" rx="10" ry="2" transform="rotate(90 0 0)"/><path class="b" d="M15 0h4"/></svg>'
    first, second = shapes(svg)
    assert (first.kind, second.kind) == ("a", "b")
    assert max(y for _x, y in first.lines[0]) == pytest.approx(10)
    canvas = Image.new("RGB", (40, 40))
    engrave(canvas, (0, 0, 40, 40), [first, second], {"a": Ink("#ff0000")}, 1, (20, 20))
    assert canvas.getpixel((20, 28)) == (255, 0, 0)
    assert canvas.getpixel((28, 20)) == (0, 0, 0)
    assert canvas.getpixel((37, 20)) == (0, 0, 0)
