// Landlock by its system calls: glibc has no functions for them, and headers are older than kernels.
// Numbers and structures: landlock(7), include/uapi/linux/landlock.h.
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>

#ifdef __linux__
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    CALL_CREATE_RULESET = 444,
    CALL_ADD_RULE = 445,
    CALL_RESTRICT_SELF = 446,
    CREATE_RULESET_VERSION = 1,
    RULE_PATH_BENEATH = 1,
};

#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REMOVE_DIR (1ULL << 4)
#define FS_REMOVE_FILE (1ULL << 5)
#define FS_MAKE_DIR (1ULL << 7)
#define FS_MAKE_REG (1ULL << 8)
#define FS_MAKE_SOCK (1ULL << 9)
#define FS_MAKE_FIFO (1ULL << 10)
#define FS_MAKE_SYM (1ULL << 12)
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)

#define NET_BIND_TCP (1ULL << 0)
#define NET_CONNECT_TCP (1ULL << 1)

#define SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define SCOPE_SIGNAL (1ULL << 1)

struct ruleset_attribute {
    uint64_t handled_fs;
    uint64_t handled_net;
    uint64_t scoped;
};

struct path_rule {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

int confine_landlock_version(void) {
    long version = syscall(CALL_CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

// All rights that a version knows: what is not handled is not restricted.
static uint64_t handled_rights(int version) {
    uint64_t rights = (1ULL << 13) - 1;
    if (version >= 2) rights |= FS_REFER;
    if (version >= 3) rights |= FS_TRUNCATE;
    if (version >= 5) rights |= FS_IOCTL_DEV;
    return rights;
}

static uint64_t rights(int version, unsigned access, bool is_folder) {
    uint64_t wanted = 0;
    if (access & CONFINE_READ) wanted |= FS_READ_FILE | FS_READ_DIR;
    if (access & CONFINE_RUN) wanted |= FS_EXECUTE;
    if (access & CONFINE_WRITE) {
        wanted |= FS_WRITE_FILE | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG | FS_MAKE_SOCK |
                  FS_MAKE_FIFO | FS_MAKE_SYM | FS_REFER | FS_TRUNCATE;
    }
    // Rights of folders cannot be granted on a file.
    if (!is_folder) wanted &= FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE;
    return wanted & handled_rights(version);
}

int confine_begin(struct confine_rules *rules, int version, enum confine_network network,
                  const char *const *protected_paths, size_t protected_count) {
    *rules = (struct confine_rules){version, -1, protected_paths, protected_count};
    if (version <= 0) return 0;
    struct ruleset_attribute attribute = {handled_rights(version), 0, 0};
    size_t size = sizeof attribute.handled_fs;
    if (version >= 4) {
        if (network != CONFINE_NETWORK_ANY) attribute.handled_net = NET_BIND_TCP | NET_CONNECT_TCP;
        size = offsetof(struct ruleset_attribute, scoped);
    }
    if (version >= 6) {
        attribute.scoped = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL;
        size = sizeof attribute;
    }
    rules->descriptor = (int)syscall(CALL_CREATE_RULESET, &attribute, size, 0);
    return rules->descriptor < 0 ? -1 : 0;
}

static bool is_beneath(const char *path, const char *folder) {
    size_t length = strlen(folder);
    // "/" is the only folder whose path ends with a slash.
    if (length == 1) return path[1] != 0;
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int allow_descriptor(struct confine_rules *rules, int descriptor, unsigned access) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return -1;
    struct path_rule rule = {rights(rules->version, access, S_ISDIR(status.st_mode)), descriptor};
    if (rule.allowed == 0) return 0;
    return (int)syscall(CALL_ADD_RULE, rules->descriptor, RULE_PATH_BENEATH, &rule, 0);
}

// Whether a file system takes no rules is no reason to run without the others: pipes and sockets have none (EBADFD).
static int allow_path(struct confine_rules *rules, const char *path, unsigned access, int flags) {
    int descriptor = open(path, O_PATH | O_CLOEXEC | flags);
    if (descriptor < 0) return 0;
    int result = allow_descriptor(rules, descriptor, access);
    if (result != 0 && errno == EBADFD) result = 0;
    int code = errno;
    close(descriptor);
    errno = code;
    return result;
}

// `path` has no symbolic link in it.
static int allow_unprotected(struct confine_rules *rules, const char *path, unsigned access) {
    bool holds_protected = false;
    for (size_t index = 0; index < rules->protected_count; index++) {
        const char *protected_path = rules->protected_paths[index];
        if (strcmp(path, protected_path) == 0 || is_beneath(path, protected_path)) return 0;
        if (is_beneath(protected_path, path)) holds_protected = true;
    }
    if (!holds_protected) return allow_path(rules, path, access, O_NOFOLLOW);
    DIR *folder = opendir(path);
    if (folder == NULL) return 0;
    int result = 0;
    struct dirent *entry;
    while (result == 0 && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char *child;
        if (asprintf(&child, "%s/%s", strcmp(path, "/") == 0 ? "" : path, entry->d_name) < 0) {
            result = -1;
            break;
        }
        struct stat status;
        // A link grants nothing: what it leads to is granted where that lies.
        if (lstat(child, &status) == 0 && !S_ISLNK(status.st_mode)) result = allow_unprotected(rules, child, access);
        free(child);
    }
    int code = errno;
    closedir(folder);
    errno = code;
    return result;
}

int confine_allow(struct confine_rules *rules, const char *path, unsigned access, bool even_protected) {
    if (rules->version <= 0) return 0;
    if (even_protected) return allow_path(rules, path, access, 0);
    char *real = realpath(path, NULL);
    if (real == NULL) return 0;
    int result = allow_unprotected(rules, real, access);
    int code = errno;
    free(real);
    errno = code;
    return result;
}

int confine_allow_system(struct confine_rules *rules) {
    static const char *const programs[] = {
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/gnu/store",
    };
    // Of /etc what every program may know. Not all of it: for root, /etc/shadow is readable too.
    static const char *const settings[] = {
        "/etc/alternatives", "/etc/ca-certificates", "/etc/ca-certificates.conf", "/etc/crypto-policies",
        "/etc/debian_version", "/etc/default/locale", "/etc/fonts", "/etc/gai.conf", "/etc/group", "/etc/host.conf",
        "/etc/hostname", "/etc/hosts", "/etc/java", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d",
        "/etc/ld.so.preload", "/etc/locale.alias", "/etc/locale.conf", "/etc/localtime", "/etc/mime.types",
        "/etc/networks", "/etc/nsswitch.conf", "/etc/os-release", "/etc/passwd", "/etc/perl", "/etc/pki",
        "/etc/protocols", "/etc/python3", "/etc/resolv.conf", "/etc/services", "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf", "/etc/static", "/etc/timezone", "/var/cache/fontconfig", "/var/lib/ca-certificates",
        "/proc", "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/fs/cgroup", "/sys/kernel/mm",
        "/dev/random", "/dev/urandom",
    };
    static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full"};
    for (size_t index = 0; index < sizeof programs / sizeof *programs; index++) {
        if (confine_allow(rules, programs[index], CONFINE_READ | CONFINE_RUN, false) != 0) return -1;
    }
    for (size_t index = 0; index < sizeof settings / sizeof *settings; index++) {
        if (confine_allow(rules, settings[index], CONFINE_READ, false) != 0) return -1;
    }
    for (size_t index = 0; index < sizeof devices / sizeof *devices; index++) {
        if (confine_allow(rules, devices[index], CONFINE_READ | CONFINE_WRITE, false) != 0) return -1;
    }
    return 0;
}

int confine_enforce(struct confine_rules *rules) {
    if (rules->version <= 0) return 0;
    int result = (int)syscall(CALL_RESTRICT_SELF, rules->descriptor, 0);
    int code = errno;
    close(rules->descriptor);
    rules->descriptor = -1;
    errno = code;
    return result;
}

#else

int confine_landlock_version(void) { return 0; }

int confine_begin(struct confine_rules *rules, int version, enum confine_network network,
                  const char *const *protected_paths, size_t protected_count) {
    (void)version;
    (void)network;
    *rules = (struct confine_rules){0, -1, protected_paths, protected_count};
    return 0;
}

int confine_allow(struct confine_rules *rules, const char *path, unsigned access, bool even_protected) {
    (void)rules;
    (void)path;
    (void)access;
    (void)even_protected;
    return 0;
}

int confine_allow_system(struct confine_rules *rules) {
    (void)rules;
    return 0;
}

int confine_enforce(struct confine_rules *rules) {
    (void)rules;
    return 0;
}

#endif
