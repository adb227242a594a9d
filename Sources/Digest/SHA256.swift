package import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import CCrypto
#endif

/// A SHA-256 in the making (FIPS 180-4), of bytes that may come in parts. The system's own library computes it: CryptoKit on
/// Apple's systems, elsewhere OpenSSL's libcrypto, which libcurl needs anyway.
@safe package struct SHA256: ~Copyable {
    #if canImport(CryptoKit)
        private var state = CryptoKit.SHA256()

        package init() {}

        package mutating func update(_ bytes: some ContiguousBytes) {
            unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
        }

        package consuming func finish() -> SHA256Sum { SHA256Sum(bytes: Array(state.finalize())) }
    #else
        private let context: OpaquePointer

        /// Looked up once: each look-up takes as long as the sum of a short text. libcrypto lets all threads use it.
        nonisolated(unsafe) private static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

        package init() {
            guard let context = unsafe EVP_MD_CTX_new() else { Self.fail("make a context") }
            unsafe self.context = context
            Self.check(unsafe EVP_DigestInit_ex2(context, Self.algorithm, nil), "begin a sum")
        }

        deinit { unsafe EVP_MD_CTX_free(context) }

        package mutating func update(_ bytes: some ContiguousBytes) {
            unsafe bytes.withUnsafeBytes { bytes in
                Self.check(unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count), "go on with a sum")
            }
        }

        package consuming func finish() -> SHA256Sum {
            let sum = unsafe [UInt8](unsafeUninitializedCapacity: SHA256Sum.size) { buffer, count in
                Self.check(unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil), "end a sum")
                count = SHA256Sum.size
            }
            return SHA256Sum(bytes: sum)
        }

        /// These calls fail where memory has run out, or where the libcrypto was set up to have no SHA-256: a sum made without
        /// it would be wrong.
        private static func check(_ result: CInt, _ action: String) {
            if result != 1 { fail(action) }
        }

        private static func fail(_ action: String) -> Never {
            fatalError("libcrypto cannot \(action) with SHA-256; its configuration (openssl.cnf) may forbid it")
        }
    #endif

    package static func sum(of bytes: some ContiguousBytes) -> SHA256Sum {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }
}

/// A SHA-256.
package struct SHA256Sum: Sendable {
    package static let size = 32

    package let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// 64 digits, in small letters.
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension SHA256Sum: Equatable {
    /// Takes the same time wherever the two differ, so that sums of secrets can be compared.
    package static func == (one: SHA256Sum, other: SHA256Sum) -> Bool {
        zip(one.bytes, other.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
