#if canImport(Darwin)
    import Darwin
    import Dispatch
    import SystemPackage

    /// Follows one folder with kqueue, which wants an open descriptor for each folder and file.
    actor FolderFollower {
        /// Of the process's descriptors, which others need too.
        private static let limit = 4096

        private let queue = DispatchSerialQueue(label: "squire.folders")
        nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

        private let watch: FolderWatch
        private let outlet: ChangeOutlet
        private let scope: FolderScope
        private let clock = ContinuousClock()
        private var identity: FileIdentity?
        private var sources: [FilePath: any DispatchSourceFileSystemObject] = [:]
        private var pending: PendingChanges
        private var isTimerSet = false
        private var isStopped = false

        private init(_ watch: FolderWatch, _ outlet: ChangeOutlet) {
            self.watch = watch
            self.outlet = outlet
            scope = FolderScope(root: watch.root, watch.selection)
            pending = PendingChanges(quiet: watch.timing.quiet, longest: watch.timing.longest)
        }

        /// Goes on until the stream is no longer waited for.
        static func start(
            _ watch: FolderWatch, _ outlet: ChangeOutlet, _ continuation: AsyncStream<FolderChange>.Continuation
        ) {
            let follower = FolderFollower(watch, outlet)
            continuation.onTermination = { _ in Task { await follower.stop() } }
            Task { await follower.begin(.begun) }
        }

        private func stop() {
            isStopped = true
            dropAll()
        }

        private func dropAll() {
            for source in sources.values { source.cancel() }
            sources = [:]
            pending.removeAll()
            identity = nil
        }

        private func begin(_ reason: FolderChange.Reason) {
            guard !isStopped else { return }
            dropAll()
            guard let status = try? FileStatus(watch.root, followsLink: true), status.kind == .folder else {
                tell(.gone)
                return wait()
            }
            identity = status.identity
            if follow(watch.root) { tell(.everything(reason)) }
        }

        private func wait() {
            after(watch.timing.absence) { follower in
                guard !follower.isStopped else { return }
                let isThere = (try? FileStatus(follower.watch.root, followsLink: true).kind) == .folder
                if isThere { follower.begin(.cameBack) } else { follower.wait() }
            }
        }

        private func rescan(_ reason: String) {
            guard !isStopped else { return }
            dropAll()
            tell(.everything(.periodic(reason)))
            after(watch.timing.rescan) { $0.rescan(reason) }
        }

        private func tell(_ change: FolderChange) {
            guard !outlet.tell(change), !isStopped else { return }
            after(.seconds(1)) { $0.tell(.everything(.tooMuch)) }
        }

        private func after(_ time: Duration, _ body: @escaping @Sendable (isolated FolderFollower) -> Void) {
            queue.asyncAfter(deadline: .now() + time / .seconds(1)) { [weak self] in self?.assumeIsolated(body) }
        }
    }

    // MARK: - Sources

    extension FolderFollower {
        /// Follows all at and under a path that is not followed yet.
        ///
        /// - Returns: false where there is too much.
        private func follow(_ path: FilePath) -> Bool {
            let part = FolderWalk(watch.root, watch.selection).at(path)
            for case .folder(let folder) in part.folders where !add(folder) { return false }
            for case .file(let file) in part where !add(file.path) { return false }
            return true
        }

        private func add(_ path: FilePath) -> Bool {
            guard sources[path] == nil else { return true }
            let descriptor = unsafe path.withPlatformString { unsafe open($0, O_EVTONLY | O_CLOEXEC) }
            guard descriptor >= 0, sources.count < watch.hooks.watchLimit ?? Self.limit else {
                let isLimit = descriptor >= 0 || errno == EMFILE || errno == ENFILE
                if descriptor >= 0 { close(descriptor) }
                if isLimit {
                    rescan("There are too many files to follow here; the folder is gone through from time to time.")
                }
                return !isLimit
            }
            let source = DispatchSource.makeFileSystemObjectSource(
                fileDescriptor: descriptor, eventMask: [.write, .extend, .attrib, .delete, .rename, .revoke],
                queue: queue)
            source.setEventHandler { [weak self, weak source] in
                guard let event = source?.data else { return }
                self?.assumeIsolated { $0.happened(event, path) }
            }
            // The source owns the descriptor.
            source.setCancelHandler { close(descriptor) }
            sources[path] = source
            source.activate()
            return true
        }

        private func happened(_ event: DispatchSource.FileSystemEvent, _ path: FilePath) {
            guard sources[path] != nil else { return }
            watch.hooks.beforeReading()
            if !event.isDisjoint(with: [.delete, .rename, .revoke]) {
                for (other, source) in sources where other.starts(with: path) {
                    source.cancel()
                    sources[other] = nil
                }
            }
            if (try? FileStatus(watch.root, followsLink: true).identity) != identity { return begin(.cameBack) }
            pending.add(path, at: clock.now)
            if follow(path) { setTimer() }
        }

        private func setTimer() {
            guard !isTimerSet, let deadline = pending.deadline else { return }
            isTimerSet = true
            after(clock.now.duration(to: deadline)) { $0.tellDue() }
        }

        private func tellDue() {
            isTimerSet = false
            switch pending.take(at: clock.now) {
            case nil: break
            case .everything: tell(.everything(.tooMuch))
            case .paths(let paths):
                let told = paths.filter { $0 == watch.root || scope.surroundings(of: $0) != nil }
                if !told.isEmpty { tell(.changed(told)) }
            }
            setTimer()
        }
    }
#endif
