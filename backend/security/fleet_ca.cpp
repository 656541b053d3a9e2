#include "backend/security/fleet_ca.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/certificate_builder.h"
#include "backend/security/node_csr.h"

#include <openssl/pem.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::hours kCaLifetime {3652 * 24};
    constexpr auto kPurpose = "fleet-ca";

    SecretName secretName(const QString &name)
    {
        return {.purpose = QString::fromLatin1(kPurpose), .name = name, .version = 1};
    }

    tl::unexpected<Error> failed(const QString &what)
    {
        return fail(errors::kInternal, u"The fleet's CA: %1."_s.arg(what));
    }

    QByteArray pemOf(X509 *certificate)
    {
        const openssl::Bio bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(bio.get(), certificate);
        char *bytes = nullptr;
        const long length = BIO_get_mem_data(bio.get(), &bytes);
        return QByteArray(bytes, static_cast<qsizetype>(length));
    }

    openssl::Key keyFromPem(const SecretBytes &pem)
    {
        const openssl::Bio bio(BIO_new_mem_buf(pem.view().data(), static_cast<int>(pem.size())));
        return openssl::Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    }

    openssl::Certificate certificateFromDer(std::string_view der)
    {
        const auto *at = reinterpret_cast<const unsigned char *>(der.data());
        return openssl::Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    }

    SecretBytes keyPem(EVP_PKEY *key)
    {
        const openssl::Bio bio(BIO_new(BIO_s_secmem())); // wiped when freed
        PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
        char *bytes = nullptr;
        const long length = BIO_get_mem_data(bio.get(), &bytes);
        return SecretBytes(std::string_view(bytes, static_cast<size_t>(length)));
    }
}

struct FleetCa::Parts {
    openssl::Key key;
    openssl::Certificate certificate;
};

FleetCa::FleetCa(std::unique_ptr<Parts> parts, QByteArray der, const FleetIdentity &fleet, const Clock &clock,
                 Random &random)
    : m_parts(std::move(parts)),
      m_der(std::move(der)),
      m_fleet(fleet),
      m_clock(clock),
      m_random(random)
{
}

FleetCa::~FleetCa() = default;

Result<std::unique_ptr<FleetCa>> FleetCa::open(Database &database, const Vault &vault, const Clock &clock,
                                               Random &random)
{
    const auto stored = vault.get(database.reader(), QString::fromLatin1(kPurpose), u"key"_s);
    if (!stored)
        return stored.error();
    if (!*stored) {
        const FleetIdentity &fleet = database.fleet();
        const openssl::Key key(EVP_EC_gen("P-256"));
        if (!key)
            return failed(u"its key could not be made"_s);
        CertificateFields fields;
        fields.commonName = u"Flagbridge fleet %1"_s.arg(toQString(fleet.fleetId).left(8));
        fields.isCa = true;
        fields.notBefore = clock.now() - kBackDating;
        fields.notAfter = clock.now() + kCaLifetime;
        const auto certificate = buildCertificate(fields, key.get(), nullptr, key.get(), random);
        if (!certificate)
            return failed(u"its certificate could not be signed"_s);
        const SecretBytes pem = keyPem(key.get());
        // one secret holds both, so that two engines cannot end with the key of one and the certificate of the other
        const std::string both = std::string(pem.view()) + derOf(certificate.get()).toStdString();
        SecretBytes whole(both);
        auto made = database.write([&](Transaction &tx) -> Result<void> {
            auto kept = vault.putIfAbsent(tx, secretName(u"key"_s), whole.view());
            return kept ? Result<void>() : Result<void>(kept.error());
        });
        if (!made)
            return made.error();
    }
    const auto kept = vault.get(database.reader(), QString::fromLatin1(kPurpose), u"key"_s);
    if (!kept)
        return kept.error();
    if (!*kept)
        return failed(u"its key was not kept"_s);
    constexpr std::string_view kEnd = "-----END PRIVATE KEY-----\n";
    const std::string_view bytes = (*kept)->secret.view();
    const size_t end = bytes.find(kEnd);
    if (end == std::string_view::npos)
        return failed(u"its key cannot be read"_s);
    auto parts = std::make_unique<Parts>();
    parts->key = keyFromPem(SecretBytes(bytes.substr(0, end + kEnd.size())));
    const std::string_view der = bytes.substr(end + kEnd.size());
    parts->certificate = certificateFromDer(der);
    if (!parts->key || !parts->certificate
        || X509_check_private_key(parts->certificate.get(), parts->key.get()) != 1)
        return failed(u"its key and certificate do not belong together"_s);
    return std::unique_ptr<FleetCa>(
        new FleetCa(std::move(parts), toBytes(der), database.fleet(), clock, random));
}

QByteArray FleetCa::certificatePem() const { return pemOf(m_parts->certificate.get()); }

QString FleetCa::caSha256() const { return toQString(sha256Hex(viewOf(m_der))); }

QString FleetCa::nodeUri(const NodeId &node) const
{
    return u"fb:node/%1/%2"_s.arg(toQString(m_fleet.fleetId), toQString(node));
}

QString FleetCa::engineUri() const { return u"fb:engine/%1"_s.arg(toQString(m_fleet.fleetId)); }

Result<IssuedCertificate> FleetCa::signNode(const QByteArray &csrDer, const NodeId &node) const
{
    if (!isNodeId(node.text()))
        return fail(errors::kInvalidInstanceId, u"'%1' is not a node id."_s.arg(toQString(node).left(100)));
    const auto key = publicKeyOfRequest(csrDer, toQString(node), nodeUri(node));
    if (!key)
        return key.error();
    CertificateFields fields;
    fields.commonName = toQString(node);
    fields.uri = nodeUri(node);
    fields.extendedUsage = "clientAuth";
    fields.notBefore = m_clock.now() - m_nodeLifetime / (kLeafLifetime / kBackDating);
    fields.notAfter = m_clock.now() + m_nodeLifetime;
    const auto certificate
        = buildCertificate(fields, key->get(), m_parts->certificate.get(), m_parts->key.get(), m_random);
    if (!certificate)
        return failed(u"a node's certificate could not be signed"_s);
    return issuedOf(certificate.get(), fields);
}

Result<EngineCredential> FleetCa::issueEngine() const
{
    const openssl::Key key(EVP_EC_gen("P-256"));
    if (!key)
        return failed(u"the engine's key could not be made"_s);
    CertificateFields fields;
    fields.commonName = u"Flagbridge engine"_s;
    fields.uri = engineUri();
    fields.extendedUsage = "serverAuth";
    fields.notBefore = m_clock.now() - kBackDating;
    fields.notAfter = m_clock.now() + kLeafLifetime;
    const auto certificate
        = buildCertificate(fields, key.get(), m_parts->certificate.get(), m_parts->key.get(), m_random);
    if (!certificate)
        return failed(u"the engine's certificate could not be signed"_s);
    EngineCredential credential;
    credential.certificate = issuedOf(certificate.get(), fields);
    credential.certificatePem = pemOf(certificate.get());
    credential.keyPem = keyPem(key.get());
    return credential;
}

}
