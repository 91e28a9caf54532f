"""Base64, canonical JSON, PEM, hashes, times and a small DER writer."""

import base64
import hashlib
import json
from datetime import datetime, timedelta, timezone

# Everything happens around this instant; nothing depends on the clock.
NOON = datetime(2026, 1, 15, 12, 0, 0, tzinfo=timezone.utc)


def after(seconds=0, *, minutes=0, days=0):
    """The instant that far after noon."""
    return NOON + timedelta(seconds=seconds, minutes=minutes, days=days)


def rfc3339(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def unix(time):
    return int(time.timestamp())


def b64(data):
    return base64.b64encode(data).decode()


def unb64(text):
    return base64.b64decode(text)


def digest(data, algorithm="sha256"):
    return hashlib.new(algorithm, data).digest()


def canonical(value):
    """RFC 8785 for what occurs here: ASCII strings, integers, arrays and objects."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def pem(label, der):
    text = b64(der)
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def flip(data, position=-1):
    """`data` with the lowest bit of one byte turned over."""
    changed = bytearray(data)
    changed[position] ^= 1
    return bytes(changed)


# X.690


def tlv(tag, *contents):
    body = b"".join(contents)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*contents):
    return tlv(0x30, *contents)


def set_of(*contents):
    return tlv(0x31, *sorted(contents))


def context(number, *contents):
    return tlv(0xA0 | number, *contents)


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def octets(data):
    return tlv(0x04, data)


def bits(data, unused=0):
    return tlv(0x03, bytes([unused]), data)


def boolean(value):
    return tlv(0x01, b"\xff" if value else b"\x00")


def null():
    return tlv(0x05)


def utf8(text):
    return tlv(0x0C, text.encode())


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    encoded = b""
    for number in [40 * first + second, *rest]:
        group = bytes([number & 0x7F])
        while number := number >> 7:
            group = bytes([0x80 | number & 0x7F]) + group
        encoded += group
    return tlv(0x06, encoded)


def utc_time(time):
    return tlv(0x17, time.strftime("%y%m%d%H%M%SZ").encode())


def generalized_time(time):
    fraction = f".{time.microsecond // 1000:03}".rstrip("0") if time.microsecond else ""
    return tlv(0x18, (time.strftime("%Y%m%d%H%M%S") + fraction + "Z").encode())


def name(common_name, organization="sigstore.example"):
    """A distinguished name; empty when there is no common name."""
    if common_name is None:
        return sequence()
    parts = [("2.5.4.10", organization), ("2.5.4.3", common_name)]
    return sequence(*(set_of(sequence(oid(o), tlv(0x13, t.encode()))) for o, t in parts))
