import Foundation

/// Files of a module's `Resources/`, which are compiled into the program.
package enum EmbeddedFile {
    /// - Parameter name: the file's, for the message.
    package static func read<Value: Decodable>(_ bytes: [UInt8], _ name: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            // The file is a part of the program, and tests read each.
            preconditionFailure("\(name) is not as \(Value.self) has it: \(error)")
        }
    }
}
