import Console
import OperatingSystem

/// All that a run is to write, which has to be several files, and none that is read.
struct OutputChoice {
    private var outputs: [(name: String, identity: FileIdentity)] = []

    /// - Parameter name: In words, such as `the report 'x'`.
    mutating func add(_ name: String, _ identity: FileIdentity?) {
        if let identity { outputs.append((name, identity)) }
    }

    /// - Parameter inputs: The files that are read; `-` is stdin.
    /// - Throws: `UsageError` where two of them are one file, whatever its names.
    func check(inputs: [String]) throws {
        let read = inputs.map { (name: $0, identity: Self.identity(ofInput: $0)) }
        for (number, output) in outputs.enumerated() {
            if let other = outputs[..<number].first(where: {
                output.identity.clashes(with: $0.identity)
            }) {
                throw UsageError("\(other.name) and \(output.name) would be one file")
            }
            guard output.identity.isRegular else { continue }
            if let input = read.first(where: { $0.identity == output.identity })?.name {
                let name = input == "-" ? "stdin" : quoted(input)
                throw UsageError(
                    "\(output.name) would be written over \(name), which is to be read")
            }
        }
    }

    private static func identity(ofInput name: String) -> FileIdentity? {
        name == "-" ? FileIdentity(descriptor: 0) : FileIdentity(name)
    }
}
