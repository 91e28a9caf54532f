import ArgumentParser
import Console
import FoundationEssentials
import Glibc
import OperatingSystem
import Sigstore

/// `retry-run finish`
struct Finish: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Completes pending signatures: makes their log entries and writes their bundles.",
        discussion: """
            A file whose signature was left pending by sign or attest, its pending file, or a folder \
            with such files in it and below. Exit codes are those of sign.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files with pending signatures, or folders. (default: .)", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Output")
    var outcome: OutcomeOptions

    @OptionGroup(title: "Identity")
    var signer: SignerOptions

    @OptionGroup(title: "Trust")
    var trust: TrustOptions

    @OptionGroup(title: "Retries")
    var retry: RetryOptions<CallTexts>

    @OptionGroup(title: "Retries")
    var connection: ConnectionOptions

    @OptionGroup(title: "Outages")
    var parallel: ParallelOption

    func perform() throws -> ExitCode {
        if signer.key != nil {
            throw UsageError("--key is for signing; what is pending is signed already")
        }
        try signer.check()
        let source = try TrustSource(trust)
        if case .file(let option, let roots, _) = source, roots.count > 1 {
            throw UsageError(
                "\(option): several trusted roots are for verifying; to sign, give one")
        }
        let token = signer.identityToken.flatMap { $0.hasPrefix("@") ? $0.dropFirst() : nil }
        var request = SignRequest(
            command: "finish", signer: signer, trust: source,
            signingConfig: source.hasSigningConfig ? nil : .empty, needs: SigningServices.Needs(),
            limits: try RetryConfiguration(retry, connection), outcome: outcome,
            inputs: [
                token.map(String.init), trust.trustedRoot, trust.trustConfig, trust.tufRoot,
                connection.certificateAuthorities,
            ].compactMap { $0 })
        request.parallel = try parallel.count()
        return try request.finish(try PendingSearch.found(files.isEmpty ? ["."] : files))
    }
}

/// Finds pending files.
enum PendingSearch {
    /// - Parameter words: Files whose signature is pending, pending files, or folders.
    /// - Returns: The names of pending files, each once; those of a folder in order of their names.
    /// - Throws: `UsageError` for a file that has none.
    static func found(_ words: [String]) throws -> [String] {
        var found: [String] = []
        for word in words {
            let path = word.count > 1 && word.hasSuffix("/") ? String(word.dropLast()) : word
            if path.hasSuffix(PendingPlace.suffix) {
                found.append(isLink(path) ? resolved(path) ?? path : path)
            } else if isFolder(path, followsLinks: true) {
                found += try pendingFiles(below: path)
            } else {
                try InputFile.refusePattern(path)
                let place = PendingPlace(besideBundle: "\(path).sigstore.json", about: [path])
                guard place.isThere else {
                    throw UsageError(
                        "nothing is pending for \(quoted(path)): there is no \(quoted(place.path))")
                }
                found.append(place.path)
            }
        }
        var seen: Set<[UInt8]> = []
        return found.filter { seen.insert($0.fileNameBytes).inserted }
    }

    /// Links are not followed: they lead out of the folder, or in circles.
    private static func pendingFiles(below folder: String, depth: Int = 0) throws -> [String] {
        guard depth < 64, let stream = opendir(folder.fileNameCharacters) else {
            throw UsageError(
                "cannot read \(quoted(folder)): \(errorText(depth < 64 ? errno : ELOOP))")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: UInt8.self, capacity: 256) {
                    String(fileName: UnsafeBufferPointer(start: $0, count: strnlen($0, 256)))
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        try Cancellation.check()
        var found: [String] = []
        for name in names.sorted() {
            let path = folder == "." ? name : "\(folder)/\(name)"
            if name.hasSuffix(PendingPlace.suffix) {
                if !isLink(path) { found.append(path) }
            } else if isFolder(path, followsLinks: false) {
                found += try pendingFiles(below: path, depth: depth + 1)
            }
        }
        return found
    }

    /// Names in a pending file are seen from where it is, and it is replaced and removed there.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path.fileNameCharacters, nil) else { return nil }
        defer { free(resolved) }
        let count = strlen(resolved)
        return resolved.withMemoryRebound(to: UInt8.self, capacity: count) {
            String(fileName: UnsafeBufferPointer(start: $0, count: count))
        }
    }

    private static func isLink(_ path: String) -> Bool {
        type(of: path, followsLinks: false) == S_IFLNK
    }

    private static func isFolder(_ path: String, followsLinks: Bool) -> Bool {
        type(of: path, followsLinks: followsLinks) == S_IFDIR
    }

    /// Nil where nothing is.
    private static func type(of path: String, followsLinks: Bool) -> mode_t? {
        var status = stat()
        let name = path.fileNameCharacters
        let isThere = (followsLinks ? stat(name, &status) : lstat(name, &status)) == 0
        return isThere ? status.st_mode & S_IFMT : nil
    }
}
