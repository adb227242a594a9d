import Foundation
import Testing

@testable import Digest

struct SHA256Tests {
    /// The examples of FIPS 180-4 (NIST's "SHA256.pdf" and "SHA2_Additional.pdf").
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the standard's examples have the standard's sums`(text: String, sum: String) {
        #expect(SHA256.sum(of: Data(text.utf8)).hexadecimal == sum)
    }

    @Test func `a million letters have the standard's sum`() {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            SHA256.sum(of: text).hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(arguments: [1, 55, 56, 63, 64, 65, 1000, 4096])
    func `the parts that bytes come in change nothing`(size: Int) {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hash.update(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(hash.finish() == SHA256.sum(of: bytes))
    }

    @Test func `sums are equal where all their bytes are`() {
        let sum = SHA256.sum(of: Data("token".utf8))
        #expect(sum == SHA256.sum(of: Data("token".utf8)))
        #expect(sum != SHA256.sum(of: Data("tokem".utf8)))
        #expect(sum.bytes.count == SHA256Sum.size)
    }

    @Test func `sums are made on many threads at once`() async {
        let sums = await withTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { SHA256.sum(of: Data("abc".utf8)).hexadecimal } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(sums == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])
    }
}
