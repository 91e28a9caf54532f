import HTTP
import JSON

/// What a person needs to log in with another device.
package struct DevicePrompt: Equatable, Sendable {
    /// What the person enters there.
    package let userCode: String
    /// Where.
    package let page: String
    /// The page that knows the code already.
    package let pageWithCode: String?
}

/// An issuer's answer to a device (RFC 8628 §3.2).
struct DeviceAuthorizationResponse {
    let deviceCode: Secret
    let prompt: DevicePrompt
    /// How long the codes are good.
    let lifetime: Duration
    /// The shortest pause between two polls: at least 1 s, and 5 s where none is told.
    let interval: Duration

    init(_ response: HTTPResponse, from source: String) throws(IdentityError) {
        // What the reader says of the answer is not repeated: it may quote the code.
        guard let node = try? JSONNode(parsing: response.body) else {
            throw .cannotLogIn(source: source, reason: "its answer to a device is not JSON")
        }
        do {
            deviceCode = Secret(try node.required("device_code").string)
            prompt = DevicePrompt(
                userCode: try node.required("user_code").string,
                page: try node.required("verification_uri").string,
                pageWithCode: try node.optional("verification_uri_complete")?.string)
            lifetime = .seconds(try node.required("expires_in").integer)
            interval = .seconds(max(try node.optional("interval")?.integer ?? 5, 1))
        } catch {
            throw .cannotLogIn(source: source, reason: "its answer to a device: \(error)")
        }
    }
}
