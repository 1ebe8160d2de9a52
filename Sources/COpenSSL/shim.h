// What the OpenSSL headers offer as macros or variadic functions, which Swift cannot import.
#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/// TLS 1.2 and 1.3, without renegotiation, compression, and a cache of sessions in memory.
static inline void qa_ssl_ctx_harden(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

/// Takes the server name out of the greeting; addresses may not stand there (RFC 6066 §3).
static inline void qa_ssl_clear_server_name(SSL *ssl) { SSL_set_tlsext_host_name(ssl, NULL); }

static const int qa_ssl_handshake_start = SSL_CB_HANDSHAKE_START;
static const int qa_server_name_type = TLSEXT_NAMETYPE_host_name;

/// A fresh key on P-256.
static inline EVP_PKEY *qa_new_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline STACK_OF(X509) *qa_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int qa_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline void qa_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

static inline int qa_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *qa_general_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

/// Nil for anything but a DNS name.
static inline const ASN1_STRING *qa_dns_name(const GENERAL_NAME *name) {
    return name->type == GEN_DNS ? name->d.dNSName : NULL;
}
/// Nil for anything but an address of 4 or 16 bytes.
static inline const ASN1_STRING *qa_ip_address(const GENERAL_NAME *name) {
    return name->type == GEN_IPADD ? name->d.iPAddress : NULL;
}
