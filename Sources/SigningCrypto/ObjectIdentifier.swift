import COpenSSL

/// An object identifier in its dotted form.
func objectIdentifier(_ object: OpaquePointer?) -> String {
    var text = [CChar](repeating: 0, count: 128)
    let length = Int(OBJ_obj2txt(&text, Int32(text.count), object, 1))
    guard length > 0 else { return "?" }
    if length >= text.count {
        text = [CChar](repeating: 0, count: length + 1)
        OBJ_obj2txt(&text, Int32(text.count), object, 1)
    }
    return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "?" }
}
