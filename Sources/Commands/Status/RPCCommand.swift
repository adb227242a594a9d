import ArgumentParser
import Core
import JSONRPC
import SquireClient

struct RPCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc",
        abstract: "Call a method of the daemon's socket.",
        discussion: """
            The result is printed as JSON. Notifications that come meanwhile go to standard error, one \
            a line.

              squire rpc status
              squire rpc model/tokenize '{"text": "Hello there"}'
            """)

    @Argument(help: "The method's name.")
    var method: String

    @Argument(help: ArgumentHelp("Its parameters, a JSON object or array.", valueName: "json"))
    var parameters: String?

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        let parameters = try Self.parse(parameters)
        let console = common.console
        let result = try await common.connection.launcher(console).withClient(
            onNotification: { notification in
                let members: JSONObject = [
                    "method": .string(notification.method), "params": notification.params ?? .null,
                ]
                console.err(JSONEscapes.escaped(JSONValue.object(members).text) + "\n")
            },
            { try await $0.call(method, parameters) })
        console.out(try common.report.document(result))
    }

    static func parse(_ text: String?) throws -> JSONValue {
        guard let text else { return [:] }
        guard let value = try? JSONValue(parsing: text), value.object != nil || value.array != nil else {
            throw CommandError(.usage, "The parameters are not a JSON object or array: \(text)")
        }
        return value
    }
}
