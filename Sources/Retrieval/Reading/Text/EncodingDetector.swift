import CUchardet

/// Mozilla's detector of character encodings (uchardet), which knows how often letters follow each other in a language.
///
/// `@safe`: the handle is made in `init`, freed in `deinit`, and leaves neither.
@safe struct EncodingDetector: ~Copyable {
    private let handle: uchardet_t

    private init?() {
        guard let handle = unsafe uchardet_new() else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe uchardet_delete(handle) }

    /// The encoding that the bytes look most like, by the name it has for `iconv`; nil where none is likely.
    static func name(of bytes: [UInt8]) -> String? {
        guard let detector = EncodingDetector() else { return nil }
        return detector.name(of: bytes)
    }

    private func name(of bytes: [UInt8]) -> String? {
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe uchardet_handle_data(handle, buffer.bindMemory(to: CChar.self).baseAddress, buffer.count)
        }
        guard status == 0 else { return nil }
        unsafe uchardet_data_end(handle)
        guard let name = unsafe uchardet_get_charset(handle) else { return nil }
        let text = unsafe String(cString: name)
        return text.isEmpty ? nil : text
    }
}
