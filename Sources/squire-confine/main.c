// squire-confine: runs a converter, a plugin's server or the trial of a model so that it can do no more than it was granted.
// Its options are listed in options.c; docs/security.md says what is granted to whom.
#define _GNU_SOURCE
#include "confine.h"
#include "options.h"
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static void __attribute__((noreturn)) fail(const char *what) {
    fprintf(stderr, "squire-confine: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void limit(int resource, unsigned long long value) {
    if (value == 0) return;
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) fail("a limit cannot be read");
    // A limit that is lower already stays.
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value) limit.rlim_max = (rlim_t)value;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) != 0) fail("a limit cannot be set");
}

static void close_others(void) {
#ifdef __linux__
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
#endif
#endif
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
    for (int descriptor = 3; descriptor < end; descriptor++) close(descriptor);
}

#ifdef __linux__
// Root's program is an ordinary one of the user root: it owns root's files, and administers nothing.
static void drop_capabilities(void) {
    for (int capability = 0; capability < 64; capability++) {
        // Fails beyond the last one there is.
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 && errno == EINVAL) break;
    }
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capset, &header, none) == 0) return;
    // Who has none may not be allowed to ask for none either, as in a service of systemd.
    struct __user_cap_data_struct held[2];
    int code = errno;
    if (syscall(SYS_capget, &header, held) == 0 && held[0].permitted == 0 && held[1].permitted == 0) return;
    errno = code;
    fail("capabilities cannot be given up");
}
#endif

// Children inherit it. Where it cannot be said, as in some containers, the program runs all the same.
static void go_first(void) {
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score < 0) return;
    if (write(score, "1000", 4) != 4) fprintf(stderr, "squire-confine: it goes first by no score: %s\n", strerror(errno));
    close(score);
}

int main(int count, char **arguments) {
    struct options options = read_options(count, arguments);
    if (options.parent > 0 && getppid() != options.parent) {
        fprintf(stderr, "squire-confine: the process %d that asked for it is gone\n", (int)options.parent);
        return 125;
    }
    close_others();
    // No terminal: what is typed there is not for it.
    setsid();
    // Before this process is sealed: then /proc/self is root's.
    if (options.expendable) go_first();
    confine_seal_process();

#ifdef __linux__
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("new privileges cannot be given up");
    drop_capabilities();
#endif
    limit(RLIMIT_NOFILE, options.files);
    limit(RLIMIT_FSIZE, options.file_size);
    limit(RLIMIT_CPU, options.processor_seconds);
    limit(RLIMIT_AS, options.memory);

    int version = confine_landlock_version();
    if (options.landlock < version) version = options.landlock;
    struct confine_rules rules;
    if (confine_begin(&rules, version, options.network, options.protected_paths, options.protected_count) != 0) {
        fail("Landlock takes no rules");
    }
    if (options.system && confine_allow_system(&rules) != 0) fail("the system cannot be granted");
    for (size_t index = 0; index < options.place_count; index++) {
        const struct place *place = &options.places[index];
        if (confine_allow(&rules, place->path, place->access, place->even_protected) != 0) fail(place->path);
    }
    if (confine_enforce(&rules) != 0) fail("Landlock cannot be enforced");
    if (confine_has_seccomp() && confine_filter_calls(options.network) != 0) fail("system calls cannot be filtered");
    supervise(options.command, options.parent);
}
