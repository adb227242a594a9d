/// What a child process may do. Everything that is not named here it may not, as far as the kernel can see to it
/// (`ConfinementSupport`).
///
/// A child is started through the program `squire-confine`, which applies this to itself, runs the child, ends with its
/// status, and ends it, with all that it started, when this process is gone:
///
///     let confiner = try Confiner.installed()
///     let command = confiner.command(confinement, running: "/usr/bin/pdftotext", arguments)
///     Subprocess.run(.path(FilePath(command.program)), arguments: Arguments(command.arguments), environment: …)
///
/// Always: no new privileges, no capabilities, no descriptors but the three standard ones, no terminal, no core file, no
/// look into other processes.
package struct Confinement: Sendable, Hashable {
    package enum Network: String, Sendable, Hashable {
        /// No socket of any kind.
        case none
        /// It may listen on Unix sockets, and connect to nothing.
        case local
        case any
    }

    /// Nil leaves a limit as this process has it.
    package struct Limits: Sendable, Hashable {
        /// Of address space.
        package var memoryBytes: Int?
        package var processorSeconds: Int?
        /// Of one file that is written.
        package var fileBytes: Int?
        package var openFiles: Int?

        package init(
            memoryBytes: Int? = nil, processorSeconds: Int? = nil, fileBytes: Int? = nil, openFiles: Int? = nil
        ) {
            self.memoryBytes = memoryBytes
            self.processorSeconds = processorSeconds
            self.fileBytes = fileBytes
            self.openFiles = openFiles
        }
    }

    /// Files and folders it may read, beside the system's programs, libraries and public settings.
    package var read: [String]
    /// Those it may read and run.
    package var run: [String]
    /// Those it may write.
    package var write: [String]
    /// Folders in which nothing of the above is granted, whatever holds them.
    package var protected: [String]
    /// A folder that it may write although it is protected: its own.
    package var own: String?
    /// Files and folders that it may read and run although they are protected.
    package var exposed: [String]
    package var network: Network
    package var limits: Limits
    /// Whether it is the first that the kernel ends where memory is short.
    package var isExpendable: Bool

    package init(
        read: [String] = [], run: [String] = [], write: [String] = [], protected: [String] = [], own: String? = nil,
        exposed: [String] = [], network: Network = .none, limits: Limits = Limits(), isExpendable: Bool = false
    ) {
        self.read = read
        self.run = run
        self.write = write
        self.protected = protected
        self.own = own
        self.exposed = exposed
        self.network = network
        self.limits = limits
        self.isExpendable = isExpendable
    }
}
