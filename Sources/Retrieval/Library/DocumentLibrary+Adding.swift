import Core
import Digest
import Folders
import Foundation
import Store
import SystemPackage

/// What became of what was added.
package struct AddOutcome: Sendable {
    package var added = 0
    package var updated = 0
    package var unchanged = 0
    package var removed = 0
    package var passages = 0
    package var failures: [Failure] = []
    package var omissions: [Omission] = []

    package struct Failure: Sendable {
        package var path: String
        package var error: RetrievalError
    }

    /// What of a document was left out.
    package struct Omission: Sendable {
        package var path: String
        package var reason: String
    }
}

/// What a document was read from, and by what it is known again.
struct ReadBytes {
    let bytes: [UInt8]
    /// SHA-256.
    let hash: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        hash = SHA256.sum(of: bytes).bytes
    }
}

/// How far adding has come.
package struct AddProgress: Sendable, Hashable {
    package var done: Int
    /// As far as is known.
    package var total: Int
    package var current: String
}

extension DocumentLibrary {
    /// Adds a text that is no file.
    @concurrent
    package func add(text: String, title: String, collection: String) async throws -> AddOutcome {
        let contents = ReadBytes(Array(text.utf8))
        var document = try await reader.read(contents.bytes, name: title, mediaType: nil)
        // Unlike a file's name, it was given to say what the text is about, and is found.
        document.title = title
        var batch = DocumentBatch(library: self, collection: collection)
        try await batch.add(document, contents, from: nil, isKnown: false, title: title, changedAt: Date())
        try await batch.finish()
        return batch.outcome
    }

    /// Adds files, folders and addresses, each document in place of what was read from there before. What could not be
    /// read is told and the rest goes on. Cancelled, what is done stays, and adding the same again goes on from there.
    ///
    /// - Parameters:
    ///   - paths: absolute paths, and `http` and `https` addresses.
    ///   - watch: whether folders are followed from now on.
    ///   - followsLinks: whether symbolic links that lead out of a folder are followed.
    @concurrent
    package func add(
        _ paths: [String], collection: String, watch: Bool, followsLinks: Bool = false,
        progress: @Sendable (AddProgress) -> Void
    ) async throws -> AddOutcome {
        var batch = DocumentBatch(library: self, collection: collection)
        do {
            for path in paths {
                if WebURL.isMeant(by: path) {
                    progress(AddProgress(done: batch.done, total: batch.done + 1, current: path))
                    try await addAddress(path, to: &batch)
                } else {
                    let path = ShownPath.actual(FilePath(path).lexicallyNormalized())
                    if watch, Self.isFolder(path) {
                        try await store.addRoot(path.bytes, collection: collection, followsLinks: followsLinks)
                        rootsChanged.send()
                    }
                    try await addFiles(
                        FolderWalk(path, FolderSelection(followsLinks: followsLinks)), to: &batch, progress: progress)
                }
            }
        } catch {
            try? await batch.flush()
            throw error
        }
        try await batch.finish()
        return batch.outcome
    }

    private static func isFolder(_ path: FilePath) -> Bool {
        (try? FileStatus(path, followsLink: true))?.kind == .folder
    }

    /// Adds what a walk finds, and has the batch remove what is no longer there.
    func addFiles(
        _ walk: FolderWalk, to batch: inout DocumentBatch, progress: @Sendable (AddProgress) -> Void
    ) async throws {
        var files: [FoundFile] = []
        var unread: Set<[UInt8]> = []
        var unreadFolders: [[UInt8]] = []
        for element in walk {
            try Task.checkCancellation()
            switch element {
            case .file(let file): files.append(file)
            case .failed(let path, let problem):
                let error = RetrievalError(problem)
                if error.code == .unreadable {
                    unread.insert(path.bytes)
                    unreadFolders.append(path.folderBytes)
                }
                // It is read under its other name.
                if error.code != .alreadyRead { batch.fail(path.string, error) }
            case .folder: break
            }
            if files.count % 1000 == 1 {
                progress(AddProgress(done: batch.done, total: batch.done + files.count, current: walk.root.string))
            }
        }
        // What was named twice is known the second time.
        try await batch.flush()
        let known = try await store.documents(under: walk.start.bytes, collection: batch.collection)
        let states = Dictionary(known.map { ($0.source, $0) }) { first, _ in first }
        var seen: Set<[UInt8]> = []
        let total = batch.done + files.count
        for file in files {
            try Task.checkCancellation()
            seen.insert(file.path.bytes)
            progress(AddProgress(done: batch.done, total: total, current: file.path.string))
            try await add(file, known: states[file.path.bytes], to: &batch)
        }
        // What could not be looked at may still be there.
        let gone = known.filter { state in
            !seen.contains(state.source) && !unread.contains(state.source)
                && !unreadFolders.contains { state.source.starts(with: $0) }
        }
        batch.remove(gone.map(\.id))
    }

    private func add(_ file: FoundFile, known: DocumentState?, to batch: inout DocumentBatch) async throws {
        let changedAt = Date(timeIntervalSince1970: (Double(file.modified) / 1e6).rounded() / 1e3)
        if let known, known.bytes == file.size, known.changedAt == changedAt {
            batch.leave()
            return
        }
        let name = file.path.string
        do {
            let contents = ReadBytes(try reader.bytes(of: file.path))
            // Looked at before it is read, which may take a program a while.
            if let known, known.hash == contents.hash {
                // Only touched: its bytes are not looked at again the next time.
                try await store.save(changedAt: changedAt, ofDocument: known.id)
                batch.leave()
                return
            }
            let document = try await reader.read(contents.bytes, name: name, mediaType: nil)
            let stem = file.path.lastComponent?.stem ?? name
            try await batch.add(
                document, contents, from: file.path.bytes, isKnown: known != nil, title: stem, changedAt: changedAt)
        } catch let error as RetrievalError {
            batch.fail(name, error)
        }
    }

    private func addAddress(_ address: String, to batch: inout DocumentBatch) async throws {
        do {
            let response = try await fetcher.fetch(
                HTTPRequest(
                    url: address, headers: [HTTPHeader("Accept", "text/html, text/markdown, text/plain, */*;q=0.5")],
                    limits: HTTPLimits(responseBytes: reader.limits.bytes), network: .owner, redirects: .publicOrigins))
            guard (200..<300).contains(response.status) else {
                throw RetrievalError(.unreadable, "\(address) answered with HTTP status \(response.status)")
            }
            let document = try await reader.read(
                response.body, name: address, mediaType: response.header("Content-Type"))
            let source = Array(address.utf8)
            try await batch.add(
                document, ReadBytes(response.body), from: source,
                isKnown: try await store.isDocument(source: source, collection: batch.collection), title: address,
                changedAt: Date())
        } catch let error as HTTPError {
            batch.fail(address, RetrievalError(.unreadable, error.message, cause: error))
        } catch let error as RetrievalError {
            batch.fail(address, error)
        }
    }
}
