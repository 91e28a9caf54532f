import CCurl

/// How libcurl ended a transfer that brought no answer.
struct CurlResult {
    let code: CURLcode
    /// libcurl's words on this transfer, empty if it has none.
    let message: String
    let wasSent: Bool
    /// The status of an answer that did arrive, such as a redirect.
    let status: Int?
    /// The status by which a proxy refused to connect; 0 if none did.
    let proxyStatus: Int
    /// OpenSSL's verdict on the certificate, where one was given.
    let verification: Int
    /// What an error about trust says besides.
    let trustAdvice: String
    /// Texts that no message shows.
    let secrets: [String]

    var failure: HTTPFailure {
        switch code {
        // A handshake that breaks off is a failed connection. Distrust has a code of its own.
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS:
            return .untrusted(reason: reason + clockAdvice + trustAdvice)
        case CURLE_BAD_CONTENT_ENCODING:
            return .badResponse(reason: reason)
        case CURLE_UNSUPPORTED_PROTOCOL where wasSent && status == nil:
            // What came back is not HTTP.
            return .unknownOutcome(reason: reason)
        case _ where Self.permanent.contains(code.rawValue):
            return .transfer(reason: reason)
        default:
            if proxyStatus >= 300, !isTransient(status: proxyStatus) {
                return .transfer(reason: reason)
            }
            return wasSent ? .unknownOutcome(reason: reason) : .notSent(reason: reason)
        }
    }

    /// libcurl's words on this transfer where they name what failed, else its general ones.
    private var reason: String {
        let quotable = [
            CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_WEIRD_SERVER_REPLY,
            CURLE_PARTIAL_FILE, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR,
            CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_TOO_MANY_REDIRECTS,
        ]
        guard quotable.contains(code), !message.isEmpty else {
            return String(cString: curl_easy_strerror(code))
        }
        return excerpt(of: message, hiding: secrets)
    }

    /// A certificate that is not yet or no longer valid is more often a wrong clock.
    private var clockAdvice: String {
        let (notYetValid, hasExpired) = (9, 10)
        return [notYetValid, hasExpired].contains(verification)
            ? " (is the clock of this machine right?)" : ""
    }

    /// The codes that another attempt would give again.
    private static let permanent = Set(
        [
            CURLE_UNSUPPORTED_PROTOCOL, CURLE_FAILED_INIT, CURLE_URL_MALFORMAT,
            CURLE_NOT_BUILT_IN, CURLE_WRITE_ERROR, CURLE_OUT_OF_MEMORY,
            CURLE_ABORTED_BY_CALLBACK, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_TOO_MANY_REDIRECTS,
            CURLE_UNKNOWN_OPTION, CURLE_FILESIZE_EXCEEDED,
            CURLE_AUTH_ERROR, CURLE_SSL_CLIENTCERT,
        ].map(\.rawValue))
}
