import JSONRPC
package import SquireProtocol

extension SquireClient {
    /// Reads documents into a collection and waits until they can be searched by words.
    ///
    /// - Parameter onEvent: is told how far it has come; runs on the connection's thread.
    package func addDocuments(
        _ parameters: DocumentAddParameters, onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in }
    ) async throws -> DocumentAddResult {
        try await withEvents(onEvent) { id in try await connection.call(Method.documentAdd, parameters, id: id) }
    }

    package func documents(_ parameters: DocumentListParameters = .init()) async throws -> DocumentListResult {
        try await connection.call(Method.documentList, parameters)
    }

    package func removeDocuments(_ parameters: DocumentRemoveParameters) async throws -> DocumentRemoveResult {
        try await connection.call(Method.documentRemove, parameters)
    }

    package func searchDocuments(_ parameters: DocumentSearchParameters) async throws -> DocumentSearchResult {
        try await connection.call(Method.documentSearch, parameters)
    }

    /// Looks whether the index of the documents holds together. `onEvent` as with `addDocuments`.
    package func checkDocuments(
        _ parameters: DocumentCheckParameters = .init(), onEvent: @escaping @Sendable (AskEvent) -> Void = { _ in }
    ) async throws -> DocumentCheckResult {
        try await withEvents(onEvent) { id in try await connection.call(Method.documentCheck, parameters, id: id) }
    }
}
