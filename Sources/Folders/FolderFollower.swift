#if os(Linux)
    import SystemPackage

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// Follows one folder with inotify, on a thread of its own.
    struct FolderFollower: ~Copyable {
        private enum Mode {
            case following(FileIdentity)
            /// The folder is not there.
            case waiting
            /// There are no more watches to be had.
            case rescanning
        }

        private let watch: FolderWatch
        private let outlet: ChangeOutlet
        private let bell: Bell
        private var scope: FolderScope
        private let clock = ContinuousClock()
        private var mode = Mode.waiting
        private var inotify: Inotify?
        private var folders = WatchedFolders()
        /// How often all was begun anew: events from before are of watches that are no more.
        private var generation = 0
        private var pending: PendingChanges
        /// Folders in which other files may be ignored now.
        private var reruled: Set<FilePath> = []
        /// Whether something could not be told, because who takes the changes is slow.
        private var owes = false

        init(_ watch: FolderWatch, _ outlet: ChangeOutlet, _ bell: Bell) {
            self.watch = watch
            self.outlet = outlet
            self.bell = bell
            scope = FolderScope(root: watch.root, watch.selection)
            pending = PendingChanges(quiet: watch.timing.quiet, longest: watch.timing.longest)
        }

        /// Goes on until the bell rings.
        mutating func run() {
            begin(.begun)
            while !bell.hasRung {
                if owes { owes = !outlet.tell(.everything(.tooMuch)) }
                switch mode {
                case .following: follow()
                case .waiting: awaitRoot()
                case .rescanning:
                    bell.wait(for: watch.timing.rescan)
                    // There may be watches by now.
                    if !bell.hasRung { begin(.begun) }
                }
            }
        }

        private var isThere: Bool {
            (try? FileStatus(watch.root, followsLink: true).kind) == .folder
        }

        private mutating func tell(_ change: FolderChange) {
            if !outlet.tell(change) { owes = true }
        }

        /// Watches the folder anew.
        private mutating func begin(_ reason: FolderChange.Reason) {
            dropAll()
            scope = FolderScope(root: watch.root, watch.selection)
            guard let status = try? FileStatus(watch.root, followsLink: true), status.kind == .folder else {
                mode = .waiting
                return tell(.gone)
            }
            do {
                inotify = try Inotify()
            } catch {
                return rescan("The folder cannot be followed (\(error)); it is gone through from time to time instead.")
            }
            mode = .following(status.identity)
            var above = watch.root
            while above.removeLastComponent() {
                // What is above need not be readable; then only its renaming goes unseen.
                if let watch = try? inotify?.watchItself(above) { folders.addAbove(watch) }
            }
            watchFolders(at: watch.root)
            if case .following = mode { tell(.everything(reason)) }
        }

        private mutating func rescan(_ reason: String) {
            // Part of the watches would be no use here, and are taken from other programs of the user.
            dropAll()
            mode = .rescanning
            tell(.everything(.periodic(reason)))
        }

        private mutating func dropAll() {
            inotify = nil
            folders = WatchedFolders()
            pending.removeAll()
            reruled = []
            generation += 1
        }

        /// Watches the folders at and under a path. Each is watched before its names are read: what comes into it
        /// later is an event, what was there before is found.
        private mutating func watchFolders(at path: FilePath) {
            for case .folder(let folder) in FolderWalk(watch.root, watch.selection).at(path).folders {
                do {
                    if let limit = watch.hooks.watchLimit, folders.count >= limit { throw Errno.noSpace }
                    guard let watch = try inotify?.watch(folder) else { return }
                    folders.add(watch, folder)
                } catch .noSpace {
                    return rescan(
                        "There are no more watches to follow the folder with (see fs.inotify.max_user_watches); it is "
                            + "gone through from time to time instead.")
                } catch {
                    // It is gone again, or may not be read: its parent tells when that changes.
                    continue
                }
            }
        }
    }

    // MARK: - A folder that is not there

    extension FolderFollower {
        /// Waits until the folder may be there.
        private mutating func awaitRoot() {
            let isTold = watchAbove()
            // Looked at after that, so that nothing comes unseen.
            if !isThere {
                if isTold {
                    inotify?.wait(bell, for: owes ? .seconds(1) : watch.timing.rescan)
                    // Much may come into the folder above that is none of ours.
                    bell.wait(for: watch.timing.quiet)
                } else {
                    bell.wait(for: watch.timing.absence)
                }
            }
            if !bell.hasRung, isThere { begin(.cameBack) }
        }

        /// Watches what comes into the nearest folder above that is there, and whether those above it are renamed.
        ///
        /// - Returns: false where it cannot be watched.
        private mutating func watchAbove() -> Bool {
            inotify = try? Inotify()
            var missing = watch.root
            var above = missing.removingLastComponent()
            do {
                while try !watchNames(in: above) {
                    missing = above
                    guard above.removeLastComponent() else { return false }
                }
            } catch {
                return false
            }
            // What came before its folder was watched is no event.
            if (try? FileStatus(missing, followsLink: true).kind) == .folder {
                return missing == watch.root || watchAbove()
            }
            // Nothing tells when something else that is there, as a link that leads nowhere, comes to be a folder.
            guard (try? FileStatus(missing, followsLink: false)) == nil else { return false }
            while above.removeLastComponent() {
                // What is above need not be readable; then only its renaming goes unseen.
                _ = try? inotify?.watchItself(above)
            }
            return true
        }

        /// - Returns: false where there is no such folder.
        private func watchNames(in folder: FilePath) throws(Errno) -> Bool {
            do throws(Errno) {
                guard try inotify?.watchComing(folder) != nil else { throw Errno.tooManyOpenFiles }
                return true
            } catch {
                guard error == .noSuchFileOrDirectory else { throw error }
                return false
            }
        }
    }

    // MARK: - Events

    extension FolderFollower {
        /// Takes what happens until it is time to tell it, or something else is to be done.
        private mutating func follow() {
            inotify?.wait(bell, for: timeout)
            watch.hooks.beforeReading()
            let generation = generation
            for event in inotify?.events() ?? [] {
                handle(event)
                guard generation == self.generation else { break }
            }
            guard let due = pending.take(at: clock.now) else { return }
            // Not at each event: one save of an ignore file is several.
            for folder in reruled { rewatch(folder) }
            guard generation == self.generation else { return }
            reruled = []
            switch due {
            case .everything: tell(.everything(.tooMuch))
            case .paths(let paths):
                let told = paths.filter { $0 == watch.root || scope.surroundings(of: $0) != nil }
                if !told.isEmpty { tell(.changed(told)) }
            }
        }

        private var timeout: Duration? {
            let wait = pending.deadline.map { clock.now.duration(to: $0) }
            return owes ? min(wait ?? .seconds(1), .seconds(1)) : wait
        }

        private mutating func handle(_ event: InotifyEvent) {
            if event.isAny(of: IN_Q_OVERFLOW) { return begin(.tooMuch) }
            if event.isAny(of: IN_IGNORED) { return folders.forget(event.watch) }
            if folders.isAbove(event.watch) { return checkRoot() }
            guard let folder = folders[event.watch] else { return }
            if event.name.isEmpty {
                if folder == watch.root { rootChanged(event) }
                return
            }
            let path = FilePath(bytes: folder.folderBytes + event.name)
            if event.name.first == UInt8.dot {
                if scope.isRules(event.name), !event.isAny(of: IN_ISDIR) || !event.isAny(of: IN_ATTRIB) {
                    pending.add(folder, at: clock.now)
                    reruled.insert(folder)
                }
                return
            }
            pending.add(path, at: clock.now)
            let comes = event.isAny(of: IN_CREATE, IN_MOVED_TO)
            if event.isAny(of: IN_ISDIR) {
                if event.isAny(of: IN_MOVED_FROM) { unwatch(path) }
                // Its permissions may have let nobody in before.
                if comes || event.isAny(of: IN_ATTRIB) { watchFolders(at: path) }
            } else if comes || event.isAny(of: IN_DELETE, IN_MOVED_FROM) {
                // It may have been, or be now, a link to a folder.
                unwatch(path)
                if comes, (try? FileStatus(path, followsLink: false).kind) == .link { watchFolders(at: path) }
            }
        }

        private mutating func rootChanged(_ event: InotifyEvent) {
            if event.isAny(of: IN_DELETE_SELF, IN_MOVE_SELF, IN_UNMOUNT) {
                checkRoot()
            } else if event.isAny(of: IN_ATTRIB) {
                // It may be readable now.
                pending.add(watch.root, at: clock.now)
                watchFolders(at: watch.root)
            }
        }

        /// Begins anew where the root is no longer what it was.
        private mutating func checkRoot() {
            guard case .following(let identity) = mode else { return }
            if (try? FileStatus(watch.root, followsLink: true).identity) != identity { begin(.cameBack) }
        }

        private mutating func rewatch(_ folder: FilePath) {
            // It may itself be ignored by now.
            guard folders.contains(folder) else { return }
            unwatch(folder)
            watchFolders(at: folder)
        }

        private mutating func unwatch(_ path: FilePath) {
            for watch in folders.removeAll(at: path) { inotify?.remove(watch) }
        }
    }
#endif
