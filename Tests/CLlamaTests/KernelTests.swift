import CLlama
import Foundation
import Testing

/// What ggml computes on the processor, beside the same in double precision. Some of it is computed by patches of ours
/// (`scripts/patches/`); a system's own libllama must give the same.
struct KernelTests {
    /// Numbers that look random and are the same each time, in -1..<1.
    private struct Numbers {
        var state: UInt64 = 1

        mutating func next() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
        }
    }

    /// Rows, columns and values of each: as they come in models, and none of them whole panels or tiles.
    @Test(
        arguments: [GGML_TYPE_Q4_1, GGML_TYPE_Q4_0, GGML_TYPE_Q8_0],
        [
            (576, 1, 576), (13, 1, 64), (576, 2, 576), (9, 3, 32), (192, 4, 1536), (77, 5, 800), (40, 7, 2048),
            (576, 64, 576), (23, 66, 1568),
        ])
    func `products of quantized weights are those of the values they stand for`(
        type: ggml_type, shape: (rows: Int, columns: Int, depth: Int)
    ) throws {
        let (rows, columns, depth) = shape
        var numbers = Numbers()
        let values = (0..<rows * depth).map { _ in numbers.next() + 0.3 }
        // Whole numbers of which each 32 reach 127 lose nothing when ggml quantizes them.
        let inputs = (0..<columns * depth).map { $0 % 32 == 5 ? Float(127) : (numbers.next() * 90).rounded() }
        var weights = [Float](repeating: 0, count: rows * depth)
        let products = try unsafe Self.computed { context in
            let matrix = try unsafe #require(ggml_new_tensor_2d(context, type, Int64(depth), Int64(rows)))
            unsafe ggml_quantize_chunk(type, values, matrix.pointee.data, 0, Int64(rows), Int64(depth), nil)
            unsafe ggml_get_type_traits(type).pointee.to_float(matrix.pointee.data, &weights, Int64(rows * depth))
            let input = try unsafe Self.tensor(context, inputs, [depth, columns])
            return unsafe ggml_mul_mat(context, matrix, input)
        }
        for column in 0..<columns {
            for row in 0..<rows {
                var expected = 0.0
                var size = 0.0
                for index in 0..<depth {
                    let product = Double(weights[row * depth + index]) * Double(inputs[column * depth + index])
                    expected += product
                    size += abs(product)
                }
                let difference = abs(Double(products[column * rows + row]) - expected)
                #expect(difference <= 1e-4 * size, "row \(row), column \(column)")
            }
        }
    }

    @Test(
        arguments: [
            (1, 150), (1, 700), (3, 150), (4, 150), (7, 150), (16, 150), (63, 150), (65, 150),
        ], [false, true])
    func `attention of few tokens over many cells is that of the softmax of their products`(
        shape: (tokens: Int, cells: Int), areApart: Bool
    ) throws {
        let (tokens, cells) = shape
        let (width, heads) = (64, 3)
        var numbers = Numbers()
        let queries = (0..<heads * tokens * width).map { _ in numbers.next() * 3 }
        let keys = (0..<cells * width).map { _ in Self.half(numbers.next() * 3) }
        let values = (0..<cells * width).map { _ in Self.half(numbers.next()) }
        // The last tokens of what is in the cells: each sees those up to itself, all or those of its own conversation.
        let isSeen = { (token: Int, cell: Int) in
            cell <= cells - tokens + token && (!areApart || cell % 5 == (cells - tokens + token) % 5)
        }
        let outputs = try unsafe Self.computed { context in
            var mask: [Float] = []
            for token in 0..<tokens { for cell in 0..<cells { mask.append(isSeen(token, cell) ? 0 : -.infinity) } }
            let query = try unsafe Self.tensor(context, queries, [width, tokens, heads])
            let key = try unsafe ggml_cast(context, Self.tensor(context, keys, [width, cells, 1]), GGML_TYPE_F16)
            let value = try unsafe ggml_cast(context, Self.tensor(context, values, [width, cells, 1]), GGML_TYPE_F16)
            let hidden = try unsafe ggml_cast(context, Self.tensor(context, mask, [cells, tokens, 1]), GGML_TYPE_F16)
            return unsafe ggml_flash_attn_ext(context, query, key, value, hidden, 0.125, 0, 0)
        }
        for head in 0..<heads {
            for token in 0..<tokens {
                let query = queries[((head * tokens + token) * width)...].prefix(width)
                let weights = (0..<cells).map { cell in
                    guard isSeen(token, cell) else { return 0.0 }
                    let product = zip(query, keys[(cell * width)...]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    return exp(product * 0.125)
                }
                let sum = weights.reduce(0, +)
                for index in 0..<width {
                    let expected =
                        (0..<cells).reduce(0.0) { $0 + weights[$1] * Double(values[$1 * width + index]) } / sum
                    let output = Double(outputs[(token * heads + head) * width + index])
                    #expect(abs(output - expected) < 2e-3, "head \(head), token \(token), value \(index)")
                }
            }
        }
    }

    /// The values of what `build` makes, computed by two threads.
    private static func computed(
        _ build: (OpaquePointer) throws -> UnsafeMutablePointer<ggml_tensor>?
    ) throws -> [Float] {
        let parameters = unsafe ggml_init_params(mem_size: 64 << 20, mem_buffer: nil, no_alloc: false)
        let context = try unsafe #require(ggml_init(parameters))
        defer { unsafe ggml_free(context) }
        let tensor = try unsafe #require(try build(context))
        let graph = unsafe ggml_new_graph(context)
        unsafe ggml_build_forward_expand(graph, tensor)
        let backend = try unsafe #require(ggml_backend_init_by_type(GGML_BACKEND_DEVICE_TYPE_CPU, nil))
        defer { unsafe ggml_backend_free(backend) }
        // What a backend has beside its own interface is asked for by name.
        typealias SetThreads = @convention(c) (ggml_backend_t?, Int32) -> Void
        let registry = unsafe ggml_backend_dev_backend_reg(ggml_backend_get_device(backend))
        let setThreads = try unsafe #require(ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_n_threads"))
        unsafe unsafeBitCast(setThreads, to: SetThreads.self)(backend, 2)
        #expect(unsafe ggml_backend_graph_compute(backend, graph) == GGML_STATUS_SUCCESS)
        let count = unsafe Int(ggml_nelements(tensor))
        return unsafe Array(
            UnsafeBufferPointer(start: tensor.pointee.data.assumingMemoryBound(to: Float.self), count: count))
    }

    private static func tensor(
        _ context: OpaquePointer, _ values: [Float], _ shape: [Int]
    ) throws -> UnsafeMutablePointer<ggml_tensor> {
        let sizes = shape.map(Int64.init)
        let tensor = try unsafe #require(ggml_new_tensor(context, GGML_TYPE_F32, Int32(sizes.count), sizes))
        unsafe tensor.pointee.data.copyMemory(from: values, byteCount: values.count * MemoryLayout<Float>.stride)
        return unsafe tensor
    }

    /// The nearest value that a half has.
    private static func half(_ value: Float) -> Float { ggml_fp16_to_fp32(ggml_fp32_to_fp16(value)) }
}
