import Console
import OCI
import OperatingSystem

/// An image among the words of a command line. Without its prefix a word is a file.
enum ImageName {
    static let prefix = "oci://"

    static func isImage(_ word: String) -> Bool {
        word.prefix(prefix.count).lowercased() == prefix
    }

    /// - Throws: `UsageError` for a word that names no image.
    static func reference(_ word: String) throws -> ImageReference {
        do {
            return try ImageReference(String(word.dropFirst(prefix.count)))
        } catch {
            throw UsageError("\(quoted(word)) does not name an image: \(error)")
        }
    }

    /// The repository that an option or a variable names; that of `COSIGN_REPOSITORY` where no option does.
    ///
    /// - Returns: Nil for that of each image itself.
    static func signatureRepository(_ option: String, _ value: String?) throws -> Repository? {
        let variable = environmentVariable("COSIGN_REPOSITORY").flatMap { $0.isEmpty ? nil : $0 }
        guard let text = value ?? variable else { return nil }
        do {
            return try Repository(isImage(text) ? String(text.dropFirst(prefix.count)) : text)
        } catch {
            throw UsageError(
                "\(value == nil ? "COSIGN_REPOSITORY" : option) \(quoted(text)): \(error)")
        }
    }
}
