/* libedit's setters take variable arguments, which Swift cannot call: here is one function for each use. */
#ifndef SQUIRE_EDITLINE_SHIM_H
#define SQUIRE_EDITLINE_SHIM_H

#include <histedit.h>
#include <stddef.h>
#include <stdio.h>

/* A new editor on the standard streams; NULL when out of memory. */
static inline EditLine *editline_make(const char *program) {
    return el_init(program, stdin, stdout, stderr);
}

/* libedit asks for the prompt each time it draws it: the text set last. */
static inline char *editline_prompt(EditLine *editor) {
    void *prompt = NULL;
    el_get(editor, EL_CLIENTDATA, &prompt);
    return prompt == NULL ? "" : (char *)prompt;
}

/* The prompt is not copied: it must live until another is set or the editor ends. */
static inline void editline_set_prompt(EditLine *editor, const char *prompt) {
    el_set(editor, EL_CLIENTDATA, (void *)prompt);
    el_set(editor, EL_PROMPT, editline_prompt);
}

static inline void editline_set_history(EditLine *editor, History *lines) {
    el_set(editor, EL_HIST, history, lines);
}

/* The keys of Emacs, but Control-C empties the line instead of ending the program, and Control-R searches. */
static inline void editline_set_keys(EditLine *editor) {
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_SETTY, "-d", "-isig", NULL);
    el_set(editor, EL_BIND, "^C", "em-kill-line", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

static inline int editline_history_set_size(History *lines, int count) {
    HistEvent event;
    return history(lines, &event, H_SETSIZE, count) | history(lines, &event, H_SETUNIQUE, 1);
}

static inline int editline_history_enter(History *lines, const char *line) {
    HistEvent event;
    return history(lines, &event, H_ENTER, line);
}

/* How many lines were read; negative when the file cannot be read. */
static inline int editline_history_load(History *lines, const char *path) {
    HistEvent event;
    return history(lines, &event, H_LOAD, path);
}

static inline int editline_history_save(History *lines, const char *path) {
    HistEvent event;
    return history(lines, &event, H_SAVE, path);
}

#endif
