#include "backend/security/fleet_ca.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/certificate_builder.h"
#include "backend/security/node_csr.h"

#include <openssl/pem.h>

#include <ctime>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::hours kCaLifetime {3652 * 24};
    constexpr auto kPurpose = "fleet-ca";

    SecretName secretName(const QString &name)
    {
        return {.purpose = QString::fromLatin1(kPurpose), .name = name, .version = 1};
    }

    QString keyName(qint64 number) { return number == 1 ? u"key"_s : u"key-%1"_s.arg(number); }

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

    Instant instantOf(const ASN1_TIME *time)
    {
        std::tm civil {};
        if (ASN1_TIME_to_tm(time, &civil) != 1)
            return {};
        return Instant(std::chrono::seconds(timegm(&civil)));
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

struct FleetCa::Authority {
    qint64 number = 0;
    openssl::Key key;
    openssl::Certificate certificate;
    QByteArray der;

    CaFacts facts() const
    {
        return {.number = number,
                .sha256 = toQString(sha256Hex(viewOf(der))),
                .notBefore = instantOf(X509_get0_notBefore(certificate.get())),
                .notAfter = instantOf(X509_get0_notAfter(certificate.get()))};
    }
    // One secret holds both, so that two engines cannot end with the key of one and the certificate of the other.
    SecretBytes packed() const
    {
        const SecretBytes pem = keyPem(key.get());
        std::string both = std::string(pem.view()) + der.toStdString();
        SecretBytes whole(both);
        wipe(both);
        return whole;
    }
};

FleetCa::FleetCa(Database &database, const Vault &vault, const Clock &clock, Random &random)
    : m_database(database),
      m_vault(vault),
      m_fleet(database.fleet()),
      m_clock(clock),
      m_random(random)
{
}

FleetCa::~FleetCa() = default;

Result<std::unique_ptr<FleetCa>> FleetCa::open(Database &database, const Vault &vault, const Clock &clock,
                                               Random &random)
{
    std::unique_ptr<FleetCa> ca(new FleetCa(database, vault, clock, random));
    const auto state = ca->m_rows.state(database.reader());
    if (!state)
        return state.error();
    const auto known = vault.get(database.reader(), QString::fromLatin1(kPurpose), keyName(state->current));
    if (!known)
        return known.error();
    if (!*known && state->current == 1) {
        const auto first = ca->make(1);
        if (!first)
            return first.error();
        auto kept = database.write([&](Transaction &tx) -> Result<void> {
            auto put = vault.putIfAbsent(tx, secretName(keyName(1)), (*first)->packed().view());
            return put ? Result<void>() : Result<void>(put.error());
        });
        if (!kept)
            return kept.error();
    }
    if (auto loaded = ca->load(*state); !loaded)
        return loaded.error();
    return ca;
}

Result<FleetCa::AuthorityPointer> FleetCa::make(qint64 number) const
{
    auto authority = std::make_shared<Authority>();
    authority->number = number;
    authority->key.reset(EVP_EC_gen("P-256"));
    if (!authority->key)
        return failed(u"its key could not be made"_s);
    CertificateFields fields;
    fields.commonName = u"Flagbridge fleet %1"_s.arg(toQString(m_fleet.fleetId).left(8));
    if (number > 1) // two that are trusted at once have different names
        fields.commonName += u" CA %1"_s.arg(number);
    fields.isCa = true;
    fields.notBefore = m_clock.now() - kBackDating;
    fields.notAfter = m_clock.now() + kCaLifetime;
    authority->certificate
        = buildCertificate(fields, authority->key.get(), nullptr, authority->key.get(), m_random);
    if (!authority->certificate)
        return failed(u"its certificate could not be signed"_s);
    authority->der = derOf(authority->certificate.get());
    return AuthorityPointer(std::move(authority));
}

Result<FleetCa::AuthorityPointer> FleetCa::stored(Reader &reader, qint64 number) const
{
    const auto kept = m_vault.get(reader, QString::fromLatin1(kPurpose), keyName(number));
    if (!kept)
        return kept.error();
    if (!*kept)
        return failed(u"its key is not in the vault"_s);
    constexpr std::string_view kEnd = "-----END PRIVATE KEY-----\n";
    const std::string_view bytes = (*kept)->secret.view();
    const size_t end = bytes.find(kEnd);
    if (end == std::string_view::npos)
        return failed(u"its key cannot be read"_s);
    auto authority = std::make_shared<Authority>();
    authority->number = number;
    authority->key = keyFromPem(SecretBytes(bytes.substr(0, end + kEnd.size())));
    const std::string_view der = bytes.substr(end + kEnd.size());
    authority->certificate = certificateFromDer(der);
    authority->der = toBytes(der);
    if (!authority->key || !authority->certificate
        || X509_check_private_key(authority->certificate.get(), authority->key.get()) != 1)
        return failed(u"its key and certificate do not belong together"_s);
    return AuthorityPointer(std::move(authority));
}

Result<void> FleetCa::load(const FleetCaState &state)
{
    auto present = stored(m_database.reader(), state.current);
    if (!present)
        return present.error();
    AuthorityPointer next;
    if (state.next != 0) {
        auto found = stored(m_database.reader(), state.next);
        if (!found)
            return found.error();
        next = *found;
    }
    m_present = *present;
    m_next = next;
    m_state = state;
    return {};
}

// ---- What it is ------------------------------------------------------------------------------------------------------

const QByteArray &FleetCa::certificateDer() const { return m_present->der; }

const QByteArray &FleetCa::issuerDer() const { return issuer().der; }

QByteArray FleetCa::certificatePem() const { return pemOf(m_present->certificate.get()); }

QString FleetCa::caSha256() const { return m_present->facts().sha256; }

QStringList FleetCa::pins() const
{
    QStringList pins {caSha256()};
    if (m_next)
        pins.append(m_next->facts().sha256);
    return pins;
}

CaFacts FleetCa::present() const { return m_present->facts(); }

std::optional<CaFacts> FleetCa::next() const
{
    return m_next ? std::optional(m_next->facts()) : std::nullopt;
}

const FleetCa::Authority &FleetCa::issuer() const
{
    return m_state.phase == CaPhase::Issuing ? *m_next : *m_present;
}

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
    const Authority &by = issuer();
    const auto certificate
        = buildCertificate(fields, key->get(), by.certificate.get(), by.key.get(), m_random);
    if (!certificate)
        return failed(u"a node's certificate could not be signed"_s);
    IssuedCertificate issued = issuedOf(certificate.get(), fields);
    issued.ca = by.number;
    return issued;
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
        = buildCertificate(fields, key.get(), m_present->certificate.get(), m_present->key.get(), m_random);
    if (!certificate)
        return failed(u"the engine's certificate could not be signed"_s);
    EngineCredential credential;
    credential.certificate = issuedOf(certificate.get(), fields);
    credential.certificate.ca = m_present->number;
    credential.certificatePem = pemOf(certificate.get());
    credential.keyPem = keyPem(key.get());
    return credential;
}

