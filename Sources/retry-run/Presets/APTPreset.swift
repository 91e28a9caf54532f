extension Preset {
    /// apt and apt-get with the mirrors of Debian and Ubuntu.
    static let apt = Preset(
        name: "apt", tools: "apt and apt-get", rules: own + .network + .httpStatuses + .mistakes)

    private static let own: [PresetRule] = [
        .transient(
            "mirror-changing",
            #"(?i)hash sum mismatch|file has unexpected size|mirror sync in progress"#,
            seen:
                "E: Failed to fetch http://archive.example.com/ubuntu/dists/bionic-security/main/source/"
                + "Sources.xz  File has unexpected size (113772 != 114276). Mirror sync in progress? "
                + "[IP: 203.0.113.7 80]",
            in: "https://github.com/delphix/appliance-build/issues/316"),
        .transient(
            "locked",
            #"(?i)could not get lock|is another process using it|frontend( lock)? (is|was) locked"#,
            seen:
                "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1797 (apt-get)",
            in: "https://github.com/osism/k8s-capi-images/issues/139"),
        .transient(
            "not-connected",
            #"(?i)(could not|unable to|cannot initiate the) connect|connection failed \[IP"#
                + #"|error reading from server|undetermined error|could not handshake|could not resolve '"#
                + #"|could not wait for server|invalid reply header|bad header data"#,
            seen:
                "Failed to fetch http://archive.example.com/ubuntu/pool/main/i/iw/iw_4.14-0.1_amd64.deb  "
                + "Undetermined Error [IP: 203.0.113.7 80]",
            in: "https://github.com/delphix/appliance-build/issues/146"),
        .transient(
            "half-a-release",
            #"(?i)clearsigned file isn't valid, got 'NOSPLIT'|into data and signature failed"#,
            seen:
                "E: Failed to fetch http://deb.example.com/debian/dists/stable/InRelease  Clearsigned file "
                + "isn't valid, got 'NOSPLIT' (does the network require authentication?)",
            in: "https://salsa.debian.org/apt-team/apt/-/blob/main/methods/gpgv.cc"),
        .permanent(
            "signature", #"\b(NO_PUBKEY|EXPKEYSIG|BADSIG|REVKEYSIG)\b|is not signed"#,
            seen:
                "W: GPG error: http://deb.example.com stable InRelease: The following signatures couldn't "
                + "be verified because the public key is not available: NO_PUBKEY 0123456789ABCDEF",
            in: "https://github.com/mccarrmb/docker-doom/pull/2"),
        .permanent(
            "broken-packages", #"(?i)unmet dependencies|held broken packages|dpkg was interrupted"#,
            seen: "E: Unable to correct problems, you have held broken packages.",
            in: "https://salsa.debian.org/apt-team/apt/-/blob/main/apt-pkg/algorithms.cc"),
    ]
}
