/// Finds the few of many tools that a question may be meant for, and prepares in the background what that takes.
package protocol ToolFinder: Sendable {
    /// Whether the tools as of this mark (`ToolProvider.changeMark`) are the ones it knows.
    func isCurrent(_ mark: Int?) -> Bool

    /// Takes the tools there are from now on.
    ///
    /// - Parameter mark: what the tools are as of; nil where nobody knows.
    func replace(_ tools: [Tool], mark: Int?)

    /// How many of them are prepared.
    var progress: IndexProgress { get }

    /// Prepares tools as they come and change, giving way to questions, until it is cancelled.
    func run() async

    /// The tools that a question may be meant for: all of them where they are few.
    func best(of tools: [Tool], for question: String) async throws -> [Tool]
}

/// How many of the registered operations are indexed.
package struct IndexProgress: Sendable, Hashable {
    package var done: Int
    package var total: Int
    /// Whether so many are open that a question is compared with a part of them.
    package var isPartial: Bool

    package init(done: Int, total: Int, isPartial: Bool = false) {
        self.done = done
        self.total = total
        self.isPartial = isPartial
    }

    package var left: Int { total - done }
}
