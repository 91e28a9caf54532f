// OpenSSL's libcrypto, and the parts of it that are macros, which Swift does not see.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static const unsigned long X509_NAME_FLAGS_RFC2253 = XN_FLAG_RFC2253;

#endif
