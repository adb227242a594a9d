#if os(Linux)
    import SystemPackage

    /// Which watch is of which folder.
    struct WatchedFolders {
        private var paths: [Inotify.Watch: FilePath] = [:]
        private var watches: [FilePath: Inotify.Watch] = [:]
        /// Of the folders above the root.
        private var above: Set<Inotify.Watch> = []

        var count: Int { paths.count }

        subscript(watch: Inotify.Watch) -> FilePath? { paths[watch] }

        func isAbove(_ watch: Inotify.Watch) -> Bool { above.contains(watch) }

        func contains(_ path: FilePath) -> Bool { watches[path] != nil }

        mutating func addAbove(_ watch: Inotify.Watch) { above.insert(watch) }

        mutating func add(_ watch: Inotify.Watch, _ path: FilePath) {
            // The same folder under another name, or another folder under the same.
            if let before = paths[watch], before != path { watches[before] = nil }
            if let before = watches[path], before != watch { paths[before] = nil }
            paths[watch] = path
            watches[path] = watch
        }

        mutating func forget(_ watch: Inotify.Watch) {
            above.remove(watch)
            guard let path = paths.removeValue(forKey: watch) else { return }
            if watches[path] == watch { watches[path] = nil }
        }

        /// Forgets the folders at and under a path.
        ///
        /// - Returns: their watches.
        mutating func removeAll(at path: FilePath) -> [Inotify.Watch] {
            // What is not watched has nothing under it that is: looking through all would make removing many slow.
            guard contains(path) else { return [] }
            let removed = paths.filter { $0.value.starts(with: path) }.map(\.key)
            for watch in removed { forget(watch) }
            return removed
        }
    }
#endif
