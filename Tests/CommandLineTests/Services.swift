import Foundation

/// How the services of these tests are reached: by plain HTTP, or over TLS as those of the world are.
///
/// `RETRY_RUN_TEST_TLS=1 swift test …` runs the same tests over TLS.
enum Services {
    static let areOverTLS = ProcessInfo.processInfo.environment["RETRY_RUN_TEST_TLS"] != nil
    static let scheme = areOverTLS ? "https" : "http"

    /// What scripts begin with: `$SCHEME`, and `trust_in FILE`, which adds a certificate to those that are
    /// trusted. The file of them all lies beside the folder of the script.
    static let functions = #"""
        SCHEME=\#(scheme)
        if [ $SCHEME = https ]; then export SSL_CERT_FILE=${PWD%/*}/trusted.pem; fi
        trust_in() { if [ $SCHEME = https ]; then cat "$1" >>"$SSL_CERT_FILE"; fi; }

        """#
}
