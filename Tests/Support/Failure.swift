/// The error of a body; nil without one, or with one of another type.
package func failure<E: Error>(_ type: E.Type = E.self, _ body: () throws -> some Any) -> E? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? E
    }
}
