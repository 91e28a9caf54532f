/// A small random number generator that gives the same numbers for the same seed.
///
/// Jitter has to spread callers, not to keep secrets, so 64 bits of state are enough.
///
/// Source: Guy Steele, Doug Lea, Christine Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014 (SplitMix64); constants as in Sebastiano Vigna's `splitmix64.c`, 2015.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A duration drawn evenly, in whole nanoseconds, from `lower ... upper`.
    ///
    /// The standard library's `random(in:using:)` may draw differently in another release, and a
    /// seed in a bug report should keep its meaning. So the range is scaled here: the upper half of
    /// a 128-bit product, biased by less than one part in 2^64 per nanosecond of the range.
    mutating func duration(from lower: Duration, through upper: Duration) -> Duration {
        let span = max(upper.clamped - lower.clamped, .zero).wholeNanoseconds
        let drawn = next().multipliedFullWidth(by: span + 1).high
        return lower.clamped + .nanoseconds(Int64(drawn))
    }
}
