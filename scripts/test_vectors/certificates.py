"""Certificates in Fulcio's profile, and signed certificate timestamps."""

import struct

from .encoding import (
    after, bits, boolean, context, digest, flip, integer, name, octets, oid, sequence, tlv,
    utc_time, unix, utf8)

CODE_SIGNING = "1.3.6.1.5.5.7.3.3"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
FULCIO = "1.3.6.1.4.1.57264.1"
SCT_LIST = "1.3.6.1.4.1.11129.2.4.2"

YEARS_BEFORE, YEARS_AFTER = after(days=-400), after(days=3000)


def extension(dotted, value, critical=False):
    return sequence(oid(dotted), boolean(True) if critical else b"", octets(value))


def key_usage(*usages):
    """RFC 5280 §4.2.1.3, by the numbers of bits: 0 signs, 5 signs certificates, 6 signs CRLs."""
    value = sum(0x80 >> usage for usage in usages)
    return extension("2.5.29.15", bits(bytes([value]), 7 - max(usages)), critical=True)


def extended_key_usage(*usages, critical=False):
    return extension("2.5.29.37", sequence(*map(oid, usages)), critical)


def basic_constraints(authority, path_length=None):
    length = b"" if path_length is None else integer(path_length)
    return extension(
        "2.5.29.19", sequence(boolean(True) if authority else b"", length), critical=True)


def email(text):
    return tlv(0x81, text.encode())


def dns(text):
    return tlv(0x82, text.encode())


def uri(text):
    return tlv(0x86, text.encode())


def user_name(text):
    """Fulcio's name of a user in a domain: an otherName."""
    return context(0, oid(f"{FULCIO}.7"), context(0, utf8(text)))


def subject_alternative_name(*names):
    return extension("2.5.29.17", sequence(*names), critical=True)


class Entity:
    """A key with its certificate, able to issue certificates."""

    def __init__(self, key, subject, certificate, serial, issuer):
        self.key, self.subject, self.certificate = key, subject, certificate
        self.serial, self.issuer = serial, issuer


def certify(key, subject, issuer=None, *, start=YEARS_BEFORE, end=YEARS_AFTER, extensions=(),
            scts=None, scts_tail=b"", identifier=None, broken=False):
    """A certificate for `key`, signed by the entity `issuer` or by itself.

    `scts` are functions from TBSCertificate and the issuer's key to a timestamp, `scts_tail`
    follows them. `identifier` overrides the subject key identifier, `broken` flips a bit of the
    signature.
    """
    signer = issuer.key if issuer else key
    issuer_name = issuer.subject if issuer else subject
    seed = digest(b"|".join([key.spki, signer.spki, repr((subject, start, end)).encode()]))
    serial = int.from_bytes(seed[:20], "big") >> 1
    authority_identifier = issuer.identifier if issuer else None
    identifier = identifier or digest(key.spki, "sha1")
    common = [extension("2.5.29.14", octets(identifier))]
    if authority_identifier:
        common.append(extension("2.5.29.35", sequence(tlv(0x80, authority_identifier))))

    def to_be_signed(*more):
        return sequence(
            context(0, integer(2)), integer(serial), signer.signature_algorithm, name(issuer_name),
            sequence(utc_time(start), utc_time(end)), name(subject), key.spki,
            context(3, sequence(*common, *extensions, *more)))

    tbs = to_be_signed()
    if scts is not None:
        listed = b"".join(map(_vector16, (sct(tbs, signer.spki) for sct in scts)))
        tbs = to_be_signed(extension(SCT_LIST, octets(_vector16(listed) + scts_tail)))
    signature = signer.sign(tbs)
    der = sequence(tbs, signer.signature_algorithm, bits(flip(signature) if broken else signature))
    entity = Entity(key, subject, der, serial, issuer_name)
    entity.identifier = identifier
    return entity


def _vector16(data):
    return struct.pack(">H", len(data)) + data


class CTLog:
    """A certificate transparency log (RFC 6962)."""

    def __init__(self, key):
        self.key, self.id = key, digest(key.spki)

    def sct(self, *, time=None, extensions=b"", log_id=None, issuer_spki=None,
            signed_extensions=None, signed_time=None, broken=False, version=0, key=None,
            algorithms=(4, 3)):
        """A function that makes an embedded timestamp; `signed_…` differ from what is written."""
        time = time or after()

        def make(tbs, spki):
            written = extensions if signed_extensions is None else signed_extensions
            # RFC 6962 §3.2: version, certificate_timestamp, time, precert_entry.
            signed = struct.pack(">BBQH", 0, 0, 1000 * unix(signed_time or time), 1)
            signed += digest(issuer_spki or spki) + len(tbs).to_bytes(3, "big") + tbs
            signature = (key or self.key).sign(signed + _vector16(written))
            signature = flip(signature) if broken else signature
            head = bytes([version]) + (log_id or self.id) + struct.pack(">Q", 1000 * unix(time))
            return head + _vector16(extensions) + bytes(algorithms) + _vector16(signature)

        return make
