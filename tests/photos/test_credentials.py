"""Files are signed with a certificate that the test makes itself, and verified against its authority."""

import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import c2pa
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from photos import checks, credentials, making, planning, recipe
from photos.models import Photo
from photos.source_types import VOCABULARY, WORDS
from photos.xmp import packet
from tests import exiftool, factories

FORMATS = {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}
KEYS = {
    "ECDSA P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ECDSA P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}


def named(name):
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def certificate(subject, issuer, public, signer, *, is_authority):
    now = dt.datetime.now(dt.UTC)
    usage = dict.fromkeys(
        [
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    usage |= {"digital_signature": not is_authority, "key_cert_sign": is_authority, "crl_sign": is_authority}
    builder = x509.CertificateBuilder(named(issuer), named(subject), public, x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=2))
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
    )
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    if not is_authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Authority:
    """Writes the files that C2PA_CERTIFICATE and C2PA_KEY name; `anchor` is what a reader trusts."""

    def __init__(self, folder, key):
        own = ec.generate_private_key(ec.SECP256R1())
        self.anchor = certificate("Authority", "Authority", own.public_key(), own, is_authority=True)
        leaf = certificate("Tech & Space", "Authority", key.public_key(), own, is_authority=False)
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        self.certificate, self.key = folder / "chain.pem", folder / "key.pem"
        self.certificate.write_bytes(leaf + self.anchor)
        self.key.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))

    def configure(self, settings):
        settings.C2PA_CERTIFICATE, settings.C2PA_KEY = str(self.certificate), str(self.key)


@pytest.fixture
def authority(tmp_path, settings):
    made = Authority(tmp_path, KEYS["ECDSA P-256"]())
    made.configure(settings)
    return made


def verified(data, extension, authority):
    """(state, the signed manifest), as another reader sees them who trusts this authority alone."""
    trust = {"trust": {"trust_anchors": authority.anchor.decode()}, "verify": {"verify_trust": True}}
    with c2pa.Context.from_dict(trust) as context:
        reader = c2pa.Reader(credentials.TYPES[extension], io.BytesIO(data), context=context)
        return reader.get_validation_state(), reader.get_active_manifest()


def actions(manifest):
    (assertion,) = [row for row in manifest["assertions"] if row["label"] == "c2pa.actions.v2"]
    return [(row["action"], row.get("digitalSourceType")) for row in assertion["data"]["actions"]]


def encoded(extension, photo):
    buffer = io.BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(buffer, FORMATS[extension], xmp=packet(photo))
    return buffer.getvalue()


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("mark", Photo.Mark.values)
def test_a_signed_file_says_how_the_picture_came_to_be(authority, settings, extension, mark):
    settings.SITE_NAME = "Tech & Space"
    photo = Photo(mark=mark, credit="ESO")
    plain = encoded(extension, photo)
    signed = credentials.sign(plain, extension, photo)
    state, manifest = verified(signed, extension, authority)
    assert state == "Trusted"
    source_type = VOCABULARY + WORDS[mark]
    edited = [("c2pa.edited", source_type)] if mark == "ai_edited" else []
    assert actions(manifest) == [("c2pa.created", source_type), *edited, ("c2pa.resized", None)]
    assert manifest["claim_generator_info"][0]["name"] == "Tech & Space"
    assert manifest["signature_info"]["common_name"] == "Tech & Space"
    assert "thumbnail" not in manifest
    # The XMP is where it was, and the picture is the same.
    assert packet(photo) in signed
    assert len(signed) - len(plain) < 6000
    assert Image.open(io.BytesIO(signed)).tobytes() == Image.open(io.BytesIO(plain)).tobytes()


@pytest.mark.parametrize("extension", FORMATS)
def test_a_file_that_was_changed_is_found_out(authority, extension):
    signed = bytearray(
        credentials.sign(encoded(extension, Photo(mark="photograph")), extension, Photo(mark="photograph"))
    )
    signed[-20] ^= 0xFF
    assert verified(bytes(signed), extension, authority)[0] == "Invalid"


def test_who_does_not_trust_the_authority_does_not_trust_the_file(authority, tmp_path):
    photo = Photo(mark="photograph", credit="ESO")
    signed = credentials.sign(encoded("jpg", photo), "jpg", photo)
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other", KEYS["ECDSA P-256"]())
    assert verified(signed, "jpg", stranger)[0] != "Trusted"


