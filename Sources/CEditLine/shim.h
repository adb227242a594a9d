/* libedit's setters take variable arguments, which Swift cannot call: here is one function for each use. */
#ifndef SQUIRE_EDITLINE_SHIM_H
#define SQUIRE_EDITLINE_SHIM_H

#include <histedit.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>

/* A new editor on the standard streams; NULL when out of memory. */
static inline EditLine *editline_make(const char *program) {
    return el_init(program, stdin, stdout, stderr);
}

/* What the editor shows before the line and where its keys come from. Must live as long as the editor. */
struct editline_client {
    /* Changed between lines only. */
    char *prompt;
    void *context;
    /* Gives the next character: 1, or 0 at the end of the input. */
    int (*read)(void *context, wchar_t *character);
};

static inline struct editline_client *editline_client_of(EditLine *editor) {
    void *client = NULL;
    el_get(editor, EL_CLIENTDATA, &client);
    return client;
}

/* libedit asks for the prompt each time it draws it. */
static inline char *editline_prompt(EditLine *editor) {
    struct editline_client *client = editline_client_of(editor);
    return client == NULL ? "" : client->prompt;
}

static inline int editline_read(EditLine *editor, wchar_t *character) {
    struct editline_client *client = editline_client_of(editor);
    return client->read(client->context, character);
}

static inline void editline_set_client(EditLine *editor, struct editline_client *client) {
    el_set(editor, EL_CLIENTDATA, (void *)client);
    el_set(editor, EL_PROMPT, editline_prompt);
    el_set(editor, EL_GETCFN, editline_read);
}

static inline void editline_set_history(EditLine *editor, History *lines) {
    el_set(editor, EL_HIST, history, lines);
}

/* The keys of Emacs, but Control-C empties the line instead of ending the program, Control-R searches,
 * and a tab is a tab. */
static inline void editline_set_keys(EditLine *editor) {
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_SETTY, "-d", "-isig", NULL);
    el_set(editor, EL_BIND, "^C", "em-kill-line", NULL);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    /* Also of text that is pasted. */
    el_set(editor, EL_BIND, "^I", "ed-insert", NULL);
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
