import Digest
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Vectors of texts on disk, of one maker and one width: what was computed survives a crash and a restart.
///
/// A head (16 bytes, then the maker's name), then records of one size: 16 bytes of the text's SHA-256, and the vector's
/// numbers as they are in memory. Records are only appended, many at once; one that a crash cut is passed over and cut
/// off by the next append. Several daemons may share the file.
struct VectorFile: Sendable {
    /// The first bytes of the SHA-256 of a text.
    struct Key: Hashable, Sendable {
        private var high: UInt64
        private var low: UInt64

        static let size = 16

        init(_ text: String) {
            self.init(SHA256.sum(of: Data(text.utf8)).bytes.prefix(Self.size))
        }

        init(_ bytes: ArraySlice<UInt8>) {
            high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }

        var bytes: [UInt8] {
            [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
        }
    }

    let path: String
    private let maker: [UInt8]

    private static let magic = Array("SQVECT1\n".utf8)
    /// A larger file loses its older half. Of 384 numbers there fit some 65,000 vectors.
    private static let mostBytes = 100 << 20
    /// More numbers has no vector of a model we know.
    private static let widths = 1...65_536

    /// - Parameters:
    ///   - folder: of files of many makers.
    ///   - maker: what computes the vectors; those of another are in another file.
    init(folder: String, maker: String) {
        self.maker = Array(maker.utf8)
        let name = Key(maker).bytes.prefix(10).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        path = "\(folder)/\(name).vectors"
    }

    /// The vectors of the texts that are in the file.
    func read(_ texts: [String]) -> [String: [Float]] {
        guard !texts.isEmpty, let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
            let width = width(of: data.prefix(headSize))
        else { return [:] }
        let wanted = Dictionary(texts.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let size = Self.recordSize(width)
        var found: [String: [Float]] = [:]
        for index in 0..<((data.count - headSize) / size) {
            let start = data.startIndex + headSize + index * size
            guard let text = wanted[Key([UInt8](data[start..<(start + Key.size)])[...])] else { continue }
            var vector = [Float](repeating: 0, count: width)
            _ = unsafe vector.withUnsafeMutableBytes {
                unsafe data.copyBytes(to: $0, from: (start + Key.size)..<(start + size))
            }
            if Self.isWhole(vector) { found[text] = vector }
        }
        return found
    }

    /// Adds vectors, all of one width. Where it cannot, they only have to be computed again.
    func append(_ vectors: [(text: String, vector: [Float])]) {
        guard let width = vectors.first?.vector.count, vectors.allSatisfy({ $0.vector.count == width }) else { return }
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // Another daemon may add at the same time.
        guard flock(descriptor, LOCK_EX) == 0, let end = try? file.seekToEnd() else { return }
        defer { flock(descriptor, LOCK_UN) }
        var bytes = Data()
        var start = 0
        try? file.seek(toOffset: 0)
        let head = try? file.read(upToCount: headSize)
        if let head, self.width(of: head) == width {
            let size = Self.recordSize(width)
            start = headSize + (Int(end) - headSize) / size * size
        } else {
            // Nobody's, or one of vectors that this maker does not make.
            try? file.truncate(atOffset: 0)
            bytes = self.head(width)
        }
        for (text, vector) in vectors {
            bytes += Key(text).bytes
            bytes += unsafe vector.withUnsafeBytes { unsafe Data($0) }
        }
        do {
            try file.truncate(atOffset: UInt64(start))
            try file.seek(toOffset: UInt64(start))
            try file.write(contentsOf: bytes)
        } catch {
            // A part of a record is passed over.
            return
        }
        if start + bytes.count > Self.mostBytes { halve(file, width, end: start + bytes.count) }
    }

    /// Puts a file with the newer half of the records in the place of this one.
    private func halve(_ file: FileHandle, _ width: Int, end: Int) {
        let size = Self.recordSize(width)
        let first = (end - headSize) / size / 2
        try? file.seek(toOffset: UInt64(headSize + first * size))
        guard let rest = try? file.readToEnd() else { return }
        try? (head(width) + rest).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    // MARK: The format

    private var headSize: Int { Self.magic.count + 8 + maker.count }

    private func head(_ width: Int) -> Data {
        Data(Self.magic + Self.number(width) + Self.number(maker.count) + maker)
    }

    /// - Returns: nil where the head is not this maker's.
    private func width(of head: Data) -> Int? {
        let bytes = [UInt8](head)
        guard bytes.count == headSize, bytes.starts(with: Self.magic), Array(bytes[16...]) == maker else { return nil }
        let width = (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        return Self.widths.contains(width) && bytes == [UInt8](self.head(width)) ? width : nil
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func recordSize(_ width: Int) -> Int { Key.size + 4 * width }

    /// Whether a vector has the length 1, as all have that were written; what is damaged has another.
    private static func isWhole(_ vector: [Float]) -> Bool {
        abs(vector.reduce(Float(0)) { $0 + $1 * $1 } - 1) < 0.01
    }
}
