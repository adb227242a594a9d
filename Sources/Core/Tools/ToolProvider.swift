/// One operation of a plugin, as the agent sees it.
package struct Tool: Sendable, Hashable {
    /// The plugin's name, unique among plugins.
    package var plugin: String
    /// The operation's name, unique in its plugin.
    package var operation: String
    /// What it does and when to use it, for the model.
    package var description: String
    /// A JSON Schema of type object, with every `$ref` resolved.
    package var parameters: JSONValue
    /// The names of `parameters`' properties in the order the document declares them.
    package var parameterOrder: [String]
    /// Whether it only reads (GET, HEAD).
    package var isReadOnly: Bool
    /// Questions this operation answers, with the arguments they lead to; may be empty.
    package var examples: [Example]
    /// What a response tells, by its schema, what stands outermost first; empty where the document does not say.
    package var results: [ResultProperty]
    /// Whether a response holds a list of things, and not one.
    package var returnsList: Bool
    /// Where a call goes; nil for a tool that is no plugin's.
    package var origin: Origin?

    /// A property of a response.
    package struct ResultProperty: Sendable, Hashable {
        package var name: String
        package var description: String
        /// Whether it is a number.
        package var isNumber: Bool

        package init(name: String, description: String, isNumber: Bool) {
            self.name = name
            self.description = description
            self.isNumber = isNumber
        }
    }

    /// Where a call of an operation goes, and how it is sent: what the user is shown, and what an approval is bound to.
    package struct Origin: Sendable, Hashable {
        /// The plugin's name for people.
        package var title: String
        /// Where the plugin was read, as `PluginSource` is kept.
        package var source: String
        /// The address of the API, or the command of the plugin's own server.
        package var server: String
        /// The HTTP method, or a plugin kind's own word for what the call does.
        package var method: String
        /// With its templates: `/items/{item}`.
        package var path: String
        /// How arguments become a request, and whatever else decides what a call does: a line each.
        package var binding: [String]

        package init(title: String, source: String, server: String, method: String, path: String, binding: [String]) {
            self.title = title
            self.source = source
            self.server = server
            self.method = method
            self.path = path
            self.binding = binding
        }
    }

    /// Whether a client's tool may be named so: 1 to 64 letters, digits, dashes and underscores.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.count) && name.allSatisfy(isNameCharacter)
    }

    package static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    /// A question and the arguments that answer it.
    package struct Example: Sendable, Hashable {
        package var question: String
        package var arguments: JSONValue

        package init(question: String, arguments: JSONValue) {
            self.question = question
            self.arguments = arguments
        }
    }

    package init(
        plugin: String, operation: String, description: String, parameters: JSONValue, parameterOrder: [String],
        isReadOnly: Bool, examples: [Example] = [], results: [ResultProperty] = [], returnsList: Bool = false,
        origin: Origin? = nil
    ) {
        self.plugin = plugin
        self.operation = operation
        self.description = description
        self.parameters = parameters
        self.parameterOrder = parameterOrder
        self.isReadOnly = isReadOnly
        self.examples = examples
        self.results = results
        self.returnsList = returnsList
        self.origin = origin
    }
}

/// How a plugin call ended.
package enum ToolOutcome: Sendable, Hashable {
    case ok(JSONValue)
    case failed(ToolFailure)

    package static func failed(_ message: String, kind: ToolFailureKind) -> ToolOutcome {
        .failed(ToolFailure(message, kind: kind))
    }
}

/// Offers tools and calls them.
package protocol ToolProvider: Sendable {
    /// The operations of the selected plugins. Throws `pluginUnknown` for a name that is not registered.
    func tools(_ selection: NameSelection) async throws -> [Tool]

    /// A number that changes whenever the operations do; nil where nobody counts.
    func changeMark() async throws -> Int?

    /// Calls an operation exactly as the tool has it: where its plugin is gone, disabled, or has it otherwise by now,
    /// nothing is sent, and the outcome is a failure `operationChanged`. Throws only where the call could not be meant
    /// (`argumentsInvalid`) and on cancellation.
    func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome
}

extension ToolProvider {
    package func changeMark() async throws -> Int? { nil }
}