// ---- Roll-over -------------------------------------------------------------------------------------------------------

Result<void> FleetCa::checkTurn(CaPhase phase) const
{
    if (m_state.phase == phase)
        return {};
    switch (m_state.phase) {
    case CaPhase::Stable:
        return fail(errors::kConflict, u"No roll-over of the fleet's CA is under way. Begin one first."_s);
    case CaPhase::Published:
        return fail(errors::kConflict,
                    u"The next CA is published and does not issue yet. Let it issue first."_s);
    case CaPhase::Issuing:
        return fail(errors::kConflict,
                    u"The next CA issues already; what is left is to retire the present one."_s);
    }
    return {};
}

QByteArray FleetCa::signatureOf(const CaBundle &bundle, const Authority &by) const
{
    const std::string text = caBundleText(m_fleet.fleetId.text(), bundle.version, bundle.caDer);
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    const openssl::DigestContext context(EVP_MD_CTX_new());
    size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, by.key.get()) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
        return {};
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes,
                       text.size())
        != 1)
        return {};
    signature.resize(static_cast<qsizetype>(size));
    return signature;
}

CaBundle FleetCa::bundle() const
{
    CaBundle bundle {.version = static_cast<uint64_t>(m_state.bundleVersion),
                     .caDer = {},
                     .signature = m_state.bundleSignature.toStdString()};
    if (m_next)
        bundle.caDer.push_back(m_next->der.toStdString());
    bundle.caDer.push_back(m_present->der.toStdString());
    return bundle;
}

Result<void> FleetCa::begin(Transaction &tx)
{
    if (m_state.phase != CaPhase::Stable)
        return fail(errors::kConflict, u"A roll-over of the fleet's CA is under way already."_s);
    FleetCaState after = m_state;
    after.next = m_state.current + 1;
    after.phase = CaPhase::Published;
    after.bundleVersion = m_state.bundleVersion + 1;
    after.begunAt = m_clock.now();
    const auto next = make(after.next);
    if (!next)
        return next.error();
    after.bundleSignature = signatureOf({.version = static_cast<uint64_t>(after.bundleVersion),
                                         .caDer = {(*next)->der.toStdString(), m_present->der.toStdString()},
                                         .signature = {}},
                                        *m_present);
    if (after.bundleSignature.isEmpty())
        return failed(u"the next one could not be announced"_s);
    if (auto changed = m_rows.change(tx, m_state, after); !changed)
        return changed;
    return m_vault.put(tx, secretName(keyName(after.next)), (*next)->packed().view());
}

Result<void> FleetCa::startIssuing(Transaction &tx)
{
    if (auto turn = checkTurn(CaPhase::Published); !turn)
        return turn;
    FleetCaState after = m_state;
    after.phase = CaPhase::Issuing;
    after.issuingSince = m_clock.now();
    return m_rows.change(tx, m_state, after);
}

Result<void> FleetCa::retire(Transaction &tx)
{
    if (auto turn = checkTurn(CaPhase::Issuing); !turn)
        return turn;
    FleetCaState after {.current = m_state.next,
                        .next = 0,
                        .phase = CaPhase::Stable,
                        .bundleVersion = m_state.bundleVersion + 1,
                        .bundleSignature = {},
                        .begunAt = {},
                        .issuingSince = {}};
    // By the one that stays: every node that may come back trusts it by now.
    after.bundleSignature = signatureOf({.version = static_cast<uint64_t>(after.bundleVersion),
                                         .caDer = {m_next->der.toStdString()},
                                         .signature = {}},
                                        *m_next);
    if (after.bundleSignature.isEmpty())
        return failed(u"its retirement could not be announced"_s);
    if (auto changed = m_rows.change(tx, m_state, after); !changed)
        return changed;
    return m_vault.remove(tx, QString::fromLatin1(kPurpose), keyName(m_state.current)).map([](bool) {});
}

Result<bool> FleetCa::reload()
{
    const auto state = m_rows.state(m_database.reader());
    if (!state)
        return state.error();
    if (*state == m_state)
        return false;
    if (auto loaded = load(*state); !loaded)
        return loaded.error();
    return true;
}

}
