/// Reads the chapters of a book in EPUB, unpacked by `unzip`.
struct EPUBReader {
    var unzip: ConverterProgram
    var limits: ReadLimits

    /// - Throws: `damaged`, `unsupported`, `tooLarge`, `empty`.
    func read(_ bytes: [UInt8], name: String) async throws -> ReadDocument {
        try await TemporaryFile.with(bytes, suffix: ".epub") { path in
            var archive = Archive(unzip: unzip, path: path, name: name, limits: limits)
            let container = try await archive.file("META-INF/container.xml")
            guard let container, let root = EPUBPackage.path(inContainer: container, limits: limits),
                let document = try await archive.file(root), let text = TextEncoding.decode(document)
            else {
                throw RetrievalError.damaged(
                    name, as: "EPUB",
                    "the list of its chapters is missing; fetch it again, or unpack it and add the pages")
            }
            let package = EPUBPackage(text, path: root, limits: limits)
            return try await read(package, from: &archive, name: name)
        }
    }

    private func read(
        _ package: EPUBPackage, from archive: inout Archive, name: String
    ) async throws -> ReadDocument {
        var builder = DocumentBuilder(limits: limits)
        var omissions: [String] = []
        for (number, chapter) in package.chapters.enumerated() {
            guard number < Self.chapterLimit, !builder.isFull else {
                omissions.append("chapters after number \(number) are left out")
                break
            }
            try Task.checkCancellation()
            let first = builder.blocks.count
            guard let bytes = try await archive.file(chapter),
                let text = TextEncoding.decode(bytes, charset: HTMLReader.declaredCharset(bytes))
            else {
                omissions.append("the chapter \(chapter) is left out, since it is missing, damaged or encrypted")
                continue
            }
            let page = HTMLReader.read(text, into: &builder, place: .headings(""), limits: limits)
            let title = page.firstHeading ?? (page.title == package.title ? nil : page.title)
            builder.locate(blocksFrom: first, at: .part(title ?? "part \(number + 1)"))
            if let omission = page.omission { omissions.append("in \(chapter), \(omission)") }
        }
        guard !builder.blocks.isEmpty else {
            guard let reason = omissions.first else { throw RetrievalError.empty(name) }
            throw RetrievalError.damaged(name, as: "EPUB", "\(reason); fetch it again, without copy protection")
        }
        return builder.document(
            kind: .epub, title: package.title, language: package.language,
            omission: omissions.isEmpty ? nil : omissions.prefix(5).joined(separator: "; "))
    }

    /// Each is a program's run.
    private static let chapterLimit = 5000
}

/// A ZIP archive whose files are unpacked one at a time, in what time and space all of them together may take.
private struct Archive {
    let unzip: ConverterProgram
    let path: String
    let name: String
    let limits: ReadLimits
    private var bytesLeft: Int
    private let deadline: ContinuousClock.Instant

    init(unzip: ConverterProgram, path: String, name: String, limits: ReadLimits) {
        self.unzip = unzip
        self.path = path
        self.name = name
        self.limits = limits
        bytesLeft = limits.unpackedBytes
        deadline = .now + limits.converterTime
    }

    /// - Returns: nil where there is no such file in it, or it is damaged.
    mutating func file(_ inner: String) async throws -> [UInt8]? {
        guard !inner.isEmpty else { return nil }
        let output = try await unzip.run(
            ["-p", path, Self.literal(inner)], reading: path, for: name, as: "EPUB", limits: limits,
            outputLimit: bytesLeft,
            within: deadline - .now)
        bytesLeft -= output.bytes.count
        switch output.status {
        // 1: it has warnings.
        case 0, 1: return output.bytes
        // 11: no such file.
        case 11: return nil
        case 12:
            throw RetrievalError(
                .tooLarge, "\(name) was not unpacked: unzip says it is a zip bomb, whose files lie over one another")
        // 9: no archive, which ends with a directory of its files.
        case 9:
            throw RetrievalError.damaged(
                name, as: "EPUB", "it is no whole ZIP archive; it may have been cut short: fetch it again")
        default: return nil
        }
    }

    /// `unzip` takes names as patterns, and what begins with a hyphen as options.
    private static func literal(_ name: String) -> String {
        var text = ""
        for character in name {
            if "*?[]\\-".contains(character) { text += "\\" }
            text.append(character)
        }
        return text
    }
}