@pytest.mark.parametrize("kind", KEYS)
def test_each_kind_of_key_signs(tmp_path, settings, kind):
    authority = Authority(tmp_path, KEYS[kind]())
    authority.configure(settings)
    photo = Photo(mark="photograph", credit="ESO")
    assert verified(credentials.sign(encoded("webp", photo), "webp", photo), "webp", authority)[0] == "Trusted"
    assert checks.credentials_sign(None) == []


def test_without_a_certificate_a_file_stays_as_it_is(settings):
    photo = Photo(mark="photograph", credit="ESO")
    data = encoded("jpg", photo)
    assert credentials.sign(data, "jpg", photo) is data
    assert credentials.fingerprint() == ""


@pytest.mark.django_db
def test_every_rendition_is_signed_and_keeps_its_mark(authority, settings):
    photo = factories.make_photo(width=640, height=480, credit="ESO")
    first = photo.renditions["key"]
    making.make_now(photo)
    assert photo.renditions["key"] != first
    names = planning.names_in(photo.token, photo.renditions)
    rows = exiftool.read(*(Path(settings.MEDIA_ROOT, name) for name in names))
    for name in [*names, *planning.names_in(photo.token, {"key": "first", "natural": [320, 640], "formats": ["webp"]})]:
        data = Path(settings.MEDIA_ROOT, name).read_bytes()
        state, manifest = verified(data, name.rpartition(".")[2], authority)
        assert state == "Trusted", name
        assert actions(manifest)[0] == ("c2pa.created", VOCABULARY + WORDS["ai_generated"])
    assert {row[exiftool.SOURCE_TYPE] for row in rows.values()} == {VOCABULARY + WORDS["ai_generated"]}


def test_another_certificate_gives_other_addresses(tmp_path, settings):
    photo = Photo(sha256="0", mark="photograph", credit="ESO")
    keys = [recipe.key_of(photo)]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        Authority(tmp_path / name, KEYS["ECDSA P-256"]()).configure(settings)
        keys.append(recipe.key_of(photo))
    assert len(set(keys)) == 3


def test_a_certificate_that_cannot_sign_is_named_before_anything_is_made(authority, settings):
    assert checks.credentials_sign(None) == []
    authority.certificate.write_bytes(authority.anchor)
    credentials._identity.cache_clear()
    (error,) = checks.credentials_sign(None)
    assert error.id == "photos.E001"
    assert "Content credentials cannot be signed" in error.msg
    authority.key.write_text("no key")
    credentials._identity.cache_clear()
    assert [error.id for error in checks.credentials_sign(None)] == ["photos.E001"]


def started(**variables):
    """What Python says that loads the settings with these variables."""
    command = [sys.executable, "-c", "import newsroom.settings"]
    environment = {**os.environ, **variables}
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("missing", ["C2PA_CERTIFICATE", "C2PA_KEY"])
def test_half_a_configuration_does_not_start(tmp_path, missing):
    files = Authority(tmp_path, KEYS["ECDSA P-256"]())
    variables = {"C2PA_CERTIFICATE": str(files.certificate), "C2PA_KEY": str(files.key), "DATA_DIR": str(tmp_path)}
    assert started(**variables).returncode == 0
    assert f"{missing} is missing" in started(**variables | {missing: ""}).stderr
    assert f"{missing} names no file" in started(**variables | {missing: str(tmp_path / "gone.pem")}).stderr


def test_without_the_package_it_does_not_start(tmp_path):
    files = Authority(tmp_path, KEYS["ECDSA P-256"]())
    blocker = "import sys; sys.modules['c2pa'] = None; import importlib.util as u; find = u.find_spec; "
    blocker += (
        "u.find_spec = lambda name, *rest: None if name == 'c2pa' else find(name, *rest); import newsroom.settings"
    )
    variables = {"C2PA_CERTIFICATE": str(files.certificate), "C2PA_KEY": str(files.key), "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", blocker],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert "The package c2pa-python is missing" in done.stderr


def test_who_signs_nothing_needs_no_package_for_it():
    """An installation has what stands in requirements/runtime.txt; of this nothing must be among it by chance."""
    program = (
        "import sys; sys.modules.update(dict.fromkeys(['c2pa', 'cryptography'])); "
        "from django.conf import settings; settings.configure(C2PA_CERTIFICATE='', C2PA_KEY=''); "
        "from photos import credentials; print(credentials.sign(b'as it is', 'jpg', None), credentials.fingerprint())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "b'as it is' \n"), done.stderr
