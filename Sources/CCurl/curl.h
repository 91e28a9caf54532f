// libcurl, and its variadic functions once for each type of value, as Swift calls no variadic ones.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

static inline CURLcode curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/// For the options that take a function for arriving bytes.
static inline CURLcode curl_set_write_function(
    CURL *easy, CURLoption option, curl_write_callback value
) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_prereq_function(CURL *easy, curl_prereq_callback value) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

/// libcurl keeps a copy of the bytes.
static inline CURLcode curl_set_blob(
    CURL *easy, CURLoption option, const void *bytes, size_t count
) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

static inline CURLcode curl_get_text(CURL *easy, CURLINFO info, const char **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

#endif
