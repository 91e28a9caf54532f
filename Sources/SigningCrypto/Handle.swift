import COpenSSL

/// Owns one OpenSSL object, and frees it however its scope is left.
///
/// A value that cannot be copied lives to the end of the scope that holds it, in every kind of
/// build; so `pointer` is good wherever a handle is in sight as a variable. Objects that OpenSSL
/// lends (its `get0` functions) never get a handle of their own.
struct Handle<Pointer: ObjectPointer>: ~Copyable {
    /// For a handle in a variable. Where an object keeps one, `use` is what keeps the object.
    let pointer: Pointer
    private let free: (Pointer) -> Void

    /// Takes over what an OpenSSL function has made; nil is that function's failure.
    init(_ made: Pointer?, freedBy free: @escaping (Pointer) -> Void) throws(CryptoError) {
        guard let made else { throw .failed("make an OpenSSL object", reason: drainedErrors()) }
        pointer = made
        self.free = free
    }

    /// Reads one value in DER that ends with the last of `bytes`.
    ///
    /// `what` names the value for the error.
    init(
        der bytes: [UInt8], _ what: String,
        by decode: (
            UnsafeMutablePointer<Pointer?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, Int
        ) -> Pointer?,
        freedBy free: @escaping (Pointer) -> Void
    ) throws(CryptoError) {
        ERR_clear_error()
        var rest = 0
        let decoded = bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else { return Pointer?.none }
            var position: UnsafePointer<UInt8>? = start
            let decoded = decode(nil, &position, buffer.count)
            rest = (start + buffer.count) - (position ?? start)
            return decoded
        }
        guard let decoded else { throw .malformed(what, reason: drainedErrors()) }
        guard rest == 0 else {
            free(decoded)
            throw .malformed(what, reason: "\(rest) bytes follow its end")
        }
        pointer = decoded
        self.free = free
    }

    deinit {
        free(pointer)
    }

    func use<Result>(_ body: (Pointer) -> Result) -> Result {
        body(pointer)
    }
}

/// What OpenSSL's objects are to Swift. An optional is none, so no handle can hold nil.
protocol ObjectPointer {}

extension OpaquePointer: ObjectPointer {}

extension UnsafeMutablePointer: ObjectPointer {}

/// The DER of a value, by its `i2d` function: called for the length, then for the bytes.
func encoded(
    by encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
) throws(CryptoError) -> [UInt8] {
    let length = encode(nil)
    guard length > 0 else { throw .failed("write DER", reason: drainedErrors()) }
    return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
        var position = buffer.baseAddress
        count = max(0, Int(encode(&position)))
    }
}
