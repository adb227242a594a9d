import Foundation
package import Hummingbird
import HummingbirdCore

/// The HTTP server.
package enum AlmanacServer {
    package static let version = "1.0.0"

    /// The routes: one for each operation, and what describes them. Whatever fails is a JSON object with `error`.
    package static func router(_ almanac: Almanac) -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: ErrorsAsJSON())
        for operation in Operation.all {
            router.get("/\(operation.name)") { request, _ in
                let arguments = try Arguments(query: request.uri.query ?? "", of: operation)
                let zone = request.headers.first { $0.name.canonicalName == "time-zone" }?.value
                return try json(operation.answer(arguments, almanac.seen(from: zone)), status: .ok)
            }
        }
        for (path, type, text) in [
            ("/openapi.yaml", "application/yaml", OpenAPIDocument.text),
            ("/.well-known/ai-plugin.json", "application/json", PluginManifest.text),
            // The manifest names the document relative to itself.
            ("/.well-known/openapi.yaml", "application/yaml", OpenAPIDocument.text),
            ("/legal", "text/plain; charset=utf-8", PluginManifest.legal),
            ("/logo.svg", "image/svg+xml", PluginManifest.logo),
        ] {
            router.get(RouterPath(path)) { _, _ in response(text, type: type, status: .ok) }
        }
        return router
    }

    /// Where to listen.
    package enum Address: Sendable, Hashable {
        /// A Unix socket; one left at the path is replaced.
        case socket(path: String)
        /// Port 0 takes a free one.
        case tcp(host: String, port: Int)
    }

    /// Serves until the process is asked to stop (SIGTERM, SIGINT).
    ///
    /// - Throws: what listening threw: the address is taken or may not be used, or a file that is no socket is at the path.
    package static func run(_ almanac: Almanac, at address: Address) async throws {
        let address: BindAddress =
            switch address {
            // SwiftNIO removes what a dead server left at the path, and the file when the socket is closed.
            case .socket(let path): .unixDomainSocket(path: path)
            case .tcp(let host, let port): .hostname(host, port: port)
            }
        let application = Application(
            router: router(almanac), configuration: ApplicationConfiguration(address: address))
        try await application.runService()
    }

    fileprivate static func json(_ value: some Encodable, status: HTTPResponse.Status) throws -> Response {
        let text = String(decoding: try JSONEncoder.almanac.encode(value), as: UTF8.self)
        return response(text, type: "application/json", status: status)
    }

    private static func response(_ text: String, type: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// Turns what was thrown into the JSON the document promises.
private struct ErrorsAsJSON: RouterMiddleware {
    @concurrent func handle(
        _ request: Request, context: BasicRequestContext,
        next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as AlmanacError {
            return try AlmanacServer.json(
                ["error": error.message], status: HTTPResponse.Status(code: error.code.rawValue))
        } catch let error as HTTPError where error.status == .notFound {
            let names = Operation.all.map { "/" + $0.name }.joined(separator: ", ")
            let message =
                "nothing is at \(request.method.rawValue) \(request.uri.path); GET one of \(names), or /openapi.yaml"
            return try AlmanacServer.json(["error": message], status: .notFound)
        }
    }
}
