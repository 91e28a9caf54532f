/// An option as those know it who read command lines without the parser: its names, and where its value
/// goes.
package struct PlainOption<Options>: Sendable {
    package enum Kind: Sendable {
        case flag(@Sendable (inout Options, Bool) -> Void)
        case value(@Sendable (inout Options, String?) -> Void)
        /// It may be repeated: how all values are set, and how one is added.
        case list(
            @Sendable (inout Options, [String]) -> Void,
            @Sendable (inout Options, String) -> Void)
    }

    package let letter: Character?
    /// Without the dashes.
    package let names: [String]
    package let kind: Kind

    package static func value(
        _ letter: Character?, _ names: String...,
        set: @escaping @Sendable (inout Options, String?) -> Void
    ) -> Self {
        Self(letter: letter, names: names, kind: .value(set))
    }

    package static func flag(
        _ letter: Character?, _ name: String,
        set: @escaping @Sendable (inout Options, Bool) -> Void
    ) -> Self {
        Self(letter: letter, names: [name], kind: .flag(set))
    }

    package static func list(
        _ names: String..., letter: Character? = nil,
        set: @escaping @Sendable (inout Options, [String]) -> Void,
        append: @escaping @Sendable (inout Options, String) -> Void
    ) -> Self {
        Self(letter: letter, names: names, kind: .list(set, append))
    }

    /// The option of a whole that has these options as a part.
    ///
    /// - Parameter change: Does something with the part.
    package func ofPart<Whole>(
        _ change: @escaping @Sendable (inout Whole, (inout Options) -> Void) -> Void
    ) -> PlainOption<Whole> {
        let whole: PlainOption<Whole>.Kind =
            switch kind {
            case .flag(let set):
                .flag { whole, isOn in change(&whole) { set(&$0, isOn) } }
            case .value(let set):
                .value { whole, value in change(&whole) { set(&$0, value) } }
            case .list(let set, let append):
                .list(
                    { whole, values in change(&whole) { set(&$0, values) } },
                    { whole, value in change(&whole) { append(&$0, value) } })
            }
        return PlainOption<Whole>(letter: letter, names: names, kind: whole)
    }

    /// Sets the option as it is where it is not given.
    package func clear(_ options: inout Options) {
        switch kind {
        case .flag(let set): set(&options, false)
        case .value(let set): set(&options, nil)
        case .list(let set, _): set(&options, [])
        }
    }
}
