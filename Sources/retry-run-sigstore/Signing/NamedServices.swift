import Console
import FoundationEssentials
import HTTP
import Sigstore

/// Services that the command line names, each instead of those of its kind in the signing config.
struct NamedServices {
    var certificateAuthority: String?
    var log: (url: String, version: Int64)?
    var timestampAuthority: String?

    /// - Throws: `UsageError` that shows nothing of an address that cannot be used.
    static func check(_ option: String, _ address: String?) throws {
        do {
            _ = try address.map { try HTTPURL($0) }
        } catch {
            throw UsageError("\(option): \(error)")
        }
    }

    func replacing(in config: SigningConfig) -> SigningConfig {
        var config = config
        if let certificateAuthority {
            config.certificateAuthorities = [Self.service(certificateAuthority)]
        }
        if let log {
            config.logs = [Self.service(log.url, version: log.version)]
            config.logSelector = .any
        }
        if let timestampAuthority {
            config.timestampAuthorities = [Self.service(timestampAuthority)]
            config.timestampSelector = .any
        }
        return config
    }

    private static func service(_ url: String, version: Int64 = 1) -> SigningConfig.Service {
        SigningConfig.Service(
            url: url, majorVersion: version, period: ValidityPeriod(start: .distantPast),
            operatorName: "")
    }
}
