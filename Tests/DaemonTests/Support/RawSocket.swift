import Foundation
import Synchronization

/// A Unix socket that is spoken to by hand, for what a well-behaved client does not do.
final class RawSocket {
    private let descriptor: CInt

    init(connectingTo path: String) throws {
        descriptor = try Self.make()
        try unsafe Self.with(path) { address, size in
            guard unsafe connect(descriptor, address, size) == 0 else { throw Self.failure("connect") }
        }
    }

    init(listeningOn path: String) throws {
        descriptor = try Self.make()
        try unsafe Self.with(path) { address, size in
            guard unsafe bind(descriptor, address, size) == 0, listen(descriptor, 8) == 0 else {
                throw Self.failure("listen")
            }
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        let sent = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        guard sent == bytes.count else { throw Self.failure("write") }
    }

    /// Reads until `text` has come.
    func read(until text: String) throws -> String {
        var received: [UInt8] = []
        while true {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
            }
            guard count > 0 else { throw Self.failure("read") }
            received += buffer[..<count]
            let whole = String(decoding: received, as: UTF8.self)
            if whole.contains(text) { return whole }
        }
    }

    private static func make() throws -> CInt {
        #if os(Linux)
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw failure("socket") }
        return descriptor
    }

    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        try unsafe withUnsafePointer(to: &address) { pointer in
            try unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ verb: String) -> Failure {
        Failure(description: "could not \(verb): \(unsafe String(cString: strerror(errno)))")
    }
}
