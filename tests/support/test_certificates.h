#pragma once
// Throwaway CAs and certificates of every good and bad kind, for tests of TLS. Sources that need them list test_certificates.cpp in EXTRA.

#include "backend/core/secret_bytes.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace fb::test {

struct CertificateWish {
    std::string commonName = "mi-00000000000000001";
    std::string uri {}; // URI subject alternative name; empty: none
    std::string purpose = "clientAuth"; // extended key usage; empty: none
    bool isCa = false;
    std::chrono::seconds validFrom {-3600}; // from now
    std::chrono::seconds validTo {3600};
    std::string keyType = "P-256"; // "Ed25519", "P-384", "RSA"
};

struct TestCertificate {
    std::string der;
    SecretBytes key; // PKCS#8 DER
    std::string serial; // hex
};

class TestCa
{
public:
    explicit TestCa(const std::string &name = "Flagbridge fleet CA");
    ~TestCa();
    TestCa(const TestCa &) = delete;
    TestCa &operator=(const TestCa &) = delete;

    const std::string &der() const { return m_der; }
    SecretBytes key() const;
    TestCertificate issue(const CertificateWish &wish) const;
    TestCertificate node(const std::string &fleet, const std::string &nodeId) const;
    TestCertificate engine(const std::string &fleet) const;
    std::string signRequest(const std::string &csrDer,
                            const CertificateWish &wish) const; // the request's key alone is taken
    std::string crossSign(const TestCa &other) const; // a certificate for the other CA's key
    static TestCertificate selfSigned(const CertificateWish &wish);

private:
    x509_st *m_certificate = nullptr;
    evp_pkey_st *m_key = nullptr;
    std::string m_der;
};

}
