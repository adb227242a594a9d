import Foundation
import ModelFiles
import Testing

@testable import Inference

/// Headers that claim what cannot be. libllama sees none of them.
struct GGUFHeaderTests {
    private static func key(_ name: String, _ type: Int, _ value: [UInt8]) -> [UInt8] {
        GGUFBytes.string(name) + GGUFBytes.number(type, 4) + value
    }

    private static func text(_ name: String, _ value: String) -> [UInt8] { key(name, 8, GGUFBytes.string(value)) }
    private static func number(_ name: String, _ value: Int) -> [UInt8] { key(name, 4, GGUFBytes.number(value, 4)) }
    private static func real(_ name: String, _ value: Float) -> [UInt8] {
        key(name, 6, GGUFBytes.number(Int(value.bitPattern), 4))
    }

    private static func head(_ tensors: Int, _ values: Int, version: Int = 3) -> [UInt8] {
        Array("GGUF".utf8) + GGUFBytes.number(version, 4) + GGUFBytes.number(tensors, 8) + GGUFBytes.number(values, 8)
    }

    private static func file(_ values: [[UInt8]], tensors: [[UInt8]] = [], data: Int = 0) -> [UInt8] {
        var bytes = Data(head(tensors.count, values.count) + values.flatMap(\.self) + tensors.flatMap(\.self))
        GGUFBytes.pad(&bytes)
        return Array(bytes) + [UInt8](repeating: 0, count: data)
    }

    private static func tensor(
        _ name: String, _ dimensions: [Int], type: Int = 0, offset: Int = 0, rank: Int? = nil
    ) -> [UInt8] {
        GGUFBytes.string(name) + GGUFBytes.number(rank ?? dimensions.count, 4)
            + dimensions.flatMap { GGUFBytes.number($0, 8) } + GGUFBytes.number(type, 4) + GGUFBytes.number(offset, 8)
    }

    private static func list(_ name: String, texts: [String]) -> [UInt8] {
        key(name, 9, GGUFBytes.number(8, 4) + GGUFBytes.number(texts.count, 8) + texts.flatMap(GGUFBytes.string))
    }

    private static func list(_ name: String, _ type: Int, _ values: [Int], width: Int = 4) -> [UInt8] {
        key(
            name, 9,
            GGUFBytes.number(type, 4) + GGUFBytes.number(values.count, 8)
                + values.flatMap { GGUFBytes.number($0, width) })
    }

