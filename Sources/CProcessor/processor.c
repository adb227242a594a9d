// libllama is compiled for the instructions that the building machine has. On a processor that lacks some, a program that uses
// it would end in the middle of something, by SIGILL, or before its first line: libraries run code when they are loaded. What
// stands in .preinit_array runs before any of that. It says what is missing and ends the program.
//
// `../lib/squire/processor`, beside the program, lists the instruction sets, one a line, as /proc/cpuinfo names them
// (scripts/llama.sh). Where there is no such file, as with a libllama of the system's own, nothing is looked at.
#include "processor.h"

// A sanitizer's own code is not ready so early.
#if defined(__linux__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static size_t read_file(const char *path, char *text, size_t size) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    size_t length = 0;
    ssize_t count;
    while (length + 1 < size && (count = read(descriptor, text + length, size - 1 - length)) > 0) length += (size_t)count;
    close(descriptor);
    text[length] = 0;
    return length;
}

// The first line of /proc/cpuinfo that lists instruction sets, with a space before and after each.
static char *known_sets(char *text) {
    char *line = strstr(text, "\nflags");
    if (line == NULL) line = strstr(text, "\nFeatures");
    if (line == NULL) return NULL;
    line = strchr(line, ':');
    if (line == NULL) return NULL;
    char *end = strchr(line, '\n');
    if (end != NULL) {
        *end = ' ';
        end[1] = 0;
    }
    return line + 1;
}

static void say(const char *text) {
    // Where nobody hears it, the status says that something is wrong.
    if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

static void look_at_processor(void) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    if (length <= 0) return;
    path[length] = 0;
    char *name = strrchr(path, '/');
    if (name == NULL) return;
    strcpy(name, "/../lib/squire/processor");

    static char wanted[8192];
    static char information[32768];
    if (read_file(path, wanted, sizeof wanted) == 0) return;
    // One processor's lines come to a few kilobytes. The newline is before them, so that each line begins with one.
    information[0] = '\n';
    if (read_file("/proc/cpuinfo", information + 1, sizeof information - 1) == 0) return;
    char *known = known_sets(information);
    if (known == NULL) return;

    static char missing[4096];
    char *rest;
    for (char *set = strtok_r(wanted, "\n", &rest); set != NULL; set = strtok_r(NULL, "\n", &rest)) {
        char word[64] = " ";
        if (strlen(set) > 60) continue;
        strcat(word, set);
        strcat(word, " ");
        if (strstr(known, word) == NULL && strlen(missing) + strlen(word) + 1 < sizeof missing) {
            strcat(missing, missing[0] == 0 ? "" : ",");
            word[strlen(word) - 1] = 0;
            strcat(missing, word);
        }
    }
    if (missing[0] == 0) return;
    say("squired: built for another processor: this one lacks");
    say(missing);
    say(". Build and install Squire on this machine (make install), or on one with a processor like it.\n");
    _exit(1);
}

__attribute__((section(".preinit_array"), used)) static void (*const look)(void) = look_at_processor;
#endif
