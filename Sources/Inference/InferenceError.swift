import Core

/// What can go wrong with a model file or a generation.
package struct InferenceError: SquireError {
    package struct Code: Sendable, Hashable, RawRepresentable {
        package var rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let modelMissing = Code(rawValue: "modelMissing")
        package static let modelNotGGUF = Code(rawValue: "modelNotGGUF")
        /// Its header says what cannot be.
        package static let modelInvalid = Code(rawValue: "modelInvalid")
        /// It is not what was installed under its checksum.
        package static let modelReplaced = Code(rawValue: "modelReplaced")
        /// libllama did not survive loading it, in a process of its own.
        package static let modelCrashes = Code(rawValue: "modelCrashes")
        package static let modelTruncated = Code(rawValue: "modelTruncated")
        package static let modelUnsupported = Code(rawValue: "modelUnsupported")
        package static let modelFailed = Code(rawValue: "modelFailed")
        package static let promptEmpty = Code(rawValue: "promptEmpty")
        package static let promptTooLong = Code(rawValue: "promptTooLong")
        package static let grammarInvalid = Code(rawValue: "grammarInvalid")
        package static let samplingInvalid = Code(rawValue: "samplingInvalid")
        package static let infillUnsupported = Code(rawValue: "infillUnsupported")
        package static let queueFull = Code(rawValue: "queueFull")
        package static let stopped = Code(rawValue: "stopped")
        package static let decodeFailed = Code(rawValue: "decodeFailed")
    }

    package var code: Code
    package var message: String
    package var kind: String { code.rawValue }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
