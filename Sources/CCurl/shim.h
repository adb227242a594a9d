#ifndef SQUIRE_CCURL_SHIM_H
#define SQUIRE_CCURL_SHIM_H

#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

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

static inline CURLcode squire_curl_set_opener(CURL *handle, curl_opensocket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

// The address that is to be connected to: its 16 bytes, IPv4 in IPv6's mapped form. Read here because the structure's last
// member is longer than its type says. Returns 4, 6, 1 for a Unix socket, or 0.
static inline int squire_curl_address(const struct curl_sockaddr *address, unsigned char *bytes) {
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    switch (address->family) {
    case AF_INET:
        memcpy(&v4, &address->addr, sizeof v4);
        memset(bytes, 0, 10);
        memset(bytes + 10, 0xff, 2);
        memcpy(bytes + 12, &v4.sin_addr, 4);
        return 4;
    case AF_INET6:
        memcpy(&v6, &address->addr, sizeof v6);
        memcpy(bytes, &v6.sin6_addr, 16);
        return 6;
    case AF_UNIX:
        return 1;
    default:
        return 0;
    }
}

// As libcurl opens one itself.
static inline curl_socket_t squire_curl_socket(const struct curl_sockaddr *address) {
    curl_socket_t descriptor = socket(address->family, address->socktype, address->protocol);
    if (descriptor != CURL_SOCKET_BAD) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    return descriptor;
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
