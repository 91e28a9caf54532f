"""Steps 3 to 5: the chain, the certificate timestamp and the identity."""

from .certificates import (
    CODE_SIGNING, FULCIO, SERVER_AUTH, CTLog, basic_constraints, certify, email, extended_key_usage,
    extension, key_usage, subject_alternative_name, uri, user_name)
from .encoding import after, b64, context, octets, oid, utf8
from .instance import (
    CT, FULCIO_CA, FULCIO_ROOT, IDENTITY, ISSUER, LEAF_KEY, OTHER_KEY, fulcio, leaf, stamped,
    trusted_fulcio, trusted_log)
from .keys import Key
from .making import put
from .vectors import reject


def add():
    times()
    chains()
    usages()
    timestamps()
    identities()


def times():
    def refuse(name, check, **choices):
        reject(name, 3, "cert-time", check, **choices)

    late, early = stamped(time=after(minutes=11)), stamped(time=after(-60))
    refuse("timestamp-after-certificate",
           "the timestamp is a minute after the end of the certificate", tokens=[late])
    refuse("timestamp-before-certificate",
           "the timestamp is a minute before the start of the certificate", tokens=[early])
    refuse("second-timestamp-after-certificate",
           "every verified time counts, the second is after the certificate",
           tokens=[stamped(), late])
    refuse("integrated-time-after-certificate",
           "the promised time is after the end of the certificate", log="v1", tokens=[],
           entry={"integrated": after(minutes=11)})
    refuse("integrated-time-before-certificate",
           "the promised time is before the start of the certificate", log="v1", tokens=[],
           entry={"integrated": after(-60)})
    refuse("integrated-time-after-certificate-beside-timestamp",
           "every verified time counts, the promised one is after the certificate",
           log="v1", entry={"integrated": after(minutes=11)})
    for name, choices, what in [
        ("ca-certificate-expired", {"times": {"end": after(1)}},
         "after the end of the intermediate"),
        ("ca-certificate-not-yet-valid", {"times": {"start": after(9)}},
         "before the start of the intermediate"),
        ("root-certificate-expired", {"root_times": {"end": after(1)}},
         "after the end of the root"),
    ]:
        root, authority = fulcio(name, **choices)
        refuse(name, f"the time is {what} certificate", certificate=leaf(authority=authority),
               trust=put("certificateAuthorities", [trusted_fulcio(root, authority)]))
    times = [stamped(), stamped(time=after(minutes=5))]
    for name, tokens, which in [("second", times, "second"), ("first", times[::-1], "first")]:
        refuse(f"{name}-timestamp-after-ca-valid-for",
               f"every verified time counts, the {which} is after the authority's validFor",
               tokens=tokens, trust=put("certificateAuthorities.0", trusted_fulcio(end=after(60))))
    refuse("ca-valid-for-ended", "the time is after the authority's validFor",
           trust=put("certificateAuthorities.0", trusted_fulcio(end=after(4))))
    refuse("ca-valid-for-not-started", "the time is before the authority's validFor",
           trust=put("certificateAuthorities.0", trusted_fulcio(start=after(6))))


