/// A call that is to be made. Its arguments validate against the operation's schema.
package struct PlannedCall: Sendable, Hashable {
    package var operation: String
    package var arguments: JSONValue
    /// Calls of other operations that may be meant in its place, the likelier first: only such as read. What they return
    /// may tell which one it is.
    package var rivals: [PlannedCall]

    package init(operation: String, arguments: JSONValue, rivals: [PlannedCall] = []) {
        self.operation = operation
        self.arguments = arguments
        self.rivals = rivals
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
