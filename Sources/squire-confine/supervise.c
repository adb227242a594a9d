// Why there is a process beside the program: the kernel ends a child with the *thread* that made it (PR_SET_PDEATHSIG), and the
// daemon's threads come and go; and what the program started in turn, and no longer looks after, would live on.
#define _GNU_SOURCE
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#endif

/// From being asked to end to being killed. The daemon kills this process two seconds after asking it.
static const int patience_milliseconds = 1500;

static void __attribute__((noreturn)) run(char **command, const sigset_t *signals) {
    sigprocmask(SIG_SETMASK, signals, NULL);
    execv(command[0], command);
    fprintf(stderr, "squire-confine: %s cannot be run: %s\n", command[0], strerror(errno));
    _exit(127);
}

static void __attribute__((noreturn)) end_as(int status) {
    if (WIFSIGNALED(status)) {
        sigset_t signals;
        sigemptyset(&signals);
        signal(WTERMSIG(status), SIG_DFL);
        sigprocmask(SIG_SETMASK, &signals, NULL);
        kill(getpid(), WTERMSIG(status));
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
}

#ifdef __linux__

// Children of this process, among them those whose parents have ended.
static void kill_children(int list) {
    char text[4096];
    ssize_t length = list < 0 ? 0 : pread(list, text, sizeof text - 1, 0);
    if (length <= 0) return;
    text[length] = 0;
    char *rest = text;
    for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        pid_t child = (pid_t)atoi(word);
        if (child > 1) kill(child, SIGKILL);
    }
}

// Kills what is left until nothing is, for a second at most: a process that forks faster than it is killed stays.
static void kill_all(pid_t program, int list, int *status, int is_reaped) {
    for (int round = 0; round < 1000; round++) {
        kill(-program, SIGKILL);
        if (!is_reaped) kill(program, SIGKILL);
        kill_children(list);
        int ending;
        pid_t ended;
        while ((ended = waitpid(-1, &ending, WNOHANG)) > 0) {
            if (ended != program) continue;
            is_reaped = 1;
            if (status != NULL) *status = ending;
        }
        if (ended < 0 && errno == ECHILD) return;
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
}

static long long milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void supervise(char **command, pid_t parent) {
    sigset_t watched, before;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGHUP);
    sigprocmask(SIG_BLOCK, &watched, &before);
    int signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    int life = parent > 0 ? (int)syscall(SYS_pidfd_open, parent, 0) : -1;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int children = open(path, O_RDONLY | O_CLOEXEC);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

    pid_t own = getpid();
    pid_t program = fork();
    if (program < 0) {
        fprintf(stderr, "squire-confine: no process can be made: %s\n", strerror(errno));
        exit(125);
    }
    if (program == 0) {
        setpgid(0, 0);
        // A supervisor that is killed takes the program with it. It has one thread, which lives as long as it does.
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        if (getppid() != own) _exit(125);
        // What was asked to be blocked before this process began stays so.
        run(command, &before);
    }
    setpgid(program, program);

    long long deadline = 0;
    while (1) {
        // Where a kernel knows no descriptors of processes, whether the parent lives is looked at twice a second.
        int wait = parent > 0 && life < 0 ? 500 : -1;
        if (deadline > 0) {
            long long left = deadline - milliseconds_now();
            wait = left > 0 ? (int)left : 0;
        }
        struct pollfd sources[] = {{signals, POLLIN, 0}, {deadline > 0 ? -1 : life, POLLIN, 0}};
        poll(sources, 2, wait);

        int is_over = sources[1].revents != 0 || (parent > 0 && deadline == 0 && getppid() != parent);
        struct signalfd_siginfo information;
        while (read(signals, &information, sizeof information) == (ssize_t)sizeof information) {
            if (information.ssi_signo != SIGCHLD) is_over = 1;
        }
        if (is_over && deadline == 0) {
            deadline = milliseconds_now() + patience_milliseconds;
            kill(program, SIGTERM);
        }
        int status, ending = 0, is_reaped = 0;
        pid_t ended;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended != program) continue;
            is_reaped = 1;
            ending = status;
        }
        if (is_reaped) {
            kill_all(program, children, NULL, 1);
            end_as(ending);
        }
        if (deadline > 0 && milliseconds_now() >= deadline) {
            ending = SIGKILL;
            kill_all(program, children, &ending, 0);
            end_as(ending);
        }
    }
}

#else

void supervise(char **command, pid_t parent) {
    (void)parent;
    sigset_t none;
    sigemptyset(&none);
    run(command, &none);
}

#endif
