#if os(Linux)
    import Foundation
    import Glibc
    import Synchronization
    import SystemPackage
    import Testing

    @testable import Folders

    /// Folders that are really followed.
    @Suite(.serialized, .timeLimit(.minutes(1))) struct FolderWatchTests {
        /// What is told of a folder.
        struct Told {
            let folder: FolderFixture
            var changes: AsyncStream<FolderChange>.Iterator

            /// The next change.
            mutating func next() async throws -> FolderChange {
                try #require(await changes.next(isolation: #isolation))
            }

            /// Takes changes until all these paths were told, and says what was told beside them: on a busy machine
            /// also what was told before, once more.
            mutating func until(_ names: String...) async throws -> Set<String> {
                var told: Set<String> = []
                while !told.isSuperset(of: names) {
                    guard case .changed(let paths) = try await next() else { continue }
                    told.formUnion(paths.map { folder.name($0) })
                }
                return told.subtracting(names)
            }

            /// Takes changes until one of these is told, and says what was told before it.
            mutating func until(_ change: FolderChange) async throws -> [FolderChange] {
                var before: [FolderChange] = []
                while true {
                    let next = try await next()
                    if next == change { return before }
                    before.append(next)
                }
            }
        }

        private func follow(
            _ folder: FolderFixture, _ root: String = "root",
            _ selection: FolderSelection = FolderSelection(followsLinks: true), hooks: FolderWatch.Hooks = .init(),
            _ change: (inout FolderWatch.Timing) -> Void = { _ in }
        ) -> Told {
            var timing = FolderWatch.Timing()
            timing.quiet = .milliseconds(30)
            timing.absence = .milliseconds(30)
            change(&timing)
            let watch = FolderWatch(folder(root), selection, timing: timing, hooks: hooks)
            return Told(folder: folder, changes: watch.changes().makeAsyncIterator())
        }

        @Test func `what is made, written, renamed and removed is told`() async throws {
            let folder = try FolderFixture()
            try folder.write("root/old.md")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.write("root/new.md")
            #expect(try await told.until("root/new.md") == [])
            try folder.write("root/old.md", "changed")
            _ = try await told.until("root/old.md")
            try folder.rename("root/old.md", to: "root/renamed.md")
            _ = try await told.until("root/old.md", "root/renamed.md")
            try folder.remove("root/new.md")
            _ = try await told.until("root/new.md")
        }

        @Test func `a file that is kept open is told while it is written`() async throws {
            let folder = try FolderFixture()
            let path = try folder.write("root/log.txt")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            let file = try FileDescriptor.open(path, .writeOnly, options: .append)
            defer { try? file.close() }
            try file.writeAll("more\n".utf8)
            #expect(try await told.until("root/log.txt") == [])
        }

        @Test func `new folders are followed with all that was in them by then`() async throws {
            let folder = try FolderFixture()
            try folder.folder("root")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.write("root/a/b/c/one.md")
            _ = try await told.until("root/a")
            try folder.write("root/a/b/c/two.md")
            _ = try await told.until("root/a/b/c/two.md")
        }

        @Test func `a folder that is renamed is followed under its new name, one that is moved away no more`()
            async throws
        {
            let folder = try FolderFixture()
            try folder.write("root/a/b/one.md")
            try folder.write("root/away/b/one.md")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.rename("root/a", to: "root/z")
            #expect(try await told.until("root/a", "root/z") == [])
            try folder.write("root/z/b/two.md")
            #expect(try await told.until("root/z/b/two.md") == [])
            try folder.rename("root/away", to: "elsewhere")
            _ = try await told.until("root/away")
            try folder.write("elsewhere/b/one.md", "changed")
            try folder.write("root/last.md")
            #expect(try await told.until("root/last.md").isDisjoint(with: ["root/away/b/one.md", "root/away/b"]))
        }

        @Test func `links to folders are followed as they come and go`() async throws {
            let folder = try FolderFixture()
            try folder.write("outside/one.md")
            try folder.folder("root")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.link("root/link", to: "../outside")
            #expect(try await told.until("root/link") == [])
            try folder.write("outside/two.md")
            #expect(try await told.until("root/link/two.md") == [])
            try folder.remove("root/link")
            _ = try await told.until("root/link")
            try folder.write("outside/three.md")
            try folder.write("root/last.md")
            #expect(try await !told.until("root/last.md").contains("root/link/three.md"))
        }

        @Test func `hidden and ignored files are not told, and ignoring others is`() async throws {
            let folder = try FolderFixture()
            try folder.write("root/.gitignore", "*.log\n/build/\n")
            try folder.write("root/sub/.hidden/x.md")
            try folder.write("root/build/x.md")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.write("root/a.log")
            try folder.write("root/build/y.md")
            try folder.write("root/sub/.hidden/y.md")
            try folder.write("root/sub/.a.md.swp")
            try folder.write("root/b.md")
            #expect(try await told.until("root/b.md") == [])
            try folder.write("root/.gitignore", "*.log\n")
            _ = try await told.until("root")
            try folder.write("root/build/z.md")
            _ = try await told.until("root/build/z.md")
        }

        @Test func `a folder that goes is told, waited for, and followed again`() async throws {
            let folder = try FolderFixture()
            try folder.write("above/root/a.md")
            var told = follow(folder, "above/root")
            #expect(try await told.next() == .everything(.begun))
            try folder.remove("above/root")
            _ = try await told.until(.gone)
            try folder.write("above/root/b.md")
            #expect(try await told.next() == .everything(.cameBack))
            try folder.write("above/root/c.md")
            _ = try await told.until("above/root/c.md")

            // Also where only a folder above it is renamed.
            try folder.rename("above", to: "moved")
            _ = try await told.until(.gone)
            try folder.rename("moved", to: "above")
            #expect(try await told.next() == .everything(.cameBack))
        }

        @Test func `another folder in the place of the one that was followed is a new beginning`() async throws {
            let folder = try FolderFixture()
            try folder.write("root/a.md")
            try folder.write("other/b.md")
            var told = follow(folder)
            #expect(try await told.next() == .everything(.begun))
            try folder.rename("root", to: "old")
            try folder.rename("other", to: "root")
            _ = try await told.until(.everything(.cameBack))
            try folder.write("root/c.md")
            #expect(try await told.until("root/c.md") == [])
        }

        @Test(arguments: ["root", "above/root", "far/above/root"])
        func `a folder that is not there yet is waited for, and the system tells when it comes`(root: String)
            async throws
        {
            let folder = try FolderFixture()
            // Far longer than the test may take: nothing is looked for.
            var told = follow(folder, root) {
                $0.absence = .seconds(600)
                $0.rescan = .seconds(600)
            }
            #expect(try await told.next() == .gone)
            for name in root.split(separator: "/").indices {
                try folder.folder(root.split(separator: "/")[...name].joined(separator: "/"))
                // So that one comes after the other is watched.
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try await told.next() == .everything(.cameBack))
            try folder.write("\(root)/a.md")
            #expect(try await told.until("\(root)/a.md") == [])
        }

        @Test func `what is too deep is not told, and its folders take no watches`() async throws {
            let folder = try FolderFixture()
            try folder.write("root/a/b/c.md")
            let selection = FolderSelection(followsLinks: true, obeysIgnoreFiles: false, depth: 2)
            // Room for the folder itself and two in it.
            var told = follow(folder, "root", selection, hooks: FolderWatch.Hooks(watchLimit: 3))
            #expect(try await told.next() == .everything(.begun))
            try folder.write("root/a/b/d.md")
            try folder.write("root/new/deeper/e.md")
            #expect(try await told.until("root/new") == [])
            try folder.write("root/.gitignore", "*\n")
            try folder.write("root/new/f.md")
            #expect(try await told.until("root/new/f.md") == [])
        }

        @Test func `a folder that was too large is followed when it no longer is`() async throws {
            let folder = try FolderFixture()
            for name in ["a", "b"] { try folder.folder("root/\(name)") }
            var told = follow(folder, hooks: FolderWatch.Hooks(watchLimit: 2)) { $0.rescan = .milliseconds(30) }
            guard case .everything(.periodic) = try await told.next() else {
                Issue.record("something else was told")
                return
            }
            try folder.remove("root/b")
            _ = try await told.until(.everything(.begun))
            try folder.write("root/a/one.md")
            _ = try await told.until("root/a/one.md")
        }

        @Test func `where more happens than the kernel keeps, everything is to be looked at, and it goes on`()
            async throws
        {
            let folder = try FolderFixture()
            try folder.folder("root/sub")
            // Holds the reader up until the queue is over.
            let gate = DispatchSemaphore(value: 0)
            let isHeld = Atomic(true)
            var hooks = FolderWatch.Hooks()
            hooks.beforeReading = { if isHeld.load(ordering: .relaxed) { gate.wait() } }
            var told = follow(folder, hooks: hooks)
            #expect(try await told.next() == .everything(.begun))
            let limit = try #require(
                Int(
                    try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                        .trimmingCharacters(in: .whitespacesAndNewlines)))
            // One event each, since the kernel joins only what is the same as the last.
            let (a, b) = (folder("root/a"), folder("root/b"))
            try folder.write("root/a")
            for _ in 0...limit / 2 {
                unsafe rename(a.string, b.string)
                unsafe rename(b.string, a.string)
            }
            isHeld.store(false, ordering: .relaxed)
            gate.signal()
            _ = try await told.until(.everything(.tooMuch))
            try folder.write("root/sub/last.md")
            _ = try await told.until("root/sub/last.md")
        }

        @Test func `where there are no more watches it says so and asks to look again from time to time`() async throws
        {
            let folder = try FolderFixture()
            for name in ["a", "b", "c"] { try folder.folder("root/\(name)") }
            var told = follow(folder, hooks: FolderWatch.Hooks(watchLimit: 4)) { $0.rescan = .milliseconds(30) }
            #expect(try await told.next() == .everything(.begun))
            try folder.folder("root/d")
            for _ in 0..<3 {
                guard case .everything(.periodic(let reason)) = try await told.next() else {
                    Issue.record("something else was told")
                    return
                }
                #expect(reason.contains("max_user_watches"))
            }
        }

        @Test func `one who takes changes slowly is told that there were more`() async throws {
            let folder = try FolderFixture()
            for name in ["a", "b", "c"] { try folder.folder("root/\(name)") }
            var told = follow(folder, hooks: FolderWatch.Hooks(watchLimit: 1)) { $0.rescan = .milliseconds(1) }
            // Far more are told meanwhile than there is room for, also on a busy machine.
            try await Task.sleep(for: .seconds(3))
            let before = try await told.until(.everything(.tooMuch))
            #expect(!before.isEmpty && before.count < 400)
            #expect(!before.contains(.gone))
        }

        @Test func `nothing stays open when nobody listens any more`() async throws {
            let folder = try FolderFixture()
            try folder.folder("root")
            do {
                var told = follow(folder)
                #expect(try await told.next() == .everything(.begun))
                #expect(try Self.openQueues() == 1)
            }
            while try Self.openQueues() > 0 { try await Task.sleep(for: .milliseconds(5)) }
            let waiting = Task { [folder] in
                var told = follow(folder)
                while await told.changes.next(isolation: #isolation) != nil {}
            }
            while try Self.openQueues() == 0 { try await Task.sleep(for: .milliseconds(5)) }
            waiting.cancel()
            await waiting.value
            while try Self.openQueues() > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }

        /// How many inotify queues this process has open.
        private static func openQueues() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)"))?
                    .contains("inotify") == true
            }
        }
    }

    @Suite struct InotifyEventTests {
        @Test func `events are read as the kernel packs them`() {
            func word(_ value: UInt32) -> [UInt8] { unsafe withUnsafeBytes(of: value) { unsafe Array($0) } }
            let first =
                word(7) + word(0x100) + word(0) + word(16) + Array("name".utf8) + [UInt8](repeating: 0, count: 12)
            let second = word(UInt32(bitPattern: -1)) + word(0x4000) + word(0) + word(0)
            let bytes = [9] + first + second + [1, 2, 3]
            #expect(
                InotifyEvent.parse(bytes[1...]) == [
                    InotifyEvent(watch: Inotify.Watch(number: 7), mask: 0x100, name: Array("name".utf8)),
                    InotifyEvent(watch: Inotify.Watch(number: -1), mask: 0x4000, name: []),
                ])
        }
    }
#endif