    private func problem(_ bytes: [UInt8]) throws -> InferenceError? {
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID()).gguf")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        do throws(InferenceError) {
            try GGUFFile.check(url.path)
            return nil
        } catch {
            return error
        }
    }

    private static let llama = text("general.architecture", "llama")
    private static let sound: [[UInt8]] = [
        llama, number("llama.block_count", 2), number("llama.embedding_length", 64),
        number("llama.attention.head_count", 4), number("llama.attention.head_count_kv", 2),
        number("llama.context_length", 128), number("llama.rope.dimension_count", 16),
        real("llama.attention.layer_norm_rms_epsilon", 1e-5), real("llama.rope.freq_base", 10_000),
        list("tokenizer.ggml.tokens", texts: ["a", "b", "c"]), list("tokenizer.ggml.token_type", 5, [1, 1, 3]),
        number("tokenizer.ggml.bos_token_id", 2),
    ]
    private static let tensors = [
        tensor("token_embd.weight", [64, 3]), tensor("blk.0.x", [64], offset: 768),
        tensor("blk.1.x", [64], offset: 1024),
    ]

    @Test func `a sound header is read, and those of the default models are`() throws {
        #expect(try problem(Self.file(Self.sound, tensors: Self.tensors, data: 1280)) == nil)
        for file in DefaultModels.files {
            try GGUFFile.check("\(TestModel.path.split(separator: "/models/")[0])/models/\(file.path)")
        }
    }

    @Test(arguments: 0...3)
    func `a file that ends before what it announces is truncated`(part: Int) throws {
        let whole = Self.file(Self.sound, tensors: Self.tensors, data: 1280)
        let count = [4, 20, 300, whole.count - 1][part]
        #expect(try problem(Array(whole.prefix(count)))?.code == .modelTruncated)
    }

    /// What is wrong, and a word of what is said.
    private static let structures: [(String, [UInt8])] = [
        ("version is 99", head(0, 0, version: 99)), ("version is 0", head(0, 0, version: 0)),
        ("byte order", Array("GGUF".utf8) + [0, 0, 0, 3] + [UInt8](repeating: 0, count: 16)),
        ("number of values", head(0, 1 << 60)), ("number of values", head(0, -1)),
        ("number of tensors", head(1 << 60, 0)), ("number of tensors", head(-1, 0)),
        ("length of a key", head(0, 1) + GGUFBytes.number(1 << 62, 8) + [UInt8](repeating: 120, count: 100)),
        ("length of \"x\"", head(0, 1) + key("x", 8, GGUFBytes.number(-1, 8) + [1, 2])),
        ("length of \"x\"", head(0, 1) + key("x", 9, GGUFBytes.number(8, 4) + GGUFBytes.number(1 << 62, 8))),
        ("length of \"x\"", head(0, 1) + key("x", 9, GGUFBytes.number(10, 4) + GGUFBytes.number(1 << 61, 8))),
        ("list of the type 9", file([key("x", 9, GGUFBytes.number(9, 4) + GGUFBytes.number(10, 8))])),
        ("the type 99", file([key("x", 99, [1, 2, 3, 4])])),
        ("neither true nor false", file([llama, key("x", 7, [2])])),
        ("no text", file([key("x", 8, GGUFBytes.number(2, 8) + [0xff, 0xfe])])),
        ("stands twice", file([number("a", 1), number("a", 1)])),
        ("architecture", file([number("a", 1)])), ("architecture", file([number("general.architecture", 1)])),
        ("alignment", file([llama, number("general.alignment", 0)])),
        ("alignment", file([llama, number("general.alignment", 3)])),
        ("dimension -1", file([llama], tensors: [tensor("t", [-1, -1])], data: 64)),
        ("dimension", file([llama], tensors: [tensor("t", [1 << 40, 1 << 40])], data: 64)),
        ("dimension 0", file([llama], tensors: [tensor("t", [0])], data: 64)),
        ("99 dimensions", file([llama], tensors: [tensor("t", [Int](repeating: 1, count: 99))], data: 64)),
        ("0 dimensions", file([llama], tensors: [tensor("t", [])], data: 64)),
        ("begin at", file([llama], tensors: [tensor("t", [4], offset: 1 << 62)], data: 64)),
        ("begin at", file([llama], tensors: [tensor("t", [4], offset: 3)], data: 64)),
        ("the type 200", file([llama], tensors: [tensor("t", [4], type: 200)], data: 64)),
        ("no more", file([llama], tensors: [tensor("t", [4], type: 4)], data: 64)),
        ("rows of 33", file([llama], tensors: [tensor("t", [33], type: 2)], data: 64)),
        ("stands twice", file([llama], tensors: [tensor("t", [8]), tensor("t", [8], offset: 32)], data: 64)),
    ]

    @Test(arguments: structures.indices)
    func `a structure that cannot be is named`(index: Int) throws {
        let (word, bytes) = Self.structures[index]
        let error = try #require(try problem(bytes))
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains(word), "\(error.message)")
    }

    /// A key of the sound header, and what cannot stand there.
    private static let senseless: [(String, [UInt8])] = [
        ("block_count", number("llama.block_count", 0)), ("block_count", number("llama.block_count", 3)),
        ("block_count", number("llama.block_count", 1)), ("block_count", number("llama.block_count", 0xffff_ffff)),
        ("embedding_length", number("llama.embedding_length", 0)),
        ("embedding_length", number("llama.embedding_length", 65)),
        ("embedding_length", number("llama.embedding_length", 128)),
        ("head_count", number("llama.attention.head_count", 0)),
        ("head_count", number("llama.attention.head_count", 7)),
        ("head_count_kv", number("llama.attention.head_count_kv", 0)),
        ("head_count_kv", number("llama.attention.head_count_kv", 3)),
        ("head_count_kv", number("llama.attention.head_count_kv", 0xffff_ffff)),
        ("context_length", number("llama.context_length", 0)),
        ("context_length", number("llama.context_length", 0xffff_ffff)),
        ("rope.dimension_count", number("llama.rope.dimension_count", 17)),
        ("epsilon", real("llama.attention.layer_norm_rms_epsilon", 0)),
        ("epsilon", real("llama.attention.layer_norm_rms_epsilon", -1)),
        ("epsilon", real("llama.attention.layer_norm_rms_epsilon", .nan)),
        ("freq_base", real("llama.rope.freq_base", .infinity)), ("freq_base", real("llama.rope.freq_base", 0)),
        ("tokens", number("tokenizer.ggml.tokens", 1)), ("tokens", list("tokenizer.ggml.tokens", 4, [1, 2, 3])),
        ("tokens", list("tokenizer.ggml.tokens", texts: ["a"])),
        ("token_type", list("tokenizer.ggml.token_type", 5, [1])),
        ("token_type", list("tokenizer.ggml.token_type", 5, [1, 1, 7])),
        ("token_type", list("tokenizer.ggml.token_type", 5, [1, 1, -1])),
        ("bos_token_id", number("tokenizer.ggml.bos_token_id", 3)),
    ]

    @Test(arguments: senseless.indices)
    func `a number that makes no sense is named by its key`(index: Int) throws {
        let (name, bytes) = Self.senseless[index]
        // In the place of the one with the same key.
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        var values = Self.sound
        let place = try #require(values.firstIndex { $0.prefix(8 + length) == bytes.prefix(8 + length) })
        values[place] = bytes
        let error = try #require(try problem(Self.file(values, tensors: Self.tensors, data: 1280)))
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains(name), "\(error.message)")
    }

    @Test func `a header of megabytes is read in time in the order of its bytes`() throws {
        let texts = (0..<60_000).map { "token \($0)" }
        let values = [Self.llama, Self.list("tokenizer.ggml.tokens", texts: texts)]
        let start = ContinuousClock.now
        #expect(try problem(Self.file(values)) == nil)
        #expect(.now - start < .seconds(20))
    }
}
