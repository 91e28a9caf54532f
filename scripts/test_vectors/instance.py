"""The services of the miniature instance, and its trusted root."""

from .certificates import (
    CODE_SIGNING, FULCIO, TIME_STAMPING, CTLog, basic_constraints, certify, email,
    extended_key_usage, extension, key_usage, subject_alternative_name)
from .encoding import after, b64, rfc3339, utf8
from .keys import Key
from .logs import RekorV1, RekorV2
from .timestamps import response

IDENTITY = "release@example.com"
ISSUER = "https://accounts.example.com"
OPENED = after(days=-365)

LEAF_KEY = Key("leaf key")
OTHER_KEY = Key("other key")

CT = CTLog(Key("ct"))
REKOR1 = RekorV1(Key("rekor v1"))
REKOR2 = RekorV2(Key("rekor v2", "ed25519"))


def fulcio(seed="", *, root=None, identifiers=(None, None), root_times={}, times={}, path_length=0):
    """A certificate authority: the root and the intermediate that issues."""
    authority = [basic_constraints(True), key_usage(5, 6)]
    root = root or certify(Key(f"fulcio root{seed}", "p384"), "sigstore", extensions=authority,
                           identifier=identifiers[0], **root_times)
    usages = [basic_constraints(True, path_length), key_usage(5, 6),
              extended_key_usage(CODE_SIGNING)]
    return root, certify(Key(f"fulcio intermediate{seed}", "p384"), "sigstore-intermediate", root,
                         extensions=usages, identifier=identifiers[1], **times)


FULCIO_ROOT, FULCIO_CA = fulcio()


def leaf(key=LEAF_KEY, *, authority=FULCIO_CA, san=(email(IDENTITY),), issuer=ISSUER,
         old_issuer=ISSUER, usages=(0,), extended=(CODE_SIGNING,), scts="one", more=(),
         subject=None, end=after(minutes=10), **choices):
    """A certificate as Fulcio issues them, for ten minutes from noon."""
    extensions = [key_usage(*usages)]
    extensions += [extended_key_usage(*extended)] if extended else []
    extensions += [subject_alternative_name(*san)] if san else []
    extensions += [extension(f"{FULCIO}.1", old_issuer.encode())] if old_issuer else []
    extensions += [extension(f"{FULCIO}.8", utf8(issuer))] if issuer else []
    scts = [CT.sct()] if scts == "one" else scts
    return certify(key, subject, authority, start=after(), end=end,
                   extensions=[*extensions, *more], scts=scts, **choices)


def timestamp_authority(seed="", *, usages=(TIME_STAMPING,), critical=True, is_authority=False,
                        subject="tsa", intermediate=(), intermediate_times={}, root_times={},
                        signs=True, **times):
    """The chain of an authority, its signer first; `intermediate` holds the uses of one between."""
    authority = [basic_constraints(True), key_usage(5, 6)]
    chain = [certify(Key(f"tsa root{seed}", "p384"), "tsa-root", extensions=authority,
                     **root_times)]
    if intermediate:
        chain.insert(0, certify(Key(f"tsa intermediate{seed}", "p384"), "tsa-intermediate",
                                chain[0], extensions=[
            basic_constraints(True, 0), key_usage(5, 6), extended_key_usage(*intermediate)],
            **intermediate_times))
    extensions = ([basic_constraints(True), key_usage(0, 5)] if is_authority
                  else [key_usage(0 if signs else 4)])
    extensions += [extended_key_usage(*usages, critical=critical)] if usages else []
    signer = certify(Key(f"tsa{seed}"), subject, chain[0], extensions=extensions, **times)
    return [signer, *chain]


TSA_CHAIN = timestamp_authority()
TSA = TSA_CHAIN[0]


def stamped(**choices):
    """A token of the authority that is trusted."""
    return response(TSA, **choices)


def period(start=OPENED, end=None):
    return {"start": rfc3339(start)} | ({"end": rfc3339(end)} if end else {})


def trusted_log(url, key, log_id, **times):
    return {
        "baseUrl": url, "hashAlgorithm": "SHA2_256",
        "publicKey": {"rawBytes": b64(key.spki), "keyDetails": key.details,
                      "validFor": period(**times)},
        "logId": {"keyId": b64(log_id)}}


def trusted_rekor(log, **times):
    return trusted_log(f"https://{log.host}", log.key, log.id, **times)


def trusted_authority(url, chain, **times):
    return {
        "subject": {"organization": "sigstore.example", "commonName": chain[-1].subject},
        "uri": url, "certChain": {"certificates": [{"rawBytes": b64(each.certificate)}
                                                   for each in chain]},
        "validFor": period(**times)}


def trusted_fulcio(root=FULCIO_ROOT, authority=FULCIO_CA, **times):
    return trusted_authority("https://fulcio.example", [authority, root], **times)


def trusted_tsa(chain, **times):
    return trusted_authority("https://tsa.example", chain, **times)


def trusted_root():
    return {
        "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "tlogs": [trusted_rekor(REKOR1), trusted_rekor(REKOR2)],
        "certificateAuthorities": [trusted_fulcio()],
        "ctlogs": [trusted_log("https://ct.example/2026", CT.key, CT.id)],
        "timestampAuthorities": [trusted_tsa(TSA_CHAIN)]}
