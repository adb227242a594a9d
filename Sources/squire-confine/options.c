#define _GNU_SOURCE
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: squire-confine [OPTION]... -- PROGRAM [ARGUMENT]...\n"
    "Runs a program that can do no more than is said here, and ends it with the process that asked for it.\n"
    "  --system            may read and run the system's programs and libraries, and read its public settings\n"
    "  --run PATH          may read a file, or all in a folder, and run it\n"
    "  --read PATH         may read it\n"
    "  --write PATH        may read and write it, make and remove files in it\n"
    "  --own PATH          the same, even where it is protected\n"
    "  --expose PATH       as --run, even where it is protected\n"
    "  --protect PATH      nothing in here, whatever folder around it the other options name\n"
    "  --network KIND      none (no socket at all), local (may listen on Unix sockets), any\n"
    "  --memory BYTES      of address space\n"
    "  --processor SECONDS of computing\n"
    "  --file-size BYTES   of a file that is written\n"
    "  --files NUMBER      that may be open\n"
    "  --expendable        it is the first that is ended where memory is short\n"
    "  --landlock NUMBER   act as on a kernel with this version of Landlock, 0 for none\n"
    "  --parent PID        the process that asks; the program ends with it\n";

static void __attribute__((noreturn)) fail(const char *what, const char *word) {
    fprintf(stderr, "squire-confine: %s%s\n%s", what, word, usage);
    exit(125);
}

static unsigned long long number(const char *text) {
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || *text == '-') fail("this is no number: ", text);
    return value;
}

// The place as the kernel knows it. One that does not exist yet is protected under the name it will have: that of its
// nearest parent that exists, and the rest.
static const char *real_place(const char *path) {
    char *real = realpath(path, NULL);
    if (real != NULL) return real;
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path) return path;
    char *parent = strndup(path, (size_t)(slash - path));
    if (parent == NULL) return path;
    const char *real_parent = real_place(parent);
    char *whole;
    return asprintf(&whole, "%s%s", strcmp(real_parent, "/") == 0 ? "" : real_parent, slash) < 0 ? path : whole;
}

struct options read_options(int count, char **arguments) {
    struct options options = {.network = CONFINE_NETWORK_NONE, .landlock = INT_MAX};
    options.places = calloc((size_t)count, sizeof *options.places);
    options.protected_paths = calloc((size_t)count, sizeof *options.protected_paths);
    if (options.places == NULL || options.protected_paths == NULL) fail("no memory", "");
    for (int index = 1; index < count; index++) {
        const char *option = arguments[index];
        if (strcmp(option, "--") == 0) {
            options.command = arguments + index + 1;
            break;
        }
        if (strcmp(option, "--system") == 0) {
            options.system = true;
            continue;
        }
        if (strcmp(option, "--expendable") == 0) {
            options.expendable = true;
            continue;
        }
        if (index + 1 >= count) fail("this option needs a value, or is none: ", option);
        const char *value = arguments[++index];
        struct place place = {value, 0, false};
        if (strcmp(option, "--run") == 0) {
            place.access = CONFINE_READ | CONFINE_RUN;
        } else if (strcmp(option, "--read") == 0) {
            place.access = CONFINE_READ;
        } else if (strcmp(option, "--write") == 0) {
            place.access = CONFINE_READ | CONFINE_WRITE;
        } else if (strcmp(option, "--own") == 0) {
            place.access = CONFINE_READ | CONFINE_WRITE;
            place.even_protected = true;
        } else if (strcmp(option, "--expose") == 0) {
            place.access = CONFINE_READ | CONFINE_RUN;
            place.even_protected = true;
        } else if (strcmp(option, "--protect") == 0) {
            options.protected_paths[options.protected_count++] = real_place(value);
        } else if (strcmp(option, "--network") == 0) {
            if (strcmp(value, "none") == 0) {
                options.network = CONFINE_NETWORK_NONE;
            } else if (strcmp(value, "local") == 0) {
                options.network = CONFINE_NETWORK_LOCAL;
            } else if (strcmp(value, "any") == 0) {
                options.network = CONFINE_NETWORK_ANY;
            } else {
                fail("there is no such kind of network: ", value);
            }
        } else if (strcmp(option, "--memory") == 0) {
            options.memory = number(value);
        } else if (strcmp(option, "--processor") == 0) {
            options.processor_seconds = number(value);
        } else if (strcmp(option, "--file-size") == 0) {
            options.file_size = number(value);
        } else if (strcmp(option, "--files") == 0) {
            options.files = number(value);
        } else if (strcmp(option, "--landlock") == 0) {
            options.landlock = (int)number(value);
        } else if (strcmp(option, "--parent") == 0) {
            options.parent = (pid_t)number(value);
        } else {
            fail("there is no option ", option);
        }
        if (place.access != 0) options.places[options.place_count++] = place;
    }
    if (options.command == NULL || options.command[0] == NULL) fail("no program is named", "");
    if (options.command[0][0] != '/') fail("the program's path must be a whole one: ", options.command[0]);
    return options;
}
