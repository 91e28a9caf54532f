import Glibc

/// What libFuzzer calls: the parser that `FUZZ_PARSER` names, with the bytes it has made up.
///
/// A parser may refuse its input; it may not crash, hang or take memory without bound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    parser(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let parser: @Sendable ([UInt8]) -> Void = {
    let name = getenv("FUZZ_PARSER").map { String(cString: $0) } ?? ""
    guard let parser = parsers[name] ?? registryParsers[name] else {
        fatalError("FUZZ_PARSER '\(name)' is not known")
    }
    return parser
}()
