import CLlama
import Foundation

/// The header of a GGUF file (ggml's `docs/gguf.md`), read by us before libllama reads it: a file that claims what cannot be
/// is refused by name, and libllama, which trusts much of it, never sees it.
///
/// Reading takes time in the order of the header's bytes, and memory for a few values of it, whatever the file claims.
struct GGUFHeader {
    enum Value {
        case integer(Int)
        case unsigned(UInt64)
        case real(Double)
        case text(String)
        case array(GGUFArray)
    }

    struct Tensor {
        var name: String
        var dimensions: [Int]
    }

    private(set) var values: [String: Value] = [:]
    private(set) var tensors: [Tensor] = []

    private static let most = (values: 65_536, tensors: 262_144, key: 65_535, text: 8 << 20, dimensions: 4)
    private static let versions: ClosedRange<UInt32> = 2...3

    /// - Throws: what is wrong, with the place.
    init(reading input: inout GGUFInput) throws(GGUFProblem) {
        // The magic was looked at.
        _ = try input.bytes(4)
        let version: UInt32 = try input.number()
        guard Self.versions.contains(version) else {
            throw .invalid(
                version & 0xffff == 0 && version != 0
                    ? "it is written for machines of the other byte order"
                    : "its version is \(version); 2 and 3 are read")
        }
        // A tensor takes 32 bytes at least, and a value 13.
        let tensorCount = try input.count(of: "the number of tensors", bytesEach: 32)
        let valueCount = try input.count(of: "the number of values", bytesEach: 13)
        guard tensorCount <= Self.most.tensors, valueCount <= Self.most.values else {
            throw .invalid("it has \(tensorCount) tensors and \(valueCount) values; no model has so many")
        }
        for _ in 0..<valueCount { try readValue(&input) }
        let alignment = try alignment()
        let sizes = try readTensors(tensorCount, alignment: alignment, &input)
        let begin = (input.offset + alignment - 1) / alignment * alignment
        let data = sizes.isEmpty ? 0 : input.size - begin
        for (tensor, size) in zip(tensors, sizes) where size.offset > data || size.bytes > data - size.offset {
            throw size.offset < 1 << 60 && size.bytes < 1 << 60
                ? .ends : .invalid("the tensor \(shown(tensor.name)) is said to stand outside the file")
        }
    }

    // MARK: Values

    private mutating func readValue(_ input: inout GGUFInput) throws(GGUFProblem) {
        let bytes = try input.text("a key", most: Self.most.key)
        guard let key = String(validating: bytes, as: UTF8.self), !key.isEmpty, !bytes.contains(0) else {
            throw .invalid("the key before byte \(input.offset) is no text")
        }
        guard values[key] == nil else { throw .invalid("the key \(shown(key)) stands twice") }
        let type: UInt32 = try input.number()
        values[key] = try value(of: type, key, &input)
    }