def chains():
    def refuse(name, check, **choices):
        reject(name, 3, "cert-chain", check, **choices)

    twin_root, twin = fulcio(" twin", identifiers=(FULCIO_ROOT.identifier, FULCIO_CA.identifier))
    refuse("ca-same-name",
           "issued by an authority with the name and key identifier of the trusted one",
           certificate=leaf(authority=twin))
    refuse("ca-same-name-in-chain",
           "the bundle's chain brings an intermediate that no trusted root signed", log="v1",
           version="0.2", certificate=leaf(authority=twin), chain=[twin])
    rogue = fulcio(" rogue")[1]
    refuse("ca-untrusted", "issued by an authority that is not trusted",
           certificate=leaf(authority=rogue))
    refuse("ca-none-trusted", "the trusted root has no certificate authority",
           trust=put("certificateAuthorities", []))
    refuse("certificate-signature-wrong", "the certificate's signature has a wrong bit",
           certificate=leaf(broken=True))
    refuse("certificate-self-signed", "the certificate is self-signed", certificate=certify(
        LEAF_KEY, None, start=after(), end=after(minutes=10), scts=[CT.sct()], extensions=[
            key_usage(0), extended_key_usage(CODE_SIGNING),
            subject_alternative_name(email(IDENTITY)), extension(f"{FULCIO}.8", utf8(ISSUER))]))
    another = leaf(OTHER_KEY, subject="another leaf")
    refuse("certificate-issued-by-leaf", "a leaf of the trusted authority issued this certificate",
           log="v1", version="0.2", certificate=leaf(authority=another), chain=[another])
    subordinate = certify(Key("subordinate", "p384"), "subordinate", FULCIO_CA, extensions=[
        basic_constraints(True), key_usage(5, 6), extended_key_usage(CODE_SIGNING)])
    refuse("path-too-long", "the intermediate's path length is 0, and it has an authority below it",
           log="v1", version="0.2", certificate=leaf(authority=subordinate), chain=[subordinate])
    plain = certify(Key("no authority", "p384"), "sigstore-intermediate", FULCIO_ROOT, extensions=[
        basic_constraints(False), key_usage(0), extended_key_usage(CODE_SIGNING)])
    refuse("issuer-no-authority",
           "the trusted root's first certificate is not a certificate authority",
           certificate=leaf(authority=plain), trust=put("certificateAuthorities",
                                                        [trusted_fulcio(authority=plain)]))
    for name, check, extensions in [
        ("anchor-no-authority", "the anchor is not a certificate authority",
         [basic_constraints(False), key_usage(0)]),
        ("anchor-without-constraints",
         "the anchor may sign certificates and does not say that it is an authority",
         [key_usage(0, 5)]),
        ("anchor-not-signing-certificates", "the anchor's key usage is not to sign certificates",
         [basic_constraints(True), key_usage(0, 6)]),
    ]:
        anchor = certify(Key("anchor", "p384"), "sigstore-intermediate", FULCIO_ROOT,
                         extensions=extensions)
        refuse(name, check, certificate=leaf(authority=anchor), trust=put(
            "certificateAuthorities.0.certChain.certificates",
            [{"rawBytes": b64(anchor.certificate)}]))
    refuse("certificate-is-anchor", "the certificate is itself the trusted one", trust=put(
        "certificateAuthorities.0.certChain.certificates", [{"rawBytes": b64(leaf().certificate)}]))
    refuse("ca-chain-broken", "the chain's anchor did not issue the authority's certificate",
           trust=put("certificateAuthorities", [trusted_fulcio(fulcio(" elsewhere")[0])]))
    above = [FULCIO_ROOT]
    for number in range(9):
        above.append(certify(Key(f"authority {number}", "p384"), f"authority-{number}", above[-1],
                             extensions=[basic_constraints(True), key_usage(5, 6)]))
    refuse("path-of-nine-authorities", "at most eight authorities are between leaf and anchor",
           log="v1", version="0.2", certificate=leaf(authority=above[-1]), chain=above[:0:-1])
    refuse("critical-extension-unknown", "the certificate has an unknown critical extension",
           certificate=leaf(more=[extension("1.3.6.1.4.1.57264.99", utf8("?"), critical=True)]))


def usages():
    def refuse(name, check, **choices):
        reject(name, 3, "cert-chain", check, certificate=leaf(**choices))

    refuse("usage-missing", "the certificate has no extended key usage", extended=())
    refuse("usage-other", "the certificate's extended key usage is server authentication",
           extended=[SERVER_AUTH])
    server = certify(Key("server authority", "p384"), "sigstore-intermediate", FULCIO_ROOT,
                     extensions=[basic_constraints(True, 0), key_usage(5, 6),
                                 extended_key_usage(SERVER_AUTH)])
    reject("ca-usage-other", 3, "cert-chain",
           "the authority's extended key usage is server authentication",
           certificate=leaf(authority=server),
           trust=put("certificateAuthorities.0", trusted_fulcio(authority=server)))
    refuse("usage-authority", "the certificate is that of a certificate authority",
           more=[basic_constraints(True)])
    refuse("usage-not-signing", "the certificate's key usage is key agreement", usages=(4,))


