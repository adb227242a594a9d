import Foundation
import Synchronization
import SystemPackage
import Testing

@testable import Retrieval

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(1)))
struct DocumentReaderFileTests {
    @Test func `a file is read with its lines`() async throws {
        try await withFolder { folder in
            let path = folder.appending("a.txt")
            try write("one\ntwo\n\n\nthree\n".utf8, to: path)
            let document = try await DocumentReader().read(path)
            #expect(document.texts == ["one\ntwo", "three"])
            #expect(document.blocks.map(\.location) == [.lines(1...2), .lines(5...5)])
        }
    }

    @Test func `a file whose name is not UTF-8 is read`() async throws {
        try await withFolder { folder in
            let path = FilePath("\(folder)/caf").bytes + [0xE9, 0xFF] + Array(".txt".utf8)
            let file = path.asFilePath
            try write("inside".utf8, to: file)
            #expect(try await DocumentReader().read(file).text == "inside")
        }
    }

    @Test func `a symbolic link is followed, a circle of them refused`() async throws {
        try await withFolder { folder in
            try write("inside".utf8, to: folder.appending("a.txt"))
            try link("a.txt", at: folder.appending("b.txt"))
            #expect(try await DocumentReader().read(folder.appending("b.txt")).text == "inside")
            try link("d.txt", at: folder.appending("c.txt"))
            try link("c.txt", at: folder.appending("d.txt"))
            let error = try await failure { try await DocumentReader().read(folder.appending("c.txt")) }
            #expect(error?.code == .unreadable)
            #expect(error?.message.contains("cycle") == true)
        }
    }

    @Test func `a FIFO, a folder, a socket and a device are refused at once`() async throws {
        try await withFolder { folder in
            let fifo = folder.appending("fifo.txt")
            #expect(unsafe mkfifo(fifo.string, 0o600) == 0)
            for (path, word) in [(fifo, "FIFO"), (folder, "folder"), (FilePath("/dev/zero"), "device")] {
                let error = try await failure { try await DocumentReader().read(path) }
                #expect(error?.code == .unsupported)
                #expect(error?.message.contains(word) == true)
            }
        }
    }

    @Test func `a file that is missing or may not be read is named with its reason`() async throws {
        try await withFolder { folder in
            let path = folder.appending("none.txt")
            let error = try await failure { try await DocumentReader().read(path) }
            #expect(error?.code == .unreadable)
            #expect(error?.message.contains("\(path) cannot be read: there is no such file") == true)
        }
    }

    @Test func `a file over the limit is refused before it is read`() async throws {
        try await withFolder { folder in
            let path = folder.appending("big.txt")
            try write([], to: path)
            // Without room on the disk for it.
            #expect(unsafe truncate(path.string, 1 << 40) == 0)
            let error = try await failure { try await DocumentReader().read(path) }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test func `a file that changes while it is read is read again`() async throws {
        try await withFolder { folder in
            let path = folder.appending("a.txt")
            try write("before".utf8, to: path)
            let count = Mutex(0)
            var reader = DocumentReader()
            reader.hooks.didRead = { path in
                let count = count.withLock { count in
                    count += 1
                    return count
                }
                if count == 1 { try? write("afterwards".utf8, to: path) }
            }
            #expect(try await reader.read(path).text == "afterwards")
        }
    }

    @Test func `a file that does not stop changing is refused`() async throws {
        try await withFolder { folder in
            let path = folder.appending("a.txt")
            try write("0".utf8, to: path)
            var reader = DocumentReader()
            reader.hooks.didRead = { path in
                guard let file = try? FileDescriptor.open(path, .writeOnly, options: [.append]) else { return }
                _ = try? file.closeAfter { try file.writeAll("more".utf8) }
            }
            let error = try await failure { try await reader.read(path) }
            #expect(error?.code == .unreadable)
            #expect(error?.message.contains("it changed twice while it was read") == true)
        }
    }

    @Test func `a file of the kernel's, which says it is empty, is read`() async throws {
        #expect(try await DocumentReader().read(FilePath("/proc/self/status")).text.contains("Name:"))
    }

    @Test func `text over the limit is cut, and the document says so`() async throws {
        let document = try await read("été one\n\ntwo", as: "a.txt", limits: ReadLimits(characters: 5))
        #expect(document.text == "été o")
        #expect(document.omission?.contains("too long") == true)
        #expect(document.isSound)
    }

    private func link(_ target: String, at path: FilePath) throws {
        try FileManager.default.createSymbolicLink(atPath: path.string, withDestinationPath: target)
    }
}

extension FilePath {
    fileprivate var bytes: [UInt8] { unsafe withPlatformString { unsafe Array(String(cString: $0).utf8) } }
}

extension [UInt8] {
    fileprivate var asFilePath: FilePath {
        unsafe (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe FilePath(platformString: $0) } ?? FilePath("")
        }
    }
}
