import CConfine

/// What this kernel can keep a child process from.
package struct ConfinementSupport: Sendable, Hashable {
    /// The version of Landlock's interface, which keeps from files, TCP (4) and other processes' signals (6); nil where
    /// there is none.
    package var landlock: Int?
    /// Whether system calls can be filtered, which keeps from sockets.
    package var seccomp: Bool

    package init(landlock: Int?, seccomp: Bool) {
        self.landlock = landlock
        self.seccomp = seccomp
    }

    package static var ofThisKernel: ConfinementSupport {
        let version = Int(confine_landlock_version())
        return ConfinementSupport(landlock: version > 0 ? version : nil, seccomp: confine_has_seccomp())
    }

    /// What a child can do all the same, in a sentence for people; nil where it is kept from all that is not granted.
    package var gap: String? {
        switch (landlock, seccomp) {
        case (_?, true): nil
        case (nil, true):
            "this kernel has no Landlock: plugins' programs and converters can read your files, though not reach the network"
        case (_?, false):
            "this kernel filters no system calls: plugins' programs and converters can reach the network, though not read your files"
        case (nil, false):
            "this kernel has neither Landlock nor seccomp: plugins' programs and converters can do what you can"
        }
    }
}

/// This process as others see it.
package enum ProcessSeal {
    /// Lets no other process of this user read this one's memory, descriptors and environment, and no core file be written.
    package static func close() {
        confine_seal_process()
    }
}
