import Core
import Foundation
import GRDB

/// A step as it is in the table `steps`.
struct StepRow: FetchableRecord, PersistableRecord {
    static let databaseTableName = "steps"

    var step: Step
    var message: String
    /// Its place among the message's steps, from 0.
    var position: Int

    init(_ step: Step, message: String, position: Int) {
        self.step = step
        self.message = message
        self.position = position
    }

    init(row: Row) throws {
        message = row["message"]
        position = row["position"]
        step = Step(
            plugin: row["plugin"], operation: row["operation"], arguments: try JSONValue(parsing: row["arguments"]),
            status: (row["status"] as String?).flatMap(Step.Status.init(rawValue:)),
            result: try (row["result"] as String?).map { try JSONValue(parsing: $0) }, error: row["error"],
            errorKind: (row["errorKind"] as String?).map(ToolFailureKind.init(rawValue:)),
            seconds: row["seconds"])
    }

    func encode(to container: inout PersistenceContainer) throws {
        container["message"] = message
        container["position"] = position
        container["plugin"] = step.plugin
        container["operation"] = step.operation
        container["arguments"] = step.arguments.text
        container["status"] = step.status?.rawValue
        container["result"] = step.result?.text
        container["error"] = step.error
        container["errorKind"] = step.errorKind?.rawValue
        container["seconds"] = step.seconds
    }
}
