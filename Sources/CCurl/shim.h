#ifndef SQUIRE_CCURL_SHIM_H
#define SQUIRE_CCURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one typed setter a kind of value.

static inline CURLcode squire_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode squire_curl_set_large(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode squire_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode squire_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode squire_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*squire_curl_receive)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode squire_curl_set_receiver(CURL *handle, CURLoption option, squire_curl_receive value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode squire_curl_set_prerequest(CURL *handle, curl_prereq_callback value) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode squire_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode squire_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return curl_easy_getinfo(handle, info, value);
}

// The result of a finished transfer; the message's union is not visible to Swift under its C name.
static inline CURLcode squire_curl_result(const CURLMsg *message) {
    return message->data.result;
}

#endif
