import Foundation

/// Random numbers that can be had again: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// Of a test whose moments are random. The seed is printed; SQUIRE_TEST_SEED gives one that failed again.
    static func ofTest(_ name: String) -> SeededRandom {
        let given = ProcessInfo.processInfo.environment["SQUIRE_TEST_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(name): SQUIRE_TEST_SEED=\(seed)")
        return SeededRandom(state: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
