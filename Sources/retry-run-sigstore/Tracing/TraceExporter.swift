import Console
import Glibc
import HTTP
import JSON
import OperatingSystem
import Telemetry

/// Sends a trace to where OpenTelemetry's variables say, over OTLP/HTTP in JSON.
///
/// The wrapper has no network and gives it to this executable. It is asked once: whoever waits, waits
/// for the end of a command that is over.
struct TraceExporter {
    /// What the wrapper calls it by; for nobody else.
    static let verb = "send-trace"

    private let settings: TraceSettings

    /// The longest that an export may take, whatever `OTEL_EXPORTER_OTLP_TIMEOUT` allows.
    private static let longest = Duration.milliseconds(1500)
    /// The most that is read: a trace has five hundred attempts at most.
    private static let bodyLimit = 4 << 20

    init(_ settings: TraceSettings) {
        self.settings = settings
    }

    /// Sends what stands on standard input; the reason for a failure goes to standard error, and so does
    /// what was not accepted.
    static func run() -> Int32 {
        guard let settings = TraceSettings(environmentVariable) else { return 0 }
        do {
            let rejection = try TraceExporter(settings).send(try input())
            if let rejection { Reporter.writeDirectly("\(rejection)\n") }
            return 0
        } catch {
            Reporter.writeDirectly("\(error)\n")
            return 1
        }
    }

    private static func input() throws(HTTPFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw .setUp("read the trace: \(errorText(errno))") }
            bytes += buffer[..<count]
            if bytes.count > bodyLimit { throw .tooLarge(limit: bodyLimit) }
        }
    }

    /// - Returns: what the collector has not accepted of what was sent; nil when it was all.
    func send(_ body: [UInt8]) throws(HTTPFailure) -> String? {
        let names = ProxySettings.variables + CertificateAuthorities.variables
        let variables = Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                environmentVariable(name).map { (name, $0) }
            })
        let limit = min(settings.timeout, Self.longest)
        let transport = try CurlTransport(
            userAgent: "retry-run/\(programVersion)",
            certificateAuthorities: settings.certificate.map { CertificateAuthorities(only: $0) }
                ?? CertificateAuthorities(environment: variables),
            proxy: ProxySettings(environment: variables), connectLimit: limit)
        let request = try HTTPRequest(
            .post(body: body, contentType: "application/json"),
            HTTPURL(plainIfAsked: settings.endpoint),
            headers: settings.headers.map { HTTPHeader($0.name, $0.value, isSecret: true) },
            bodyLimit: 1 << 16)
        let response = try transport.exchange(request, timeout: limit)
        try response.check(against: request)
        return Self.rejection(response.body)
    }

    /// What a collector says that has accepted a part only (OTLP, "Partial Success").
    private static func rejection(_ body: [UInt8]) -> String? {
        guard let answer = try? JSONNode(parsing: body),
            let part = try? answer.optional("partialSuccess"),
            let count = try? part.optional("rejectedSpans")
        else { return nil }
        let number = (try? count.string).flatMap { Int64($0) } ?? (try? count.integer) ?? 0
        let spans = number == 1 ? "1 span" : "\(number) spans"
        return number > 0 ? "the collector has rejected \(spans)" : nil
    }
}
