/// A vector of length 1 in one byte a component and a scale: a quarter of its size, with the order of similarities all
/// but kept.
package struct VectorCode: Sendable, Hashable {
    /// Four bytes of scale (a little-endian float), then a signed byte a component.
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ vector: [Float]) {
        let largest = vector.reduce(0) { max($0, abs($1)) }
        let scale = largest / 127
        bytes = []
        bytes.reserveCapacity(4 + vector.count)
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: scale.bitPattern >> shift))
        }
        for value in vector {
            // A scale next to nothing is itself rounded.
            let steps = scale > 0 ? max(-127, min(127, (value / scale).rounded())) : 0
            bytes.append(UInt8(bitPattern: Int8(steps)))
        }
    }

    package var count: Int { max(0, bytes.count - 4) }

    /// The inner product with a vector; the cosine where both have length 1. 0 where their sizes differ.
    package func similarity(to vector: [Float]) -> Float {
        unsafe bytes.withUnsafeBytes { unsafe Self.similarity(of: $0, to: vector) }
    }

    /// The same of a code's bytes.
    static func similarity(of bytes: UnsafeRawBufferPointer, to vector: [Float]) -> Float {
        guard bytes.count == vector.count + 4 else { return 0 }
        let scale = Float(bitPattern: UInt32(littleEndian: unsafe bytes.loadUnaligned(as: UInt32.self)))
        var sum: Float = 0
        // `unsafe`: both have as many components.
        unsafe vector.withUnsafeBufferPointer { values in
            for index in 0..<values.count {
                unsafe sum += values[index] * Float(Int8(bitPattern: bytes[index + 4]))
            }
        }
        return sum * scale
    }

    /// The signs, a bit a component.
    var signs: [UInt64] {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for index in 0..<count where Int8(bitPattern: bytes[index + 4]) > 0 {
            words[index / 64] |= 1 << UInt64(index % 64)
        }
        return words
    }
}
