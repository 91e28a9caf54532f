import ArgumentParser
import Console

/// What there is to say of an image only.
struct ImageVerifyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of an image: an annotation that must have been signed; repeatable.",
            valueName: "key=value"))
    var annotation: [String] = []

    @Option(
        name: .customLong("annotations"),
        help: ArgumentHelp("The same, as cosign spells it.", valueName: "key=value"))
    var cosignAnnotations: [String] = []

    @Option(
        help: ArgumentHelp(
            "Of an image: the repository that its signatures are in. (default: COSIGN_REPOSITORY, or the "
                + "image's own)",
            valueName: "repository"))
    var from: String?
}

extension ImageVerifyOptions {
    func annotations() throws -> [String: String] {
        try Annotations.read(annotation + cosignAnnotations)
    }

    /// - Throws: `UsageError` for what is said of an artifact that is no image.
    func refuse() throws {
        guard annotation.isEmpty, cosignAnnotations.isEmpty, from == nil else {
            throw UsageError("--annotation and --from are for images: oci://REFERENCE")
        }
    }
}

/// `key=value`, as often as there are annotations.
enum Annotations {
    static func read(_ words: [String]) throws -> [String: String] {
        var annotations: [String: String] = [:]
        for word in words {
            guard let equal = word.firstIndex(of: "="), equal != word.startIndex else {
                throw UsageError("--annotation \(quoted(word)): expected key=value")
            }
            let key = String(word[..<equal])
            guard annotations[key] == nil else {
                throw UsageError("--annotation \(quoted(key)) is given twice")
            }
            annotations[key] = String(word[word.index(after: equal)...])
        }
        return annotations
    }
}
