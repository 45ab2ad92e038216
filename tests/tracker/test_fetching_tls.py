"""The same over TLS: certificates are verified, and the time for the whole holds."""

import datetime as dt
import ipaddress
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tracker import fetching
from tracker.fetching import fetch
from tracker.models import Feed
from tracker.requesting import FetchFailed

from . import space_server as source


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a key and the certificate of 127.0.0.1 that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(addresses, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return path


@pytest.fixture
def secret_space(certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with source.space_server(context) as space:
        monkeypatch.setattr(fetching, "pause", space.pauses.append)
        yield space


def test_a_certificate_that_nobody_vouches_for_is_refused(secret_space):
    secret_space.will(source.say([1]))
    with pytest.raises(FetchFailed, match="certificate verify failed") as caught:
        fetch(Feed(), f"{secret_space.address}/")
    assert caught.value.code == Feed.Error.UNREACHABLE
    assert not secret_space.requests


def test_one_that_is_trusted(secret_space, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secret_space.will(source.say([1]))
    assert fetch(Feed(), f"{secret_space.address}/").body == b"[1]"


@pytest.mark.parametrize("trickle", [source.drip, source.drip_headers])
def test_a_byte_now_and_then(secret_space, certificate, monkeypatch, trickle):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(fetching, "DEADLINE", 0.5)
    secret_space.will(trickle)
    begun = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        fetch(Feed(), f"{secret_space.address}/")
    assert caught.value.code == Feed.Error.TIMEOUT
    assert time.monotonic() - begun < 3
