// OpenSSL's libcrypto, and the parts of it that are macros, which Swift does not see.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <openssl/err.h>
#include <openssl/evp.h>

#endif
