import Foundation

/// Reads a file from its beginning, with a buffer of one size whatever the file says.
struct GGUFInput {
    private let file: FileHandle
    /// Of the whole file.
    let size: Int
    private var buffer: [UInt8] = []
    /// Where in the buffer the next byte stands.
    private var next = 0
    /// Where in the file the buffer ends.
    private var end = 0

    private static let bufferSize = 1 << 20

    init(_ file: FileHandle, size: Int) {
        self.file = file
        self.size = size
    }

    /// Where the next byte stands in the file.
    var offset: Int { end - buffer.count + next }
    var left: Int { size - offset }

    mutating func bytes(_ count: Int) throws(GGUFProblem) -> ArraySlice<UInt8> {
        guard count >= 0, count <= left else { throw .ends }
        if buffer.count - next < count {
            let wanted = max(count, min(Self.bufferSize, left))
            var rest = Array(buffer[next...])
            while rest.count < count {
                guard let more = try? file.read(upToCount: wanted - rest.count), !more.isEmpty else { throw .ends }
                rest += more
                end += more.count
            }
            buffer = rest
            next = 0
        }
        defer { next += count }
        return buffer[next..<(next + count)]
    }

    mutating func skip(_ count: Int) throws(GGUFProblem) {
        guard count >= 0, count <= left else { throw .ends }
        if count <= buffer.count - next {
            next += count
            return
        }
        let target = offset + count
        guard (try? file.seek(toOffset: UInt64(target))) != nil else { throw .ends }
        buffer = []
        next = 0
        end = target
    }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(GGUFProblem) -> Number {
        var number = Number.zero
        for (place, byte) in try bytes(Number.bitWidth / 8).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << Number(8 * place)
        }
        return number
    }

    /// A count or length, of which the file must still hold so many bytes each.
    mutating func count(of what: String, bytesEach: Int = 1) throws(GGUFProblem) -> Int {
        let count: UInt64 = try number()
        guard count <= UInt64(left / bytesEach) else {
            // A file that was cut claims what it had; no file is larger than this.
            if count < 1 << 40 { throw .ends }
            throw .invalid("\(what) is said to be \(count), more than the rest of the file can hold")
        }
        return Int(count)
    }

    mutating func text(_ what: String, most: Int) throws(GGUFProblem) -> ArraySlice<UInt8> {
        let count = try count(of: "the length of \(what)")
        guard count <= most else { throw .invalid("\(what) has \(count) bytes; at most \(most) make sense") }
        return try bytes(count)
    }
}

/// What is wrong with a file.
enum GGUFProblem: Error {
    /// It ends before what its header announces.
    case ends
    case invalid(String)
}
