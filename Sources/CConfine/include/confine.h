// What a process may be kept from on this kernel, and how it is kept from it. Linux only, but for the limits; elsewhere the
// functions say that there is nothing of the kind.
#ifndef SQUIRE_CONFINE_H
#define SQUIRE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What may be done in a place of the file system.
enum confine_access {
    /// Read files and list folders.
    CONFINE_READ = 1,
    /// Run programs.
    CONFINE_RUN = 2,
    /// Write, make and remove files, folders, sockets and links.
    CONFINE_WRITE = 4,
};

/// Which sockets may be used.
enum confine_network {
    /// None at all.
    CONFINE_NETWORK_NONE,
    /// Unix sockets, which may be listened on and not connected from.
    CONFINE_NETWORK_LOCAL,
    CONFINE_NETWORK_ANY,
};

/// The version of Landlock's interface in this kernel (landlock(7)); 0 where it is missing or off.
int confine_landlock_version(void);

/// Whether system calls can be filtered (seccomp(2)) on this kernel and processor.
bool confine_has_seccomp(void);

/// Lets no other process of this user look into this one (ptrace, /proc/PID/mem, core files). A program that is run in its
/// place is open again: children get only the limit of core files.
void confine_seal_process(void);

/// Rules of Landlock that are being put together.
struct confine_rules {
    int version;
    int descriptor;
    const char *const *protected_paths;
    size_t protected_count;
};

/// - Parameter protected_paths: within which `confine_allow` grants nothing; must outlive the rules.
/// - Returns: 0, or -1 with errno. Where `version` is 0 the rules do nothing.
int confine_begin(struct confine_rules *rules, int version, enum confine_network network,
                  const char *const *protected_paths, size_t protected_count);

/// Grants access to a file, or a folder and all in it, but for what is protected: of a folder that holds a protected place,
/// each entry is granted that is not on the way there. What does not exist is passed over.
///
/// - Parameter even_protected: grants it as it is.
/// - Returns: 0, or -1 with errno.
int confine_allow(struct confine_rules *rules, const char *path, unsigned access, bool even_protected);

/// Grants what every program needs: the system's programs and libraries, its public settings, `/proc` and the harmless
/// devices.
int confine_allow_system(struct confine_rules *rules);

/// Holds this process and all its children to the rules from now on. `no_new_privs` must be set.
int confine_enforce(struct confine_rules *rules);

/// Filters system calls: sockets by `network`, and what a program that serves or converts has no need of (tracing, mounting,
/// io_uring, keys, kernel modules). `no_new_privs` must be set.
int confine_filter_calls(enum confine_network network);

#endif
