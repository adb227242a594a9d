/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same in every process and at each start, which `Hasher` is not.
package enum StableHash {
    package static func of(_ text: some StringProtocol) -> UInt64 {
        text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
