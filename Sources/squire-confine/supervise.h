#ifndef SQUIRE_CONFINE_SUPERVISE_H
#define SQUIRE_CONFINE_SUPERVISE_H

#include <sys/types.h>

/// Starts a program and waits for it, with all that it starts in turn. It is asked to end, and then killed, when this process
/// is (SIGTERM, SIGINT, SIGHUP) and when `parent` is gone. This process then ends as the program did: nothing of it is left.
///
/// - Parameter parent: 0 for none.
void __attribute__((noreturn)) supervise(char **command, pid_t parent);

#endif
