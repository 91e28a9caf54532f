/// Gets files of a TUF repository.
package protocol MetadataFetcher {
    /// - Parameters:
    ///   - path: Relative to the repository: `timestamp.json`, `targets/<sha256>.<name>`.
    ///   - limit: The most bytes to take; to find that there are more is to stop.
    func fetch(_ path: String, limit: Int) throws(FetchError) -> [UInt8]
}

package enum FetchError: Error, Equatable {
    /// There is no such file: 404, and 403 from storage that does not let its files be listed.
    case notFound
    /// The file has more bytes than the limit.
    case tooLarge
    /// Nothing can be said about the file now, for the given reason.
    case unavailable(String)
    /// No file comes from there, and asking again will not change it.
    case refused(String)
}
