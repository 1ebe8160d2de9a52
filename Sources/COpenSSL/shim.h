// What the OpenSSL headers offer as macros or variadic functions, which Swift cannot import.
#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
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
static inline int qa_x509_stack_count(const STACK_OF(X509) *stack) { return stack ? sk_X509_num(stack) : 0; }
static inline X509 *qa_x509_stack_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
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

/// RFC 2253, with letters beyond ASCII as they are.
static const unsigned long qa_name_format = (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);

static inline SSL *qa_ssl_of_store(X509_STORE_CTX *shown) {
    return (SSL *)X509_STORE_CTX_get_ex_data(shown, SSL_get_ex_data_X509_STORE_CTX_idx());
}

/// A client's certificate is demanded and checked by `check` alone. Nobody resumes: what was taken back since would not be seen.
static inline void qa_ssl_ctx_demand(SSL_CTX *context, int (*check)(X509_STORE_CTX *, void *), void *argument) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_cert_verify_callback(context, check, argument);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

/// The certificate that signed the leaf of a verified chain; the leaf itself when it is an authority of its own. Borrowed.
static inline X509 *qa_issuer_in_chain(X509_STORE_CTX *context) {
    STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context);
    int count = chain ? sk_X509_num(chain) : 0;
    return count == 0 ? NULL : sk_X509_value(chain, count > 1 ? 1 : 0);
}

static inline void qa_x509_drop(void *parent, void *certificate, CRYPTO_EX_DATA *data, int index, long number, void *argument) {
    (void)parent; (void)data; (void)index; (void)number; (void)argument;
    X509_free((X509 *)certificate);
}

/// One slot in every SSL, made when first asked for; on one thread.
static inline int qa_ssl_slot(void) {
    static int slot = -1;
    if (slot < 0) slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, qa_x509_drop);
    return slot;
}

/// Keeps a certificate with a connection, for as long as that lives.
static inline void qa_ssl_keep(SSL *ssl, X509 *certificate) {
    X509 *before = (X509 *)SSL_get_ex_data(ssl, qa_ssl_slot());
    X509_up_ref(certificate);
    SSL_set_ex_data(ssl, qa_ssl_slot(), certificate);
    X509_free(before);
}
static inline X509 *qa_ssl_kept(const SSL *ssl) { return (X509 *)SSL_get_ex_data(ssl, qa_ssl_slot()); }

/// The peer's certificate with a reference for the caller; nil when it showed none.
static inline X509 *qa_ssl_peer(const SSL *ssl) { return SSL_get1_peer_certificate(ssl); }
static inline STACK_OF(X509) *qa_ssl_peer_chain(const SSL *ssl) { return SSL_get_peer_cert_chain(ssl); }
