import Foundation

/// An IPv4 or IPv6 address. An IPv4 address and its IPv4-mapped form (`::ffff:192.0.2.1`, RFC 4291) are the same value.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The 128 bits; an IPv4 address stands in its IPv4-mapped form.
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
    }

    package init(v4 bits: UInt32) {
        self.bits = 0xffff_0000_0000 | UInt128(bits)
    }

    /// The usual text forms only: four decimal parts, or RFC 4291's; a scope (`%eth0`) is passed over.
    package init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        var v4 = in_addr()
        var v6 = in6_addr()
        if unsafe inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if unsafe inet_pton(AF_INET6, text, &v6) == 1 {
            let bytes = unsafe withUnsafeBytes(of: &v6) { unsafe Array($0) }
            self.init(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) })
        } else {
            return nil
        }
    }

    /// The IPv4 address that it is; nil for one of IPv6.
    package var v4: UInt32? {
        bits >> 32 == 0xffff ? UInt32(truncatingIfNeeded: bits) : nil
    }

    /// RFC 5952's form, or four decimal parts.
    package var description: String {
        if let v4 { return [24, 16, 8, 0].map { String(v4 >> $0 & 0xff) }.joined(separator: ".") }
        var address = in6_addr()
        unsafe withUnsafeMutableBytes(of: &address) { bytes in
            for index in 0..<16 { unsafe bytes[index] = UInt8(truncatingIfNeeded: bits >> (120 - index * 8)) }
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The addresses that begin with the same bits: `10.0.0.0/8`, `fe80::/10`.
package struct IPPrefix: Sendable, Hashable {
    private let start: UInt128
    private let mask: UInt128

    /// Nil where the text is no address with a length that it can have.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]) else {
            return nil
        }
        let width = address.v4 == nil ? 128 : 32
        guard (0...width).contains(length) else { return nil }
        mask = width == length ? .max : .max << UInt128(width - length)
        start = address.bits & mask
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.bits & mask == start
    }
}
