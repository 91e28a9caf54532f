// OpenSSL's libssl. A module of its own, so that only who serves TLS links with it.
#ifndef CTLS_H
#define CTLS_H

#include <openssl/err.h>
#include <openssl/ssl.h>

#endif
