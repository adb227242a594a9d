import Core
import SquireProtocol

extension CallingSuite {
    private struct ToolLine: Decodable {
        var tool: ModelCall.Parameters.Tool
    }

    private struct CaseLine: Decodable {
        var id: String
        var question: String
        var tools: [String]
        var calls: [ExpectedCall]
    }

    /// - Parameter lines: tools (`{"tool": {"name", "description", "parameters"}}`), and cases that name those above them
    ///   (`{"id", "question", "tools", "calls"}`).
    /// - Throws: `suiteDamaged`.
    init(name: String, lines: [JSONLine]) throws {
        var tools: [String: ModelCall.Parameters.Tool] = [:]
        var names = CaseNames()
        var cases: [Case] = []
        for line in lines {
            if line.value["tool"] != nil {
                var tool = try line.decode(ToolLine.self).tool
                guard tools[tool.name] == nil else { throw line.damaged("there is another tool \"\(tool.name)\"") }
                tool.parameterOrder = tool.parameters?["properties"]?.object?.keys
                tools[tool.name] = tool
                continue
            }
            let test = try line.decode(CaseLine.self)
            try names.add(test.id, in: line)
            let offered = try test.tools.map { name in
                guard let tool = tools[name] else { throw line.damaged("no line above describes a tool \"\(name)\"") }
                return tool
            }
            for call in test.calls {
                guard let tool = offered.first(where: { $0.name == call.name }) else {
                    throw line.damaged("\"\(call.name)\" is called, but not among the case's tools")
                }
                let known = tool.parameters?["properties"]?.object ?? [:]
                if let argument = call.arguments.keys.sorted().first(where: { known[$0] == nil }) {
                    throw line.damaged("\"\(call.name)\" has no parameter \"\(argument)\"")
                }
            }
            cases.append(
                Case(
                    id: test.id, messages: [.init(role: "user", content: test.question)], tools: offered,
                    wanted: .calls(test.calls)))
        }
        self.init(name: name, cases: cases)
    }
}
