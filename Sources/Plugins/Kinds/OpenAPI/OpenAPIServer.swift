import Core

/// The operations of an HTTP API as tools.
struct OpenAPIServer: ToolServer {
    let operations: [APIOperation]
    /// The program that serves the API, where Squire runs it.
    let program: PluginServer?
    let fetcher: any HTTPFetching
    /// Reads responses that are no JSON; without it they are told as they are.
    let formats: (any ResponseFormatReading)?
    /// Where responses are read.
    let answers: ReadingThread

    func tools() -> [Tool] { operations.map(\.tool) }

    func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
        guard let operation = operations.first(where: { $0.tool.operation == tool.operation }) else {
            return .failed("\(tool.plugin) has no operation \"\(tool.operation)\"", kind: .operationChanged)
        }
        let problems = RequestBuilder(operation: operation).problems(arguments)
        guard problems.isEmpty else { throw PluginError(.argumentsInvalid, problems.joined(separator: "; ")) }
        do {
            let response = try await send(operation, arguments)
            let formats = formats
            return try await answers.run { ResponseReader.outcome(response, of: operation, formats: formats) }
        } catch let error as HTTPError {
            return .failed(error.message, kind: ToolFailureKind(error))
        } catch let error as PluginError where error.code == .serverFailed {
            return .failed(error.message, kind: .serverNotStarted)
        }
    }

    func stop() async { await program?.stop() }

    private func send(_ operation: APIOperation, _ arguments: JSONValue) async throws -> HTTPResponse {
        let builder = RequestBuilder(operation: operation)
        guard let program else {
            return try await fetcher.fetch(builder.request(arguments, socket: nil))
        }
        let socket = try await program.socket()
        do {
            return try await fetcher.fetch(builder.request(arguments, socket: socket))
        } catch let error as HTTPError where [.refused, .broken].contains(error.code) {
            await program.isDead(socket: socket)
            // What only reads can be asked twice.
            guard operation.tool.isReadOnly else { throw error }
            return try await fetcher.fetch(builder.request(arguments, socket: try await program.socket()))
        }
    }
}
