// A filter of system calls (seccomp(2)) in the kernel's own small language (BPF), and what a process does for itself.
#define _GNU_SOURCE
#include "confine.h"

#include <sys/resource.h>

#ifdef __linux__
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#define SYS_fsopen 430
#endif
#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif
// Numbers of x86's other interface with 32-bit pointers have this bit.
#define X32_BIT 0x40000000

bool confine_has_seccomp(void) {
#ifdef ARCHITECTURE
    // EFAULT says that filters are known: it came to look at the one that was not given.
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL, 0, 0) == -1 && errno == EFAULT;
#else
    return false;
#endif
}

#ifdef ARCHITECTURE
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define FAIL(code) RETURN(SECCOMP_RET_ERRNO | (code))
// With the call's number loaded: fails that call, and goes on with others.
#define DENY(call, code) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), FAIL(code)

int confine_filter_calls(enum confine_network network) {
    struct sock_filter common[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
#ifdef __x86_64__
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),
        FAIL(ENOSYS),
#endif
        // Makes sockets, opens files and more, past a filter of calls.
        DENY(SYS_io_uring_setup, ENOSYS),
        DENY(SYS_ptrace, EPERM),
        DENY(SYS_process_vm_readv, EPERM),
        DENY(SYS_process_vm_writev, EPERM),
        DENY(SYS_pidfd_getfd, EPERM),
        DENY(SYS_bpf, EPERM),
        DENY(SYS_perf_event_open, EPERM),
        DENY(SYS_userfaultfd, EPERM),
        DENY(SYS_keyctl, EPERM),
        DENY(SYS_add_key, EPERM),
        DENY(SYS_request_key, EPERM),
        DENY(SYS_mount, EPERM),
        DENY(SYS_umount2, EPERM),
        DENY(SYS_pivot_root, EPERM),
        DENY(SYS_open_tree, EPERM),
        DENY(SYS_move_mount, EPERM),
        DENY(SYS_fsopen, EPERM),
        DENY(SYS_setns, EPERM),
        DENY(SYS_unshare, EPERM),
        DENY(SYS_open_by_handle_at, EPERM),
        DENY(SYS_kexec_load, EPERM),
        DENY(SYS_init_module, EPERM),
        DENY(SYS_finit_module, EPERM),
        DENY(SYS_delete_module, EPERM),
    };
    struct sock_filter none[] = {DENY(SYS_socket, EAFNOSUPPORT), RETURN(SECCOMP_RET_ALLOW)};
    struct sock_filter local[] = {
        // No connection out, of Unix sockets either: the daemon's own is one, and so are the desktop's.
        DENY(SYS_connect, EACCES),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        // The family is the first argument, an int: its low half is what the kernel reads.
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
        FAIL(EAFNOSUPPORT),
        RETURN(SECCOMP_RET_ALLOW),
    };
    struct sock_filter any[] = {RETURN(SECCOMP_RET_ALLOW)};

    struct sock_filter program[96];
    unsigned short count = 0;
    for (size_t index = 0; index < sizeof common / sizeof *common; index++) program[count++] = common[index];
    const struct sock_filter *rest = any;
    size_t rest_count = 1;
    if (network == CONFINE_NETWORK_NONE) {
        rest = none;
        rest_count = sizeof none / sizeof *none;
    } else if (network == CONFINE_NETWORK_LOCAL) {
        rest = local;
        rest_count = sizeof local / sizeof *local;
    }
    for (size_t index = 0; index < rest_count; index++) program[count++] = rest[index];
    struct sock_fprog filter = {count, program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
#else
int confine_filter_calls(enum confine_network network) {
    (void)network;
    return 0;
}
#endif

#else

bool confine_has_seccomp(void) { return false; }

int confine_filter_calls(enum confine_network network) {
    (void)network;
    return 0;
}

#endif

void confine_seal_process(void) {
    struct rlimit none = {0, 0};
    // Neither can fail: a process may always lower its limits and close itself.
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
