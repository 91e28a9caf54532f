/// What every tool that uses the network prints, whatever it was after.
extension [PresetRule] {
    static let network: [PresetRule] = [
        .transient(
            "connection-lost",
            #"(?i)connection (was |is )?(refused|reset|closed|aborted|broken)|connection (failed|died)"#
                + #"|broken pipe|closed network connection|remote end closed connection|socket hang up"#
                + #"|\bE(CONN(RESET|REFUSED|ABORTED)|PIPE)\b|RemoteDisconnected|forcibly closed"#
                + #"|connection to .* (closed|was lost)"#
                + #"|failed to connect to|couldn't connect to server|could not connect to|server .* not responding"#,
            seen: "write tcp 172.17.0.2:59548->203.0.113.7:443: write: connection reset by peer",
            in: "https://github.com/felddy/foundryvtt-docker/issues/358"),
        .transient(
            "time-out",
            #"(?i)(connection|connect|operation|request|read|write|handshake|i/o|socket|network|timeout)"#
                + #"(ion)?[ -]?(timed[ -]?out|time-?out)|\bE(SOCKET)?TIMEDOUT\b|context deadline exceeded"#
                + #"|client\.timeout|connection to .* timed out|timeout was reached|timed out (after|while|waiting|connecting|reading)"#
                + #"|(failed|failure|error).*: timed out"#,
            seen: "failed to do request: Head \"https://registry-1.docker.io/v2/library/python/"
                + "manifests/3.6\": dial tcp 203.0.113.7:443: i/o timeout",
            in: "https://github.com/docker/buildx/issues/507"),
        .transient(
            "name-resolution",
            #"(?i)temporary failure (in name resolution|resolving)|(could not|couldn't|unable to) resolve"#
                + #"( (host|hostname|host name|host address|proxy))\b|no such host|server misbehaving"#
                + #"|name or service not known|\bE(AI_AGAIN|NOTFOUND)\b|unable to look up|dns error"#,
            seen: "dial tcp: lookup fulcio.sigstore.dev: no such host",
            in: "https://github.com/golang/go/blob/master/src/net/net.go"),
        .transient(
            "no-route",
            #"(?i)network is unreachable|no route to host|host is unreachable|\bE(NET|HOST)UNREACH\b"#,
            seen: "dial tcp 203.0.113.7:443: connect: network is unreachable",
            in: "https://github.com/golang/go/blob/master/src/syscall/zerrors_linux_amd64.go"),
        .transient(
            "tls-broken-off",
            #"(?i)tls handshake timeout|SSL_ERROR_SYSCALL|unexpected eof while reading|UNEXPECTED_EOF"#
                + #"|non-properly terminated|error in the pull function|SSL connection (was )?(closed|timeout)"#
                + #"|gnutls_handshake\(\) failed|EOF occurred in violation of protocol|bad record mac"#,
            seen:
                "Error: buildx failed with: ERROR: failed to solve: failed to do request: net/http: "
                + "TLS handshake timeout",
            in: "https://github.com/docker/build-push-action/issues/1065"),
        .transient(
            "transfer-broken-off",
            #"unexpected EOF($|[^ ]| [^w])|: EOF($|[^A-Za-z])|(?i)early EOF|transfer closed with"#
                + #"|empty reply from server|IncompleteRead|premature (end|close)|server closed idle"#
                + #"|unexpected disconnect|bytes? of body are still expected"#,
            seen: "curl: (18) transfer closed with 113 bytes remaining to read",
            in: "https://github.com/curl/curl/issues/4409"),
        .transient(
            "http2",
            #"(?i)http2: (server sent GOAWAY|client connection|timeout|transport: cannot retry)"#
                + #"|stream error: stream ID|HTTP/?2 (stream|framing)|REFUSED_STREAM"#,
            seen: "stream error: stream ID 1; PROTOCOL_ERROR",
            in: "https://github.com/apache/dolphinscheduler/issues/11381"),
    ]

    private static let serverErrors = "(408|425|500|502|503|504|52[0-7])"
    /// What stands before the number of a status: `HTTP/1.1`, `HTTP error`, `status code:`, `returned error:`.
    private static let statusPrefix =
        #"(\bHTTP([ /_](code|error|status|status code|response|1\.[01]|2|3))?"#
        + #"|status([ _-]?code)?|response code|returned error)[ :='"]+"#

    /// Statuses that a server takes back: RFC 9110 §15, RFC 6585 §4, and those of Cloudflare's front.
    static let httpStatuses: [PresetRule] = [
        .transient(
            "too-many-requests",
            #"(?i)too ?many ?requests|rate.?limit(ed|ing)? (was |has been )?exceeded|\#(statusPrefix)429\b"#,
            seen: "npm error 429 Too Many Requests",
            in: "https://github.com/SwissDataScienceCenter/renku-ui/issues/3824"),
        .transient(
            "server-error",
            #"(?i)\b\#(serverErrors)[ :]+(request time|too early|internal|bad gateway|service|gateway"#
                + #"|server error|backend|origin|web server|connection|first byte)"#
                + #"|internal server error|bad gateway|service ?(is )?(temporarily )?unavailable"#
                + #"|gateway time-?out|\#(statusPrefix)\#(serverErrors)\b"#,
            seen:
                "Error response from daemon: received unexpected HTTP status: 503 Service Unavailable",
            in: "https://github.com/docker/cli/issues/2141"),
    ]

    /// What no second attempt mends, and what may stand beside a message of the network.
    static let mistakes: [PresetRule] = [
        .permanent(
            "usage",
            #"(?i)\b(unknown|unrecognized|invalid|illegal) (shorthand )?(flag|option|switch|command|"#
                + #"argument|arguments)\b|(flag|option) needs an argument|requires (an argument|at least)"#,
            seen: "unknown flag: --retry",
            in: "https://github.com/spf13/pflag/blob/master/errors.go"),
        .permanent(
            "no-space", #"(?i)no space left on device|disk quota exceeded|\bENOSPC\b"#,
            seen: "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
            in: "https://github.com/golang/go/blob/master/src/syscall/zerrors_linux_amd64.go"),
        .permanent(
            "certificate",
            #"(?i)x509: |certificate (verify|verification) failed|CERTIFICATE_VERIFY_FAILED"#
                + #"|certificate (has expired|problem|signed by unknown)|SSL certificate problem"#
                + #"|(self[- ]signed|unable to verify the first) certificate|certificate is not trusted|cannot verify .*certificate"#
                + #"|alert handshake failure|unsupported protocol|wrong version number"#,
            seen: "curl: (60) SSL certificate problem: unable to get local issuer certificate",
            in: "https://github.com/curl/curl/blob/master/lib/strerror.c"),
    ]
}
