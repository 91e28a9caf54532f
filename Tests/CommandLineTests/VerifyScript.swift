import Testing

/// A script that verifies test vectors with the real `retry-run`.
///
/// It finds the vectors in `$V`, options for them in `$WHO` and `$TRUST`, and in its folder an
/// `artifact.txt` with its bundle `artifact.txt.sigstore.json`.
func verifying(_ script: String) throws -> WrapperProcess {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return try WrapperProcess.bash(
        """
        V=/\(tests)/TestVectors
        WHO='--certificate-identity release@example.com'
        WHO="$WHO --certificate-oidc-issuer https://accounts.example.com"
        TRUST="--trusted-root $V/trusted-root.json"
        cp "$V/artifact.txt" .
        cp "$V/accepted/v0.3-blob-rekor-v2.sigstore.json" artifact.txt.sigstore.json
        \(script)
        """)
}
