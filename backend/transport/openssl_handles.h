#pragma once
// Owners of OpenSSL objects. For the .cpp files of rooms that call OpenSSL; not for public headers.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace fb::transport {

template <auto Free>
struct OpensslFree {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

inline void freeX509Stack(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }

using X509Handle = std::unique_ptr<X509, OpensslFree<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using BioHandle = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using SslHandle = std::unique_ptr<SSL, OpensslFree<SSL_free>>;
using SslContextHandle = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using X509StackHandle = std::unique_ptr<STACK_OF(X509), OpensslFree<freeX509Stack>>;
using NamesHandle = std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>>;

}
