"""The packet in every file: the mark in IPTC's words and the credit, the same in every language, always well-formed."""

import io
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from PIL import Image

from photos.declared import declared_mark
from photos.models import Photo
from photos.source_types import VOCABULARY, WORDS
from photos.xmp import packet

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "iptc": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
}


def photo(mark="ai_generated", credit="ESO"):
    return SimpleNamespace(mark=mark, credit=credit)


def read(written):
    """The three properties, as an XML parser finds them."""
    (description,) = ElementTree.fromstring(written.decode()).iterfind(".//rdf:Description", NAMES)  # noqa: S314 - our own
    return [description.findtext(name, namespaces=NAMES) for name in PROPERTIES]


PROPERTIES = ["iptc:DigitalSourceType", "photoshop:Credit", "photoshop:Source"]


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ("ai_generated", "trainedAlgorithmicMedia"),
        ("ai_edited", "compositeWithTrainedAlgorithmicMedia"),
        ("photograph", "digitalCapture"),
        ("illustration", "digitalCreation"),
    ],
)
def test_each_mark_is_written_in_the_words_of_iptc(mark, word, settings):
    settings.SITE_NAME = "Tech & Space"
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}"
    assert read(packet(photo(mark))) == [address, "ESO", "Tech & Space"]


def test_every_mark_has_its_word_and_is_understood_again():
    assert set(WORDS) == set(Photo.Mark.values)
    for mark in Photo.Mark.values:
        assert declared_mark(packet(photo(mark))) == mark


@pytest.mark.parametrize(
    "credit",
    [
        "Čćđšž ČĆĐŠŽ",
        "A & B",
        "<b>bold</b>",
        "a ]]> b",
        "\"quoted\" and 'so'",
        "&lt; stays",
        "日本 🚀",
        "<?xpacket end='w'?>",
    ],
)
def test_a_credit_is_read_as_it_was_typed(credit):
    assert read(packet(photo(credit=credit)))[1] == credit


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_letters_that_xml_does_not_know_become_blanks(letter):
    assert read(packet(photo(credit=f"A{letter}B")))[1] == "A B"


def test_a_drawing_of_the_sites_own_has_its_packet_too(settings):
    settings.SITE_NAME = "Tech & Space"
    assert read(packet(None)) == [VOCABULARY + "digitalCreation", "Tech & Space", "Tech & Space"]


def test_a_packet_fits_into_one_segment_of_a_jpeg():
    written = packet(photo(credit="&" * 120))
    assert len(written) < 1500
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", xmp=written)
    assert written in buffer.getvalue()
