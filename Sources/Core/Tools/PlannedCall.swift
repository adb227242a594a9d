/// A call that is to be made. Its arguments validate against the operation's schema.
package struct PlannedCall: Sendable, Hashable {
    package var operation: String
    package var arguments: JSONValue

    package init(operation: String, arguments: JSONValue) {
        self.operation = operation
        self.arguments = arguments
    }

    /// A call that was made, as it was planned.
    package init(_ made: MadeCall) {
        self.init(operation: made.operation, arguments: (try? JSONValue(parsing: made.arguments)) ?? [:])
    }
}

/// What is to be said before a call can be made: no argument is made up.
package struct MissingArguments: Sendable, Hashable {
    package var operation: String
    /// What was said.
    package var arguments: JSONValue
    /// The required parameters that were not, in the tool's order.
    package var names: [String]

    package init(operation: String, arguments: JSONValue, names: [String]) {
        self.operation = operation
        self.arguments = arguments
        self.names = names
    }
}
