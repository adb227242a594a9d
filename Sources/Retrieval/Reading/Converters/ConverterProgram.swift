import Confinement
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program that turns documents of one kind into another.
///
/// The documents are others', and such programs have had bugs that a document could make use of. So it runs confined: it reads
/// the one document and the system's libraries, writes to its standard output alone, has no network, and limits of memory,
/// time and output.
struct ConverterProgram: Sendable {
    var name: String
    /// The Debian package that has it.
    var package: String
    /// Where it is, if not in `PATH`.
    var path: String?

    init(_ name: String, package: String, path: String? = nil) {
        self.name = name
        self.package = package
        self.path = path
    }

    struct Output: Sendable {
        var bytes: [UInt8]
        /// The first lines of its standard error.
        var complaints: String
        /// 0 where it is satisfied; negative when a signal ended it.
        var status: Int
    }

    enum Failure: Error {
        case missing
        case tooMuchOutput
        case tooSlow
    }

    /// - Parameter document: the path of what it reads.
    /// - Throws: `Failure`, `ConfinementError`, `CancellationError`, or what the system says of a program it cannot start.
    func run(
        _ arguments: [String], reading document: String, outputLimit: Int, within time: Duration
    ) async throws -> Output {
        guard let program = found else { throw Failure.missing }
        let confinement = Confinement(
            read: [document], run: [program],
            limits: Confinement.Limits(
                memoryBytes: Self.memoryLimit, processorSeconds: max(1, Int((time / .seconds(1)).rounded(.up))),
                fileBytes: 1, openFiles: 64))
        let command = try Confiner.installed().command(confinement, running: program, arguments)
        // Names in archives are UTF-8, and what the programs say of errors is looked at.
        let environment = ChildEnvironment.make(folder: (document as NSString).deletingLastPathComponent)
            .merging(["LC_ALL": "C.UTF-8"]) { _, ours in ours }
        do {
            var options = PlatformOptions()
            // Asked first, so that it ends what it started in turn.
            options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
            let result = try await Subprocess.run(
                .path(FilePath(command.program)), arguments: Arguments(command.arguments),
                environment: .custom(ChildEnvironment.bytes(environment)), workingDirectory: "/",
                platformOptions: options,
                input: .none,
                output: .sequence, error: .sequence
            ) { execution in
                let (output, error) = (execution.standardOutput, execution.standardError)
                return try await withThrowingTaskGroup(of: Part.self) { group in
                    group.addTask { .output(try await Self.collect(output, limit: outputLimit)) }
                    group.addTask { .complaints(try await Self.beginning(of: error)) }
                    group.addTask {
                        try await Task.sleep(for: time)
                        throw Failure.tooSlow
                    }
                    defer { group.cancelAll() }
                    var (bytes, complaints): ([UInt8]?, [UInt8]?)
                    while bytes == nil || complaints == nil, let part = try await group.next() {
                        switch part {
                        case .output(let all): bytes = all
                        case .complaints(let beginning): complaints = beginning
                        }
                    }
                    return (bytes ?? [], complaints ?? [])
                }
            }
            let status =
                switch result.terminationStatus {
                case .exited(let code): Int(code)
                case .signaled(let signal): -Int(signal)
                }
            let (bytes, complaints) = result.closureResult
            return Output(bytes: bytes, complaints: Self.firstLines(complaints), status: status)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw Failure.missing
        }
    }

    /// Of address space. pandoc's heap is limited to a quarter of it, and its runtime reserves more than it uses.
    private static let memoryLimit = 4 << 30

    /// Where it is; nil where there is none.
    private var found: String? {
        if let path { return FileManager.default.isExecutableFile(atPath: path) ? path : nil }
        let folders = ChildEnvironment.make(folder: nil)["PATH"]?.split(separator: ":") ?? []
        return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private enum Part: Sendable {
        case output([UInt8])
        case complaints([UInt8])
    }

    private static func collect(_ output: SubprocessOutputSequence, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in output {
            guard bytes.count + part.count <= limit else { throw Failure.tooMuchOutput }
            unsafe part.withUnsafeBytes { unsafe bytes += $0 }
        }
        return bytes
    }

    /// Reads it to its end all the same, lest the program wait for a reader.
    private static func beginning(of error: SubprocessOutputSequence) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in error where bytes.count < 2048 {
            unsafe part.withUnsafeBytes { unsafe bytes += $0.prefix(2048) }
        }
        return bytes
    }

    private static func firstLines(_ bytes: [UInt8]) -> String {
        bytes.text.split(whereSeparator: \.isNewline).prefix(2).map { $0.trimmingCharacters(in: .whitespaces) }
            .joined(separator: " / ")
    }
}
