#if os(Linux)
    import SystemPackage

    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif

    /// The kernel's queue of what happens in folders (inotify(7)).
    struct Inotify: ~Copyable {
        /// A folder that is watched.
        struct Watch: Hashable {
            let number: Int32
        }

        private let descriptor: CInt
        private var buffer = [UInt8](repeating: 0, count: 64 << 10)

        init() throws(Errno) {
            descriptor = inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
            guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        }

        deinit { close(descriptor) }

        /// Watches what happens in a folder.
        ///
        /// - Throws: `noSpace` where the user may have no more watches.
        func watch(_ folder: FilePath) throws(Errno) -> Watch {
            // Not IN_CLOSE_WRITE alone: what writes a log never closes it.
            let mask =
                IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
                | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK
            return try add(folder, UInt32(mask))
        }

        /// Watches only what comes into a folder, and whether it is itself renamed or removed.
        func watchComing(_ folder: FilePath) throws(Errno) -> Watch {
            try add(folder, UInt32(IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR))
        }

        /// Watches only whether a folder itself is renamed or removed.
        func watchItself(_ folder: FilePath) throws(Errno) -> Watch {
            try add(folder, UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD))
        }

        private func add(_ folder: FilePath, _ mask: UInt32) throws(Errno) -> Watch {
            let number = unsafe folder.withPlatformString { unsafe inotify_add_watch(descriptor, $0, mask) }
            guard number >= 0 else { throw Errno(rawValue: errno) }
            return Watch(number: number)
        }

        func remove(_ watch: Watch) {
            // It fails where the folder is gone, and with it the watch.
            inotify_rm_watch(descriptor, watch.number)
        }

        /// Waits until there are events, `bell` rings, or the time is over.
        func wait(_ bell: Bell, for timeout: Duration?) {
            bell.wait(or: descriptor, for: timeout)
        }

        /// The events that are there, at most a buffer full; empty where there are none.
        mutating func events() -> [InotifyEvent] {
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress, buffer.count)
            }
            return count > 0 ? InotifyEvent.parse(buffer[..<count]) : []
        }
    }

    /// `struct inotify_event`.
    struct InotifyEvent: Equatable {
        let watch: Inotify.Watch
        let mask: UInt32
        /// Of what is in the folder; empty where it is about the folder itself.
        let name: [UInt8]

        func isAny(of bits: Int32...) -> Bool {
            bits.contains { mask & UInt32(bitPattern: $0) != 0 }
        }

        /// Reads events as the kernel packs them: three words, the length of the name, the name with zeros behind it.
        static func parse(_ bytes: ArraySlice<UInt8>) -> [InotifyEvent] {
            let header = 16
            var events: [InotifyEvent] = []
            var rest = bytes
            while rest.count >= header {
                let words = unsafe rest.withUnsafeBytes { bytes in
                    (0..<4).map { unsafe bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) }
                }
                let name = rest.dropFirst(header).prefix(Int(words[3]))
                events.append(
                    InotifyEvent(
                        watch: Inotify.Watch(number: Int32(bitPattern: words[0])), mask: words[1],
                        name: Array(name.prefix { $0 != 0 })))
                rest = rest.dropFirst(header + Int(words[3]))
            }
            return events
        }
    }

    /// Wakes a thread that waits for a descriptor: a pipe, which can be read once it rings.
    final class Bell: Sendable {
        private let descriptor: CInt
        private let other: CInt

        init() throws(Errno) {
            var ends: [CInt] = [-1, -1]
            guard unsafe pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            (descriptor, other) = (ends[0], ends[1])
        }

        deinit {
            close(descriptor)
            close(other)
        }

        /// It goes on ringing.
        func ring() {
            var byte: UInt8 = 0
            // It fails where it has rung so often that the pipe is full.
            _ = unsafe write(other, &byte, 1)
        }

        var hasRung: Bool {
            var pollDescriptor = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&pollDescriptor, 1, 0) > 0
        }

        /// Waits until it rings, `other` can be read, or the time is over.
        func wait(or other: CInt? = nil, for timeout: Duration?) {
            // A negative descriptor is left out.
            var descriptors = [descriptor, other ?? -1].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // Rounded up, so that the time is over afterwards.
            let milliseconds = timeout.map { max(0, Int32(clamping: Int(($0 / .milliseconds(1)).rounded(.up)))) } ?? -1
            _ = unsafe poll(&descriptors, 2, milliseconds)
        }
    }
#endif
