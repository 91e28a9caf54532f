import JSON

/// The errors that registries tell (OCI Distribution Specification 1.1, "Error Codes").
enum RegistryError: String {
    case blobUnknown = "BLOB_UNKNOWN"
    case uploadInvalid = "BLOB_UPLOAD_INVALID"
    case uploadUnknown = "BLOB_UPLOAD_UNKNOWN"
    case denied = "DENIED"
    case digestInvalid = "DIGEST_INVALID"
    case manifestBlobUnknown = "MANIFEST_BLOB_UNKNOWN"
    case manifestInvalid = "MANIFEST_INVALID"
    case manifestUnknown = "MANIFEST_UNKNOWN"
    case nameUnknown = "NAME_UNKNOWN"
    case sizeInvalid = "SIZE_INVALID"
    case tooManyRequests = "TOOMANYREQUESTS"
    case unauthorized = "UNAUTHORIZED"
    case unavailable = "UNAVAILABLE"
    case unknown = "UNKNOWN"
    case unsupported = "UNSUPPORTED"

    func answer(_ status: Int, _ message: String) -> SandboxAnswer {
        SandboxAnswer(
            status,
            json: [
                "errors": [["code": .string(rawValue), "message": .string(message)]]
            ])
    }

    /// The code that belongs to a status, where a fault names only that.
    init(status: Int, of call: String) {
        self =
            switch status {
            case 400 where call.hasPrefix("manifest"): .manifestInvalid
            case 400: .uploadInvalid
            case 401: .unauthorized
            case 403: .denied
            case 404 where call.hasPrefix("blob"): .blobUnknown
            case 404: .manifestUnknown
            case 405, 406, 415: .unsupported
            case 413: .sizeInvalid
            case 429: .tooManyRequests
            case 503: .unavailable
            default: .unknown
            }
    }
}

extension Refusal {
    init(_ status: Int, _ error: RegistryError, _ message: String) {
        self.init(error.answer(status, message))
    }
}
