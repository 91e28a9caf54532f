import HTTP
import JSON
import SigningCrypto

/// A list under a tag, which has no compare-and-swap: several signers at once overwrite one another.
///
/// So each keeps in mind every element that it has ever seen there, and writes again until all of them are
/// there, also those of others: whoever is lost under a late write of somebody is put back by anybody who
/// still looks. A writer goes when it has seen the list whole often enough, over a time in which a write
/// that was begun before its own has come to its end; longer where others are about.
struct TagUpdate<List: TaggedList>: Sendable {
    /// The referrers API has taken it.
    var isLinked = false
    /// Of the list that was read last; nil where there is none, or the registry has no such tags.
    private var entityTag: String?
    /// There was no list when it was looked for last.
    private var isNew = false
    private var wasRefused = false
    private var list = List()
    private var seen: [ListElement] = []
    /// Whether something of somebody else has come or gone since the first look.
    private var isContended = false
    private var hasWritten = false
    private var writes = 0
    private var looks = 0

    /// More than it takes beside many others: who needs more is not kept.
    private static var writeLimit: Int { 200 }

    /// How often the list has to be seen whole after the last write.
    private var neededLooks: Int { isContended ? 5 : hasWritten ? 2 : 1 }

    var isSettled: Bool { looks >= neededLooks }

    /// The pause before the next look. The last one ends after a list has arrived that somebody read before
    /// our own was there: as long as that may lie there, and two calls.
    var pause: PushPause {
        if isContended { return PushPause(.milliseconds(60)...(.milliseconds(240)), calls: 1) }
        return looks == 0
            ? PushPause(.milliseconds(5)...(.milliseconds(25)), calls: 1)
            : PushPause(.milliseconds(40)...(.milliseconds(80)), calls: 2)
    }

    /// That nobody else has written meanwhile, where the registry can tell (RFC 9110 §13.1.1, §13.1.2).
    var condition: HTTPHeader? {
        if let entityTag { return HTTPHeader("If-Match", entityTag) }
        // One that has a list and does not show it yet would refuse for ever.
        return isNew && !wasRefused ? HTTPHeader("If-None-Match", "*") : nil
    }

    /// What is to be written: all that is known.
    var text: [UInt8] { list.text }

    /// Takes in the list as it is now.
    ///
    /// - Returns: Whether all that is known is there.
    mutating func read(
        _ response: HTTPResponse, adding own: ListElement, from registry: String
    ) throws(RegistryError) -> Bool {
        var current = List()
        if response.isSuccess {
            do {
                current = try List(response.body)
            } catch {
                throw .refused(
                    "a tag for signatures at \(registry) is taken by something else: \(error)")
            }
        }
        entityTag = response.isSuccess ? response[header: "ETag"] : nil
        isNew = !response.isSuccess
        let isFirst = seen.isEmpty
        if isFirst { seen = [own] }
        var known = List()
        _ = known.merge(seen)
        let hasNews = known.merge(current.elements)
        if hasNews, !isFirst { isContended = true }
        guard known.elements.count <= Manifest.listLimit else {
            throw .untrustworthy(
                "\(registry) has more than \(Manifest.listLimit) elements in a list of signatures")
        }
        seen = known.elements
        list = current
        let isMissing = list.merge(seen)
        if isMissing, hasWritten { isContended = true }
        if isMissing, writes >= Self.writeLimit {
            writes = 0
            throw .unavailable(
                "\(registry) does not keep what is written under a tag", retryAfter: nil)
        }
        looks = isMissing ? 0 : looks + 1
        return !isMissing
    }

    mutating func noteWritten(isRefused: Bool) {
        writes += 1
        wasRefused = isRefused
        if isRefused { isContended = true } else { hasWritten = true }
    }
}

/// One of several in a list: what it is known by, and all of it.
struct ListElement: Sendable {
    let key: String
    let value: JSONValue
}

/// What a tag leads to that several have to write.
protocol TaggedList: Sendable {
    init()
    init(_ text: [UInt8]) throws(ManifestError)

    var elements: [ListElement] { get set }
    /// As it is written.
    var text: [UInt8] { get }
}

extension TaggedList {
    /// Adds what is not there yet.
    /// - Returns: Whether something was missing.
    mutating func merge(_ other: [ListElement]) -> Bool {
        let known = Set(elements.map(\.key))
        let missing = other.filter { !known.contains($0.key) }
        elements += missing
        return !missing.isEmpty
    }
}
