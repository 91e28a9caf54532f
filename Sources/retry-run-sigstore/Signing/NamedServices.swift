import FoundationEssentials
import Sigstore

/// Services that the command line names, each instead of those of its kind in the signing config.
struct NamedServices {
    var certificateAuthority: String?
    var log: (url: String, version: Int64)?
    var timestampAuthority: String?

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
