#ifndef SQUIRE_CONFINE_OPTIONS_H
#define SQUIRE_CONFINE_OPTIONS_H

#include "confine.h"

#include <sys/types.h>

struct place {
    const char *path;
    unsigned access;
    bool even_protected;
};

/// What the command line says; see `usage` in options.c.
struct options {
    bool system, expendable;
    struct place *places;
    size_t place_count;
    const char **protected_paths;
    size_t protected_count;
    enum confine_network network;
    /// The version of Landlock to act by; more than the kernel's is the kernel's.
    int landlock;
    /// 0 leaves a limit as it is.
    unsigned long long memory, processor_seconds, file_size, files;
    /// The process to end with; 0 for none.
    pid_t parent;
    /// The program's path and its arguments, ended by NULL.
    char **command;
};

/// Reads the command line, or says what is wrong with it and ends the process with status 125.
struct options read_options(int count, char **arguments);

#endif
