import Foundation
package import SystemPackage

/// Follows a folder and all in it that a `FolderWalk` of it finds.
///
/// What is not told: a file that only a symbolic link leads to, when it changes where it is; ignore files outside of
/// the folder; what is written through shared memory; what other machines do to a network's file system.
package struct FolderWatch: Sendable {
    /// How long it waits, and for what.
    package struct Timing: Sendable {
        /// How long nothing must happen before changes are told.
        package var quiet = Duration.milliseconds(300)
        /// How long changes are kept back where it is never quiet.
        package var longest = Duration.seconds(2)
        /// How often it is looked for a folder that is away, where the system does not tell that it is back.
        package var absence = Duration.seconds(1)
        /// How often a folder is to be gone through that cannot be followed.
        package var rescan = Duration.seconds(60)

        package init() {}
    }

    /// For tests: faults and delays.
    struct Hooks: Sendable {
        /// Called before events are read.
        var beforeReading: @Sendable () -> Void = {}
        /// The most folders that can be followed; nil leaves it to the system.
        var watchLimit: Int?
    }

    package let root: FilePath
    /// As of the `FolderWalk` that reads it.
    let selection: FolderSelection
    package let timing: Timing
    let hooks: Hooks

    /// - Parameter root: an absolute path, which need not be there.
    package init(_ root: FilePath, _ selection: FolderSelection, timing: Timing = Timing()) {
        self.init(root, selection, timing: timing, hooks: Hooks())
    }

    init(_ root: FilePath, _ selection: FolderSelection, timing: Timing, hooks: Hooks) {
        self.root = root.lexicallyNormalized()
        self.selection = selection
        self.timing = timing
        self.hooks = hooks
    }

    /// Changes from now on. `everything(.begun)` is the first, once every change after it will be told; `gone` where
    /// there is no folder.
    ///
    /// A thread of its own follows the folder until the stream is no longer waited for. One who takes changes slowly is
    /// told `everything(.tooMuch)` for what there was no room to keep.
    package func changes() -> AsyncStream<FolderChange> {
        let (changes, continuation) = AsyncStream.makeStream(
            of: FolderChange.self, bufferingPolicy: .bufferingOldest(64))
        #if os(Linux)
            begin(continuation)
        #else
            FolderFollower.start(self, ChangeOutlet(continuation), continuation)
        #endif
        return changes
    }

    #if os(Linux)
        private func begin(_ continuation: AsyncStream<FolderChange>.Continuation) {
            let outlet = ChangeOutlet(continuation)
            do {
                let bell = try Bell()
                continuation.onTermination = { _ in bell.ring() }
                Thread.detachNewThread { [self] in
                    var follower = FolderFollower(self, outlet, bell)
                    follower.run()
                }
            } catch {
                // Too many files are open; that passes.
                _ = outlet.tell(.everything(.periodic("The folder cannot be followed: \(error).")))
                let later = Task {
                    try await Task.sleep(for: timing.rescan)
                    begin(continuation)
                }
                continuation.onTermination = { _ in later.cancel() }
            }
        }
    #endif
}

/// Tells changes to one who may be slow.
struct ChangeOutlet: Sendable {
    private let continuation: AsyncStream<FolderChange>.Continuation

    init(_ continuation: AsyncStream<FolderChange>.Continuation) {
        self.continuation = continuation
    }

    /// Whether there was room for it; true where nobody listens any more.
    func tell(_ change: FolderChange) -> Bool {
        if case .dropped = continuation.yield(change) { false } else { true }
    }
}
