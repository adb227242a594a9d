package import Core
import Foundation

/// The program that confines others, `squire-confine`.
package struct Confiner: Sendable {
    package let path: String
    /// The version of Landlock it acts by; nil for the kernel's own. For tests of kernels that have less.
    package var landlock: Int?

    package init(path: String, landlock: Int? = nil) {
        self.path = path
        self.landlock = landlock
    }

    /// Beside this program, as in a build folder, or in `../libexec/squire`, as `make install` puts it.
    ///
    /// - Throws: `confinerMissing`.
    package static func installed(besides own: String? = nil) throws(ConfinementError) -> Confiner {
        let folder = URL(fileURLWithPath: own ?? OwnProgram.path).resolvingSymlinksInPath().deletingLastPathComponent()
        let places = [
            folder.appendingPathComponent("squire-confine"),
            folder.deletingLastPathComponent().appendingPathComponent("libexec/squire/squire-confine"),
        ]
        for place in places where FileManager.default.isExecutableFile(atPath: place.path) {
            return Confiner(path: place.path)
        }
        throw ConfinementError(
            .confinerMissing,
            "squire-confine, which keeps other programs from what is not theirs, is neither \(places[0].path) nor \(places[1].path); install Squire again"
        )
    }

    /// What to run so that a program runs confined.
    ///
    /// - Parameter program: its absolute path.
    package func command(
        _ confinement: Confinement, running program: String, _ arguments: [String]
    ) -> (program: String, arguments: [String]) {
        var options = ["--system", "--parent", "\(ProcessInfo.processInfo.processIdentifier)"]
        for path in confinement.protected { options += ["--protect", path] }
        for path in confinement.read { options += ["--read", path] }
        for path in confinement.run { options += ["--run", path] }
        for path in confinement.write { options += ["--write", path] }
        if let own = confinement.own { options += ["--own", own] }
        for path in confinement.exposed { options += ["--expose", path] }
        options += ["--network", confinement.network.rawValue]
        let limits = confinement.limits
        if let bytes = limits.memoryBytes { options += ["--memory", "\(bytes)"] }
        if let seconds = limits.processorSeconds { options += ["--processor", "\(seconds)"] }
        if let bytes = limits.fileBytes { options += ["--file-size", "\(bytes)"] }
        if let count = limits.openFiles { options += ["--files", "\(count)"] }
        if confinement.isExpendable { options.append("--expendable") }
        if let landlock { options += ["--landlock", "\(landlock)"] }
        return (path, options + ["--", program] + arguments)
    }
}

/// Why no program can be confined.
package struct ConfinementError: CodedError {
    package enum Code: String, ErrorCode {
        case confinerMissing

        package var failureClass: FailureClass { .failed }
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
