import RetryEngine

/// A command line that cannot be carried out, in one sentence.
package struct UsageError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// A value that an option does not take, and the way out.
package struct InvalidValue: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Throws for a word such as `--report=`: the parser would look for its value in the next word.
package func refuseEmptyValues(_ words: some Sequence<String>) throws(UsageError) {
    for word in words where word.hasPrefix("--") && word.firstIndex(of: "=") == word.indices.last {
        if let option = optionName(word) { throw UsageError("\(option): the value is empty") }
    }
}

/// How the values of options are read.
package enum OptionValue {
    /// The value of an option, nil when it was not given; an error names the option and the value.
    package static func read<Value>(
        _ option: String, _ text: String?, _ convert: (String) throws -> Value
    ) throws -> Value? {
        guard let text else { return nil }
        do {
            return try convert(text)
        } catch {
            throw UsageError("\(option) \(quoted(text)): \(error)")
        }
    }

    package static func positiveCount(_ text: String) throws -> Int {
        guard let count = Int(text) else { throw InvalidValue("expected a whole number from 1") }
        if count < 1 { throw InvalidValue("attempts must be at least 1") }
        return count
    }

    package static func duration(_ text: String) throws -> Duration {
        guard let duration = Duration(text: text) else {
            throw InvalidValue("expected a duration such as 10, 1.5s, 500ms, 2m or 1m30s")
        }
        return duration
    }

    /// A limit: 0 means that there is none, and so does one that no clock can wait for.
    package static func limit(_ text: String) throws -> Duration? {
        let limit = try duration(text)
        return limit == .zero || limit >= .longest ? nil : limit
    }

    package static func durations(_ text: String) throws -> [Duration] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try duration(String($0))
        }
    }
}
