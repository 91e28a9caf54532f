"""RFC 3161 timestamps."""

from .encoding import (
    after, context, digest, flip, generalized_time, integer, name, null, octets, oid, sequence,
    set_of)

DIGEST_OID = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1",
              "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3"}
TST_INFO = "1.2.840.113549.1.9.16.1.4"
POLICY = "1.3.6.1.4.1.57264.2"
STAMPED = after(5)


def signing_certificate(certificate, version=2):
    """The attribute that names the signer's certificate (RFC 2634 §5.4, RFC 5035 §3)."""
    if version == 1:
        identifier = sequence(octets(digest(certificate, "sha1")))
        return attribute("1.2.840.113549.1.9.16.2.12", sequence(sequence(identifier)))
    identifier = sequence(octets(digest(certificate)))
    return attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(identifier)))


def attribute(dotted, value):
    return sequence(oid(dotted), set_of(value))


def response(signer, *, time=STAMPED, algorithm="sha256", nonce=None, certificates=(), status=0,
             stamped=None, serial=None, named=None, named_version=2, content_digest=None,
             content_type=TST_INFO, signed_type=None, version=1, extensions=b"", signers=1,
             key=None, broken=False, tail=b"", token=True, content=True):
    """A function from the stamped bytes to a TimeStampResp.

    `stamped` overrides the bytes whose digest is the imprint, `named` the certificate in the
    signing-certificate attribute, whose `named_version` is 1, 2 or None for no attribute,
    `content_digest` the message digest, `signed_type` the content type attribute, `key` the signing
    key.
    """

    def make(signature):
        imprint = digest(signature if stamped is None else stamped, algorithm)
        number = serial or int.from_bytes(digest(imprint + repr(time).encode())[:8], "big")
        info = sequence(
            integer(version), oid(POLICY), sequence(sequence(oid(DIGEST_OID[algorithm]), null()),
                                              octets(imprint)),
            integer(number), generalized_time(time), sequence(integer(1)),
            integer(nonce) if nonce is not None else b"",
            context(0, context(4, name(signer.subject))),
            context(1, extensions) if extensions else b"")
        attributes = sorted([
            attribute("1.2.840.113549.1.9.3", oid(signed_type or content_type)),
            attribute("1.2.840.113549.1.9.4", octets(content_digest or digest(info))),
            *([signing_certificate(named or signer.certificate, named_version)]
              if named_version else [])])
        signed = (key or signer.key).sign(set_of(*attributes), "sha256")
        one = sequence(
            integer(1), sequence(name(signer.issuer), integer(signer.serial)),
            sequence(oid(DIGEST_OID["sha256"])), context(0, *attributes),
            sequence(oid("1.2.840.10045.4.3.2")), octets(flip(signed) if broken else signed))
        cms = sequence(
            oid("1.2.840.113549.1.7.2"), context(0, sequence(
                integer(3), set_of(sequence(oid(DIGEST_OID["sha256"]))),
                sequence(oid(content_type), context(0, octets(info)) if content else b""),
                context(0, *sorted(certificates)) if certificates else b"",
                set_of(*[one] * signers))))
        return sequence(sequence(integer(status)), cms if token else b"") + tail

    return make
