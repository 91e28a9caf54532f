"""Throw-away keys, derived from their names, so that every run makes the same files."""

import random
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from .encoding import digest, null, oid, pem, sequence

HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
CURVES = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p521": ec.SECP521R1()}
DEFAULT_HASH = {"p256": "sha256", "p384": "sha384", "p521": "sha512", "rsa": "sha256",
                "rsa1024": "sha256"}
ECDSA_OID = {"sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3",
             "sha512": "1.2.840.10045.4.3.4"}
KEY_DETAILS = {"p256": "PKIX_ECDSA_P256_SHA_256", "p384": "PKIX_ECDSA_P384_SHA_384",
               "p521": "PKIX_ECDSA_P521_SHA_512", "rsa": "PKIX_RSA_PKCS1V15_2048_SHA256",
               "rsa1024": "PKIX_RSA_PKCS1V5",
               "ed25519": "PKIX_ED25519"}


class Key:
    """A key pair of kind p256, p384, p521, rsa (2048 bits), rsa1024 or ed25519."""

    def __init__(self, name, kind="p256"):
        self.name, self.kind = name, kind
        self.private = _private(name, kind)
        self.spki = self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.pem = pem("PUBLIC KEY", self.spki)
        self.hash = DEFAULT_HASH.get(kind)
        self.details = KEY_DETAILS[kind]

    @property
    def raw(self):
        """The 32 bytes of an Ed25519 public key."""
        return self.spki[-32:]

    def sign(self, message, algorithm=None):
        if self.kind == "ed25519":
            return self.private.sign(message)
        algorithm = algorithm or self.hash
        hashed, prehashed = digest(message, algorithm), utils.Prehashed(HASHES[algorithm])
        if self.kind.startswith("rsa"):
            return self.private.sign(hashed, padding.PKCS1v15(), prehashed)
        return self.private.sign(hashed, ec.ECDSA(prehashed, deterministic_signing=True))

    @property
    def signature_algorithm(self):
        """The AlgorithmIdentifier of what `sign` makes."""
        if self.kind.startswith("rsa"):
            return sequence(oid("1.2.840.113549.1.1.11"), null())
        return sequence(oid(ECDSA_OID[self.hash]))


@cache
def _private(name, kind):
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.from_private_bytes(digest(name.encode()))
    if kind.startswith("rsa"):
        return _rsa(name, int(kind[3:] or 2048))
    # A little shorter than the order of the curve, and so surely below it.
    size = {"p256": 31, "p384": 47, "p521": 64}[kind]
    secret = int.from_bytes(digest(name.encode(), "sha512")[:size], "big")
    return ec.derive_private_key(secret, CURVES[kind])


def _rsa(name, size):
    source, exponent = random.Random(name), 65537
    primes = []
    while len(primes) < 2:
        candidate = source.getrandbits(size // 2) | 3 << size // 2 - 2 | 1
        if _is_prime(candidate) and candidate % exponent != 1:
            primes.append(candidate)
    p, q = primes
    d = pow(exponent, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    return rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def _is_prime(candidate):
    """Miller and Rabin's test to many bases, for a large odd number."""
    if any(candidate % small == 0 for small in range(3, 2000, 2)):
        return False
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in range(2, 30):
        power = pow(base, odd, candidate)
        if power in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            power = pow(power, 2, candidate)
            if power == candidate - 1:
                break
        else:
            return False
    return True
