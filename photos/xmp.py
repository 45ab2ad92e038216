"""The XMP packet that every file carries which is made of a photo: its mark, its credit, and who published it.

Only what is the same in every language: one file serves all editions.
"""

import re
from xml.sax.saxutils import escape

from django.conf import settings

from . import source_types

PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"\
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<Iptc4xmpExt:DigitalSourceType>{source_type}</Iptc4xmpExt:DigitalSourceType>
<photoshop:Credit>{credit}</photoshop:Credit>
<photoshop:Source>{source}</photoshop:Source>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
# XML knows no character for these, not even an escaped one.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def packet(photo):
    """For a photo, or anything else that has a mark and a credit; for None, a drawing of the site's own."""
    mark, credit = (photo.mark, photo.credit) if photo else ("illustration", settings.SITE_NAME)
    return PACKET.format(
        source_type=source_types.address_of(mark), credit=_text(credit), source=_text(settings.SITE_NAME)
    ).encode()


def _text(words):
    return escape(UNWRITABLE.sub(" ", words))
