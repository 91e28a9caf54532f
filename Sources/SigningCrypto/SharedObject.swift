import COpenSSL

/// An object of OpenSSL's that copies of a value share, and only read: to read a key or a certificate once
/// costs as much as to verify a signature.
///
/// OpenSSL lets several threads read an object; its own caches in there have locks.
final class SharedObject: @unchecked Sendable {
    private let handle: Handle<OpaquePointer>
    private let retain: (OpaquePointer) -> Int32
    private let free: (OpaquePointer) -> Void

    /// - Parameters:
    ///   - object: Not taken over: this keeps a reference of its own.
    ///   - retain: Adds a reference, as its `up_ref` function does.
    init(
        _ object: OpaquePointer, retainedBy retain: @escaping (OpaquePointer) -> Int32,
        freedBy free: @escaping (OpaquePointer) -> Void
    ) throws(CryptoError) {
        handle = try Handle(retain(object) == 1 ? object : nil, freedBy: free)
        self.retain = retain
        self.free = free
    }

    /// A reference of one's own.
    func reference() throws(CryptoError) -> Handle<OpaquePointer> {
        try Handle(handle.use { retain($0) == 1 ? $0 : nil }, freedBy: free)
    }
}
