/// The powers of a factor and their sum, in as many steps as the count has bits.
///
/// `power` is `factor^count`; `sum` is `1 + factor + … + factor^(count − 1)`. Both follow from
/// `sum(2m) = sum(m) × (1 + factor^m)` and `sum(m + 1) = sum(m) + factor^m`, so a factor just
/// above 1 costs no more than 2, and no digits are lost as they are in
/// `(factor^count − 1) / (factor − 1)`. Too large a value is infinity.
package struct GeometricSeries {
    package private(set) var power = 1.0
    package private(set) var sum = 0.0

    package init(factor: Double, count: Int) {
        guard count > 0 else { return }
        for bit in (0..<(Int.bitWidth - count.leadingZeroBitCount)).reversed() {
            sum += power * sum
            power *= power
            if count >> bit & 1 == 1 {
                sum += power
                power *= factor
            }
        }
    }
}
