import Foundation
import Ownership
import Testing

struct OwnFolderTests {
    /// The error of opening a folder; a folder that opens is closed again.
    private func failure(_ path: String) -> OwnershipError? {
        do throws(OwnershipError) {
            _ = try OwnFolder.open(path, as: "the home")
            return nil
        } catch {
            return error
        }
    }

    @Test func `a folder that is missing is made for its owner alone, with those above it`() throws {
        try withFolder { folder in
            #expect(failure("\(folder)/a/home") == nil)
            let modes = [try mode("\(folder)/a/home"), try mode("\(folder)/a")]
            #expect(modes == [0o700, 0o700])
        }
    }

    @Test(arguments: [0o755, 0o775, 0o777])
    func `a folder of one's own that others may read or write is closed to them`(before: Int) throws {
        try withFolder { folder in
            try makeFolder("\(folder)/home", mode: before)
            try write("x", to: "\(folder)/home/notes", mode: 0o644)
            #expect(failure("\(folder)/home") == nil)
            #expect(try mode("\(folder)/home") == 0o700)
            #expect(try mode("\(folder)/home/notes") == 0o644)
        }
    }

    @Test func `a folder that everybody keeps files in is refused, and stays as it is`() throws {
        try withFolder { folder in
            try makeFolder("\(folder)/home", mode: 0o1777)
            let error = try #require(failure("\(folder)/home"))
            #expect(error.code == .open && error.message.contains("\(folder)/home is shared"))
            #expect(try mode("\(folder)/home") == 0o1777)
        }
    }

    @Test(
        .enabled(if: isRoot),
        arguments: [0o777, 0o755])
    func `a folder with another user's files is refused by their names, and stays as it is`(before: Int) throws {
        try withFolder { folder in
            try makeFolder("\(folder)/home", mode: before)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/home/squired.lock", withDestinationPath: "\(folder)/victim")
            try giveAway("\(folder)/home/squired.lock")
            let error = try #require(failure("\(folder)/home"))
            #expect(error.message.contains("squired.lock in it belongs to nobody (65534)"))
            #expect(try mode("\(folder)/home") == before)
        }
    }

    @Test(.enabled(if: isRoot))
    func `another user's folder is refused by that user's name`() throws {
        try withFolder { folder in
            try makeFolder("\(folder)/home", mode: 0o700)
            try giveAway("\(folder)/home")
            #expect(failure("\(folder)/home")?.code == .foreign)
            #expect(failure("\(folder)/home")?.message.contains("belongs to nobody (65534)") == true)
        }
    }

    @Test func `a folder in one that everybody may write is refused`() throws {
        try withFolder { folder in
            try makeFolder("\(folder)/open", mode: 0o777)
            try makeFolder("\(folder)/open/between", mode: 0o755)
            let error = try #require(failure("\(folder)/open/between/home"))
            #expect(error.code == .open && error.message.contains("\(folder)/open can be written by other users"))
        }
    }

    @Test(arguments: ["/", "/usr", "/root", "/tmp"])
    func `folders that hold programs, or all that is the user's, are refused`(path: String) throws {
        try #require(FileManager.default.fileExists(atPath: path))
        let before = try mode(path)
        // One that is closed to others already, as /root often is, need not be changed.
        if before & 0o077 != 0 { #expect(failure(path) != nil) }
        #expect(try mode(path) == before)
    }

    @Test func `a link of one's own leads to the folder, and one of another user's is refused`() throws {
        try withFolder { folder in
            try makeFolder("\(folder)/real", mode: 0o700)
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/home", withDestinationPath: "\(folder)/real")
            #expect(failure("\(folder)/home") == nil)
            guard isRoot else { return }
            try giveAway("\(folder)/home")
            #expect(failure("\(folder)/home")?.code == .foreign)
        }
    }

    @Test func `a file is opened for its owner alone, and no link, hard link, pipe or folder in its place is`() throws {
        try withFolder { folder in
            try write("precious\n", to: "\(folder)/victim")
            let home = try OwnFolder.open("\(folder)/home", as: "the home")
            close(try home.openFile("new"))
            #expect(try mode("\(folder)/home/new") == 0o600)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/home/link", withDestinationPath: "\(folder)/victim")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/home/dangling", withDestinationPath: "\(folder)/nothing")
            try FileManager.default.linkItem(atPath: "\(folder)/victim", toPath: "\(folder)/home/hard")
            try makeFolder("\(folder)/home/folder", mode: 0o700)
            try #require(unsafe mkfifo("\(folder)/home/pipe", 0o600) == 0)
            let expected: [(String, OwnershipError.Code)] = [
                ("link", .link), ("dangling", .link), ("hard", .link), ("folder", .kind), ("pipe", .kind),
            ]
            for (name, code) in expected {
                do throws(OwnershipError) {
                    close(try home.openFile(name))
                    Issue.record("\(name) was opened")
                } catch {
                    #expect(error.code == code && error.message.contains("\(home.path)/\(name)"))
                }
            }
            #expect(try String(contentsOfFile: "\(folder)/victim", encoding: .utf8) == "precious\n")
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/nothing"))
        }
    }

    @Test(.enabled(if: isRoot))
    func `a file of another user is refused by that user's name`() throws {
        try withFolder { folder in
            let home = try OwnFolder.open("\(folder)/home", as: "the home")
            try write("x", to: "\(folder)/home/squire.db", mode: 0o666)
            try giveAway("\(folder)/home/squire.db")
            let error = #expect(throws: OwnershipError.self) { try home.check(file: "squire.db") }
            #expect(error?.message.contains("squire.db belongs to nobody (65534)") == true)
        }
    }
}
