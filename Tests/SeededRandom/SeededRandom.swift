import Foundation

/// Random numbers that can be had again: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    private static let given = ProcessInfo.processInfo.environment["SQUIRE_TEST_SEED"].flatMap { UInt64($0) }

    /// Of a random test. Its seed is printed; SQUIRE_TEST_SEED gives one that failed again, or another one.
    ///
    /// - Parameter seed: where none is given; nil draws one.
    package static func ofTest(_ name: String, seed: UInt64? = nil) -> SeededRandom {
        let seed = given ?? seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(name): SQUIRE_TEST_SEED=\(seed)")
        return SeededRandom(seed: seed)
    }

    /// Of a test that draws something of each of many seeds. The first is printed; SQUIRE_TEST_SEED gives another one.
    package static func seeds(ofTest name: String, from first: UInt64, count: Int) -> Range<UInt64> {
        let first = min(given ?? first, .max - UInt64(count))
        print("\(name): SQUIRE_TEST_SEED=\(first)")
        return first..<(first + UInt64(count))
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
