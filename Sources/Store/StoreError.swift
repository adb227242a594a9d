import Core

/// Why the database did not do what it was asked.
package struct StoreError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let conversationUnknown = Code(rawValue: "conversationUnknown")
        package static let messageUnknown = Code(rawValue: "messageUnknown")
        /// The beginning of several ids was given for one.
        package static let idAmbiguous = Code(rawValue: "idAmbiguous")
        package static let pluginUnknown = Code(rawValue: "pluginUnknown")
        /// The file is something else.
        package static let notADatabase = Code(rawValue: "databaseForeign")
        /// A newer Squire has written the file.
        package static let tooNew = Code(rawValue: "databaseNewer")
        /// The file is a database of ours and cannot be read.
        package static let damaged = Code(rawValue: "databaseDamaged")
        package static let notWritable = Code(rawValue: "databaseNotWritable")
        package static let diskFull = Code(rawValue: "diskFull")
        package static let failed = Code(rawValue: "databaseFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