    private func value(of type: UInt32, _ key: String, _ input: inout GGUFInput) throws(GGUFProblem) -> Value {
        switch type {
        case 0: return .integer(Int(try input.number(UInt8.self)))
        case 1: return .integer(Int(try input.number(Int8.self)))
        case 2: return .integer(Int(try input.number(UInt16.self)))
        case 3: return .integer(Int(try input.number(Int16.self)))
        case 4: return .integer(Int(try input.number(UInt32.self)))
        case 5: return .integer(Int(try input.number(Int32.self)))
        case 6: return .real(Double(Float(bitPattern: try input.number(UInt32.self))))
        case 7:
            let byte: UInt8 = try input.number()
            guard byte <= 1 else { throw .invalid("\(shown(key)) is neither true nor false") }
            return .integer(Int(byte))
        case 8:
            let bytes = try input.text(shown(key), most: Self.most.text)
            guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
                throw .invalid("\(shown(key)) is no text")
            }
            return .text(text)
        case 9: return .array(try GGUFArray(of: shown(key), reading: &input))
        case 10: return .unsigned(try input.number())
        case 11: return .integer(Int(try input.number(Int64.self)))
        case 12: return .real(Double(bitPattern: try input.number(UInt64.self)))
        default: throw .invalid("\(shown(key)) has the type \(type), which there is not")
        }
    }

    /// A key in an error: it may be made to look like something else.
    private func shown(_ key: String) -> String {
        let characters = key.unicodeScalars.prefix(64).map { (32..<127).contains($0.value) ? Character($0) : "?" }
        return "\"\(String(characters))\""
    }

    private func alignment() throws(GGUFProblem) -> Int {
        guard let value = values["general.alignment"] else { return 32 }
        guard case .integer(let alignment) = value, (8...65_536).contains(alignment), alignment.nonzeroBitCount == 1
        else { throw .invalid("general.alignment must be a power of two from 8 to 65,536") }
        return alignment
    }

    // MARK: Tensors

    private mutating func readTensors(
        _ count: Int, alignment: Int, _ input: inout GGUFInput
    ) throws(GGUFProblem) -> [(offset: Int, bytes: Int)] {
        var names: Set<String> = []
        var sizes: [(offset: Int, bytes: Int)] = []
        var expected = 0
        for _ in 0..<count {
            let bytes = try input.text("a tensor's name", most: Int(GGML_MAX_NAME) - 1)
            guard let name = String(validating: bytes, as: UTF8.self), !name.isEmpty, !bytes.contains(0) else {
                throw .invalid("the tensor's name before byte \(input.offset) is no text")
            }
            let shown = "the tensor \(shown(name))"
            guard names.insert(name).inserted else { throw .invalid("\(shown) stands twice") }
            let rank: UInt32 = try input.number()
            guard (1...UInt32(Self.most.dimensions)).contains(rank) else {
                throw .invalid("\(shown) has \(rank) dimensions; it must have 1 to \(Self.most.dimensions)")
            }
            var dimensions: [Int] = []
            var elements = 1
            for _ in 0..<rank {
                let dimension: Int64 = try input.number()
                let (product, overflows) = elements.multipliedReportingOverflow(by: Int(dimension))
                guard dimension > 0, !overflows, product < 1 << 60 else {
                    throw .invalid("\(shown) has the dimension \(dimension), which cannot be")
                }
                dimensions.append(Int(dimension))
                elements = product
            }
            let bytesOfAll = try Self.bytes(of: elements, row: dimensions[0], type: try input.number(), shown)
            let offset: UInt64 = try input.number()
            // libllama holds files to this, too: no two tensors share bytes.
            guard offset == UInt64(expected) else {
                throw .invalid("\(shown) is said to begin at \(offset) of the data, and begins at \(expected)")
            }
            let (padded, overflows) = expected.addingReportingOverflow(
                (bytesOfAll + alignment - 1) / alignment * alignment)
            guard !overflows else { throw .invalid("\(shown) is larger than any file") }
            tensors.append(Tensor(name: name, dimensions: dimensions))
            sizes.append((Int(offset), bytesOfAll))
            expected = padded
        }
        return sizes
    }

    private static func bytes(
        of elements: Int, row: Int, type: UInt32, _ shown: String
    ) throws(GGUFProblem) -> Int {
        guard type < GGML_TYPE_COUNT.rawValue else {
            throw .invalid("\(shown) has the type \(type), which there is not")
        }
        let block = Int(ggml_blck_size(ggml_type(type)))
        let size = Int(ggml_type_size(ggml_type(type)))
        // Types that there were once have no size.
        guard block > 0, size > 0 else { throw .invalid("\(shown) has the type \(type), which there is no more") }
        guard row % block == 0 else {
            throw .invalid("\(shown) has rows of \(row), and its type stores \(block) together")
        }
        let (bytes, overflows) = (elements / block).multipliedReportingOverflow(by: size)
        guard !overflows else { throw .invalid("\(shown) is larger than any file") }
        return bytes
    }
}
