import Foundation

/// What keeps a file or folder from being written, in plain words.
package enum StorageProblem {
    /// - Parameters:
    ///   - number: of the system (errno).
    ///   - path: what was to be written.
    package static func sentence(_ number: CInt, path: String) -> String {
        switch number {
        case EROFS: "\(path) is on a read-only file system"
        case ENOSPC, EDQUOT: "the disk that holds \(path) is full"
        case EACCES, EPERM: "this user may not write \(path)"
        case ENOTDIR, EEXIST: "\(path) is no folder, or a part of its path is none"
        case ENAMETOOLONG: "\(path) is too long for a path"
        default: "\(path) cannot be written: \(unsafe String(cString: strerror(number)))"
        }
    }

    /// Whether nothing more can be written on the disk that holds a path.
    package static func isDiskFull(at path: String) -> Bool {
        var status = statvfs()
        return unsafe statvfs(path, &status) == 0 && status.f_blocks > 0
            && (status.f_bavail == 0 || status.f_favail == 0)
    }
}
