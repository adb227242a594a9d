import Foundation

/// A folder of this user alone, held open: what is in it is opened and looked at by this descriptor, and not by its path.
package struct OwnFolder: ~Copyable {
    /// Without symbolic links.
    package let path: String
    private let descriptor: CInt

    /// Opens a folder, made where it is missing, and closes it to everybody else.
    ///
    /// Its mode is changed only where it is this user's and no one else's things are in it. A folder that is shared is left
    /// as it is and refused.
    ///
    /// - Parameter what: what it is, for messages: `the home`.
    /// - Throws: `foreign`, `open`, `kind`, `failed`.
    package static func open(_ path: String, as what: String) throws(OwnershipError) -> OwnFolder {
        if let facts = FileFacts(at: path), facts.isLink {
            guard facts.isOwnOrRoot else {
                throw OwnershipError(
                    .foreign,
                    "\(what) \(path) is a symbolic link that \(User.name(facts.owner)) made; remove it, or choose another folder"
                )
            }
            try FolderTrust.check(
                URL(fileURLWithPath: path).deletingLastPathComponent().path, holding: "\(what) \(path)")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw OwnershipError(
                .failed, "\(what) \(path) cannot be made: \(error.localizedDescription); choose another folder")
        }
        // A link of one's own may lead to where there is room; what counts is the folder that it leads to.
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        try FolderTrust.check(URL(fileURLWithPath: real).deletingLastPathComponent().path, holding: "\(what) \(path)")
        let descriptor = unsafe Foundation.open(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed("open", real, errno) }
        let folder = OwnFolder(path: real, descriptor: descriptor)
        guard let facts = FileFacts(descriptor: descriptor) else { throw .failed("look at", real, errno) }
        guard facts.isOwn else {
            throw OwnershipError(
                .foreign,
                "\(what) \(real) belongs to \(User.name(facts.owner)), and not to \(User.name(User.own)); choose a folder of your own"
            )
        }
        guard facts.mode & 0o077 != 0 else { return folder }
        if let reason = folder.sharing(facts) {
            throw OwnershipError(
                .open,
                "\(what) \(real) is shared: \(reason). It stays as it is; choose a folder for Squire alone, such as \(real == "/" ? "" : real)/squire"
            )
        }
        guard fchmod(descriptor, 0o700) == 0 else { throw .failed("protect", real, errno) }
        return folder
    }

    private init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Why the folder cannot be closed to others without taking something from them; nil where it can.
    private borrowing func sharing(_ facts: FileFacts) -> String? {
        if facts.isSticky, facts.mode & 0o022 != 0 { return "everybody keeps files in it, as in /tmp" }
        for name in names() {
            guard let entry = self.facts(of: name), !entry.isOwnOrRoot else { continue }
            return "\(name) in it belongs to \(User.name(entry.owner))"
        }
        // Closing these would take from this user's other programs, or from everybody's.
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path
        // `/` and what lies right in it is the system's.
        if !path.dropFirst().contains("/") { return "it is one of the system's own folders" }
        if program?.hasPrefix(path + "/") == true { return "programs are in it" }
        if let own = User.folder, own == path || own.hasPrefix(path + "/") { return "all that is yours is in it" }
        return nil
    }

    /// What is in it, but for `.` and `..`; empty where it cannot be listed.
    package borrowing func names() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    /// What stands at a name; nil where nothing does.
    package borrowing func facts(of name: String) -> FileFacts? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileFacts(status)
    }

    /// Checks a file that may be there: it must be this user's own, a file, and no link.
    ///
    /// - Throws: `foreign`, `link`, `kind`.
    package borrowing func check(file name: String) throws(OwnershipError) {
        guard let facts = facts(of: name) else { return }
        if let problem = facts.problem(at: "\(path)/\(name)") { throw problem }
    }

    /// Opens a file for reading and writing, made where it is missing, for this user alone.
    ///
    /// - Parameter flags: more of open(2)'s.
    /// - Returns: a descriptor, which is the caller's to close and is closed in children.
    /// - Throws: `foreign`, `link`, `kind`, `failed`.
    package borrowing func openFile(_ name: String, flags: CInt = 0) throws(OwnershipError) -> CInt {
        let whole = "\(path)/\(name)"
        try check(file: name)
        // Not blocking: where a pipe was put there meanwhile, opening it would wait for its other end.
        let file = unsafe openat(
            descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | flags, 0o600 as mode_t)
        guard file >= 0 else {
            if errno == ELOOP { throw OwnershipError.link(whole) }
            throw .failed("open", whole, errno)
        }
        do {
            guard let facts = FileFacts(descriptor: file) else { throw OwnershipError.failed("look at", whole, errno) }
            if let problem = facts.problem(at: whole) { throw problem }
            if facts.mode & 0o077 != 0, fchmod(file, 0o600) != 0 {
                throw OwnershipError.failed("protect", whole, errno)
            }
        } catch {
            close(file)
            // Nothing else is thrown above.
            throw error as? OwnershipError ?? .failed("open", whole, EINVAL)
        }
        return file
    }
}
