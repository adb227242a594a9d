/// A call that is to be made. Its arguments validate against the operation's schema.
package struct PlannedCall: Sendable, Hashable {
    package var operation: String
    package var arguments: JSONValue
    /// Calls of other operations that may be meant in its place, the likelier first: only such as read. What they return
    /// may tell which one it is.
    package var rivals: [PlannedCall]
    /// What is called with what this call returns; none or one.
    package var next: [ChainedCall]

    package init(
        operation: String, arguments: JSONValue, rivals: [PlannedCall] = [], next: [ChainedCall] = []
    ) {
        self.operation = operation
        self.arguments = arguments
        self.rivals = rivals
        self.next = next
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

/// A call that takes arguments from what another one returns: only such as reads.
package struct ChainedCall: Sendable, Hashable {
    package var operation: String
    /// What was said.
    package var arguments: JSONValue
    /// For each parameter the property of a result that it is taken from; an empty name is the result itself.
    package var properties: [String: String]
    /// What names the one of several results that is meant; nil where the first is.
    package var name: String?

    package init(operation: String, arguments: JSONValue, properties: [String: String], name: String?) {
        self.operation = operation
        self.arguments = arguments
        self.properties = properties
        self.name = name
    }
}
