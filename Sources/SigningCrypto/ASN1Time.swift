import COpenSSL
import FoundationEssentials

extension Date {
    /// A time of a certificate: UTC, to the second (RFC 5280 §4.1.2.5).
    init(certificateTime time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) {
        // No other form has that length.
        guard bytes(of: time).count == (ASN1_STRING_type(time) == V_ASN1_UTCTIME ? 13 : 15) else {
            throw .malformed("time", reason: "it is not UTC to the second")
        }
        self = try Self.seconds(of: time)
    }

    /// The time of a timestamp: UTC, with or without a fraction of the second (RFC 3161 §2.4.2).
    init(timestampTime time: UnsafePointer<ASN1_GENERALIZEDTIME>?) throws(CryptoError) {
        let suffix = String(decoding: bytes(of: time).dropFirst(14), as: UTF8.self)
        guard suffix == "Z" || suffix.first == ".", suffix.last == "Z" else {
            throw .malformed("time", reason: "it is not UTC to the second or better")
        }
        self = try Self.seconds(of: time)
            .addingTimeInterval(Double("0\(suffix.dropLast())") ?? 0)
    }

    private static func seconds(of time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Date {
        let epoch = try Handle(ASN1_TIME_set(nil, 0), freedBy: ASN1_TIME_free)
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard time != nil, ASN1_TIME_diff(&days, &seconds, epoch.pointer, time) == 1 else {
            throw .malformed("time", reason: drainedErrors())
        }
        return Date(timeIntervalSince1970: Double(days) * 86400 + Double(seconds))
    }
}

/// The content of a string, an integer (its magnitude) or a time.
func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
    guard let start = ASN1_STRING_get0_data(string) else { return [] }
    return Array(UnsafeBufferPointer(start: start, count: max(0, Int(ASN1_STRING_length(string)))))
}
