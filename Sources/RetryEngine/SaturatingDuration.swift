/// Arithmetic that ends at `Duration.longest` instead of trapping.
extension Duration {
    /// The longest time the engine reckons with: 2^63 − 1 nanoseconds, about 292 years.
    ///
    /// The system's clocks count nanoseconds in 64 bits, so a pause of this length can still be
    /// handed to one, and an instant can still be advanced by it.
    package static var longest: Duration { .nanoseconds(Int64.max) }

    /// This duration, moved into `.zero ... .longest`.
    package var clamped: Duration {
        min(max(self, .zero), .longest)
    }

    /// The whole nanoseconds in this duration, after clamping.
    var wholeNanoseconds: UInt64 {
        UInt64(clamped.attoseconds / 1_000_000_000)
    }

    /// The sum, at most `longest`.
    package func adding(_ other: Duration) -> Duration {
        Duration(attoseconds: clamped.attoseconds + other.clamped.attoseconds).clamped
    }

    /// The product with a count, at most `longest`; a count below zero is zero.
    package func multiplied(by count: Int128) -> Duration {
        let product = clamped.attoseconds.multipliedReportingOverflow(by: max(count, 0))
        return product.overflow ? .longest : Duration(attoseconds: product.partialValue).clamped
    }

    /// The product with a factor, rounded to the nanosecond, at most `longest`.
    package func scaled(by factor: Double) -> Duration {
        let start = clamped
        guard start > .zero, factor != 1 else { return start }
        let nanoseconds = (Double(start.attoseconds) / 1e9 * factor).rounded()
        guard nanoseconds < Double(Int64.max) else { return .longest }
        return .nanoseconds(Int64(max(nanoseconds, 0)))
    }
}
