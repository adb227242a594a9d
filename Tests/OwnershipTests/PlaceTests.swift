import Foundation
import Ownership
import Testing

struct SecretFileTests {
    @Test func `a file that others may write, or that another user owns, is not read`() throws {
        try withFolder { folder in
            let path = "\(folder)/config.yaml"
            try write("a: 1", to: path, mode: 0o644)
            #expect(try SecretFile.read(path, as: "the configuration")?.bytes == Data("a: 1".utf8))
            for mode in [0o666, 0o646, 0o664, 0o620] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                let error = #expect(throws: OwnershipError.self) { try SecretFile.read(path, as: "the configuration") }
                #expect(error?.message.contains("chmod go-w \(path)") == true)
            }
            guard isRoot else { return }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try giveAway(path)
            let error = #expect(throws: OwnershipError.self) { try SecretFile.read(path, as: "the configuration") }
            #expect(error?.code == .foreign)
        }
    }

    @Test func `a link to a file is followed, and the file it leads to is what counts`() throws {
        try withFolder { folder in
            try write("a: 1", to: "\(folder)/real", mode: 0o666)
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "\(folder)/real")
            #expect(throws: OwnershipError.self) { try SecretFile.read("\(folder)/link", as: "the configuration") }
        }
    }

    @Test func `a file in a folder that everybody may write is not read, and a missing one is none`() throws {
        try withFolder { folder in
            #expect(try SecretFile.read("\(folder)/none", as: "the configuration") == nil)
            try makeFolder("\(folder)/open", mode: 0o777)
            try write("a: 1", to: "\(folder)/open/config.yaml")
            #expect(throws: OwnershipError.self) {
                try SecretFile.read("\(folder)/open/config.yaml", as: "the configuration")
            }
        }
    }
}

struct SocketPlaceTests {
    @Test(arguments: ["file", "folder", "pipe", "link", "link to a socket", "dangling link"])
    func `what is at a socket's place and is no socket is refused and stays`(kind: String) throws {
        try withFolder { folder in
            let path = "\(folder)/s"
            let other = try BoundSocket("\(folder)/other")
            switch kind {
            case "file": try write("precious", to: path)
            case "folder": try makeFolder(path, mode: 0o700)
            case "pipe": try #require(unsafe mkfifo(path, 0o600) == 0)
            default:
                try write("x", to: "\(folder)/file")
                let target = ["link": "file", "link to a socket": "other"][kind] ?? "nothing"
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder)/\(target)")
            }
            let error = #expect(throws: OwnershipError.self) { try SocketPlace.check(path) }
            #expect(error?.message.contains(path) == true)
            #expect(FileFacts(at: path) != nil)
            _ = consume other
        }
    }

    @Test(.enabled(if: isRoot))
    func `a socket of another user is refused by that user's name, whoever listens`() throws {
        try withFolder { folder in
            let socket = try BoundSocket("\(folder)/s")
            try giveAway("\(folder)/s")
            let error = #expect(throws: OwnershipError.self) { try SocketPlace.check("\(folder)/s") }
            #expect(error?.message.contains("another process, which nobody (65534) runs") == true)
            _ = consume socket
        }
    }

    @Test(arguments: [(0o777, false), (0o1777, true)])
    func `a folder that everybody may write holds no socket, unless it is sticky`(folder: (mode: Int, isFit: Bool))
        throws
    {
        try withFolder { top in
            try makeFolder("\(top)/open", mode: folder.mode)
            let isFit = (try? SocketPlace.checkFolder(of: "\(top)/open/s")) != nil
            #expect(isFit == folder.isFit)
        }
    }

    @Test func `a socket is moved to its place closed to others, and takes nobody's place`() throws {
        try withFolder { folder in
            let waiting = try SocketPlace.Waiting(beside: "\(folder)/s")
            let socket = try BoundSocket(waiting.socket)
            let facts = try waiting.settle()
            #expect(try mode("\(folder)/s") == 0o600)
            #expect(SocketPlace.answers("\(folder)/s"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["s"])

            let second = try SocketPlace.Waiting(beside: "\(folder)/s")
            let late = try BoundSocket(second.socket)
            #expect(throws: OwnershipError.self) { try second.settle() }
            #expect(FileFacts(at: "\(folder)/s")?.isSame(as: facts) == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["s"])
            SocketPlace.remove("\(folder)/s", madeAs: facts)
            #expect(FileFacts(at: "\(folder)/s") == nil)
            _ = consume socket
            _ = consume late
        }
    }
}

struct RuntimeFolderTests {
    @Test func `the folder is made for its owner alone, and emptied by the next one`() throws {
        try withFolder { folder in
            let first = try RuntimeFolder.make(at: ["\(folder)/servers"], otherwise: "\(folder)/other-")
            #expect(first.path == "\(folder)/servers")
            #expect(try mode(first.path) == 0o700)
            try write("x", to: "\(first.path)/left")
            let second = try RuntimeFolder.make(at: ["\(folder)/servers"], otherwise: "\(folder)/other-")
            #expect(second.path == first.path)
            #expect(!FileManager.default.fileExists(atPath: "\(first.path)/left"))
            second.remove()
            #expect(!FileManager.default.fileExists(atPath: first.path))
        }
    }

    @Test(arguments: ["folder", "link", "file", "foreign"])
    func `a folder, link or file that somebody else put there stays, and another name is taken`(kind: String) throws {
        try withFolder { folder in
            let place = "\(folder)/servers"
            try makeFolder("\(folder)/elsewhere", mode: 0o700)
            try write("thesis", to: "\(folder)/elsewhere/precious")
            switch kind {
            case "link":
                try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: "\(folder)/elsewhere")
            case "file": try write("x", to: place)
            default:
                try makeFolder(place, mode: 0o777)
                try write("thesis", to: "\(place)/precious")
                if kind == "foreign", isRoot { try giveAway(place) }
            }
            let made = try RuntimeFolder.make(at: [place], otherwise: "\(folder)/other-")
            #expect(made.path.hasPrefix("\(folder)/other-"))
            #expect(FileFacts(at: place) != nil)
            #expect(FileManager.default.fileExists(atPath: "\(folder)/elsewhere/precious"))
            if kind == "folder" { #expect(FileManager.default.fileExists(atPath: "\(place)/precious")) }
        }
    }

    @Test func `links in a folder that is emptied are removed and not followed`() throws {
        try withFolder { folder in
            let made = try RuntimeFolder.make(at: ["\(folder)/servers"], otherwise: "\(folder)/other-")
            try makeFolder("\(folder)/mine", mode: 0o700)
            try write("x", to: "\(folder)/mine/keep")
            try FileManager.default.createSymbolicLink(
                atPath: "\(made.path)/link", withDestinationPath: "\(folder)/mine")
            made.remove()
            #expect(FileManager.default.fileExists(atPath: "\(folder)/mine/keep"))
        }
    }
}