def timestamps():
    def refuse(name, check, scts="one", **choices):
        reject(name, 4, "sct", check, certificate=leaf(scts=scts), **choices)

    unknown = CTLog(Key("unknown ct"))
    refuse("sct-missing", "the certificate has no signed certificate timestamp", None)
    refuse("sct-list-empty", "the list of signed certificate timestamps is empty", [])
    refuse("sct-log-unknown", "the certificate timestamp is of a log that is not trusted",
           [unknown.sct()])
    refuse("sct-none-trusted", "the trusted root has no certificate log", trust=put("ctlogs", []))
    for name, check, choices in [
        ("sct-signature-wrong", "the certificate timestamp's signature has a wrong bit",
         {"broken": True}),
        ("sct-by-other-key",
         "the certificate timestamp names the trusted log, another key signed it",
         {"key": OTHER_KEY}),
        ("sct-for-other-issuer", "the certificate timestamp is for another issuer's key",
         {"issuer_spki": FULCIO_ROOT.key.spki}),
        ("sct-log-id-other",
         "the certificate timestamp names an unknown log, the trusted one signed it",
         {"log_id": bytes(32)}),
        ("sct-time-altered", "the certificate timestamp's time is not the signed one",
         {"signed_time": after(1)}),
        ("sct-extensions-altered", "the certificate timestamp's extensions are not the signed ones",
         {"extensions": b"\0\0\5\0\0\0\0\1", "signed_extensions": b""}),
        ("sct-hash-other", "the certificate timestamp names SHA-512 for its hash",
         {"algorithms": (6, 3)}),
        ("sct-algorithm-other", "the certificate timestamp names DSA for its signature",
         {"algorithms": (4, 2)}),
        ("sct-version-unknown", "the certificate timestamp is of version 2", {"version": 1}),
    ]:
        refuse(name, check, [CT.sct(**choices)])
    refuse("sct-of-other-certificate", "the certificate timestamp is of another certificate",
           [lambda tbs, spki: CT.sct()(tbs + b"\0", spki)])
    refuse("sct-truncated", "the certificate timestamp ends too early",
           [lambda tbs, spki: CT.sct()(tbs, spki)[:-8]])
    refuse("sct-trailing-byte", "a byte follows the certificate timestamp",
           [lambda tbs, spki: CT.sct()(tbs, spki) + b"\0"])
    reject("sct-list-trailing-byte", 4, "sct", "a byte follows the list of certificate timestamps",
           certificate=leaf(scts_tail=b"\0"))
    for name, check, period in [
        ("sct-after-log-key", "after the end", {"end": after(-1)}),
        ("sct-before-log-key", "before the start", {"start": after(1)}),
    ]:
        refuse(name, f"the certificate timestamp is {check} of the log's key",
               trust=put("ctlogs.0", trusted_log("https://ct.example/2026", CT.key, CT.id,
                                                 **period)))


def identities():
    def refuse(name, check, identity=IDENTITY, expected_issuer=ISSUER, **choices):
        reject(name, 5, "identity-mismatch", check, identity=identity, issuer=expected_issuer,
               certificate=leaf(**choices))

    refuse("identity-other", "the certificate is another person's", "somebody@example.com")
    refuse("identity-longer", "the certificate's identity only begins with the expected one",
           san=[email(f"{IDENTITY}.evil.example")])
    refuse("identity-other-case", "identities are compared exactly",
           san=[email("Release@example.com")])
    refuse("identity-zero-byte",
           "the certificate's identity has a zero byte after the expected one",
           san=[email(f"{IDENTITY}\0.evil.example")])
    refuse("identity-twice", "the certificate gives two names, the expected one first",
           san=[email(IDENTITY), email("somebody@example.com")])
    refuse("identity-beside-unknown-kind", "beside the expected name is one of an unknown kind",
           san=[email(IDENTITY), context(0, oid(f"{FULCIO}.99"), context(0, utf8("release")))])
    refuse("identity-in-subject", "the expected identity is only in the subject", san=(),
           subject=IDENTITY)
    refuse("identity-other-uri", "the workflow is of another tag",
           "https://github.com/o/r/.github/workflows/w.yml@refs/tags/v1",
           san=[uri("https://github.com/o/r/.github/workflows/w.yml@refs/tags/v2")])
    refuse("identity-other-user", "the user is another", "release!example.com",
           san=[user_name("somebody!example.com")])
    refuse("identity-other-kind", "the expected identity is a name of an unknown kind",
           "release!example.com", san=[context(
               0, oid(f"{FULCIO}.99"), context(0, utf8("release!example.com")))])
    refuse("identity-other-spelling", "identities are compared by bytes, not as Unicode",
           "r\u00e9lease!example.com", san=[user_name("re\u0301lease!example.com")])
    refuse("identity-not-ascii", "an e-mail address is an IA5String, and this one is not",
           "r\u00e9lease@example.com", san=[email("r\u00e9lease@example.com")])
    refuse("issuer-other", "the identity was attested by another issuer",
           expected_issuer="https://login.example.com")
    refuse("issuer-missing", "the certificate does not say who attested the identity", issuer=None,
           old_issuer=None)
    refuse("issuer-longer", "the certificate's issuer only begins with the expected one",
           issuer=f"{ISSUER}/evil", old_issuer=f"{ISSUER}/evil")
    refuse("issuer-only-in-old-extension",
           "extension .8 names another issuer than .1, and .8 counts",
           issuer="https://login.example.com")
    text = ISSUER.encode()
    refuse("issuer-not-der", "extension .8 is a UTF8String in BER: its length is too long a form",
           issuer=None, more=[extension(f"{FULCIO}.8", bytes([0x0C, 0x81, len(text)]) + text)])
    refuse("issuer-not-utf8string", "extension .8 is no DER UTF8String, and .1 is not asked then",
           issuer=None, more=[extension(f"{FULCIO}.8", octets(ISSUER.encode()))])
