#include "agent/supervisor/identity.h"

#include "agent/supervisor/node_key.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/ids.h"
#include "backend/transport/tls_context.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <charconv>
#include <ctime>

namespace fb::agent {

namespace {

    constexpr std::string_view kConf = "node.conf";
    constexpr std::string_view kPair = "node.pair";
    constexpr std::string_view kNewPair = "next.pair";
    constexpr std::string_view kRenewal = "renewal.key";
    constexpr std::string_view kPending = "enrolment.pending";
    constexpr size_t kMaxFileBytes = 256 * 1024;

    // "name=base64" lines. Small files, read whole.
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::string toText(const Fields &fields)
    {
        std::string text;
        for (const auto &[name, value] : fields)
            text += name + "=" + toBase64(value) + "\n";
        return text;
    }

    Result<Fields> readFields(const PrivateFolder &folder, std::string_view name)
    {
        auto text = folder.read(name, kMaxFileBytes);
        if (!text)
            return text.error();
        Fields fields;
        std::string_view rest(*text);
        while (!rest.empty()) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const size_t equals = line.find('=');
            const auto value
                = equals == std::string_view::npos ? std::nullopt : fromBase64(line.substr(equals + 1));
            if (!value)
                return makeError(errors::kValidation,
                                 fmt::format("{} is damaged", (folder.path() / name).string()));
            fields.emplace_back(line.substr(0, equals), *value);
        }
        OPENSSL_cleanse(text->data(), text->size());
        return fields;
    }

    std::string valueOf(const Fields &fields, std::string_view name)
    {
        for (const auto &[key, value] : fields)
            if (key == name)
                return value;
        return {};
    }

    void wipeFields(Fields &fields)
    {
        for (auto &[key, value] : fields)
            OPENSSL_cleanse(value.data(), value.size());
    }

    Result<void> writeSecretly(const PrivateFolder &folder, std::string_view name, Fields fields)
    {
        std::string text = toText(fields);
        auto written = folder.write(name, text);
        OPENSSL_cleanse(text.data(), text.size());
        wipeFields(fields);
        return written;
    }

    Result<std::shared_ptr<const transport::TlsIdentity>> loadPair(const PrivateFolder &folder,
                                                                   std::string_view name)
    {
        auto fields = readFields(folder, name);
        if (!fields)
            return fields.error();
        const SecretBytes key(valueOf(*fields, "key"));
        const std::string certificate = valueOf(*fields, "certificate");
        wipeFields(*fields);
        return transport::TlsIdentity::load(certificate, {}, key);
    }

}

bool Identity::isRegistered() const { return m_folder.has(kConf); }

Result<Registration> Identity::registration() const
{
    const auto fields = readFields(m_folder, kConf);
    if (!fields)
        return fields.error();
    Registration registration;
    for (const auto &[name, value] : *fields) {
        if (name == "node-id")
            registration.nodeId = value;
        else if (name == "fleet-id")
            registration.fleetId = value;
        else if (name == "ca")
            registration.caDer.push_back(value);
        else if (name == "ca-version")
            std::from_chars(value.data(), value.data() + value.size(), registration.caVersion);
        else if (name == "endpoint")
            registration.endpoints.push_back(value);
        else if (name == "endpoints-version")
            std::from_chars(value.data(), value.data() + value.size(), registration.endpointsVersion);
        else if (name == "order-signing-key")
            registration.orderSigningKey = value;
        else if (name == "release-key")
            registration.releaseKey = value;
        else if (name == "last-worked")
            registration.lastWorked = value;
    }
    if (!isNodeId(registration.nodeId) || registration.caDer.empty() || registration.endpoints.empty())
        return makeError(errors::kInternal, fmt::format("{} is damaged", (m_folder.path() / kConf).string()));
    return registration;
}

Result<void> Identity::setRegistration(const Registration &registration) const
{
    Fields fields {{"node-id", registration.nodeId},
                   {"fleet-id", registration.fleetId},
                   {"endpoints-version", fmt::format("{}", registration.endpointsVersion)},
                   {"order-signing-key", registration.orderSigningKey},
                   {"release-key", registration.releaseKey},
                   {"last-worked", registration.lastWorked},
                   {"ca-version", fmt::format("{}", registration.caVersion)}};
    for (const std::string &ca : registration.caDer)
        fields.emplace_back("ca", ca);
    for (const std::string &endpoint : registration.endpoints)
        fields.emplace_back("endpoint", endpoint);
    return m_folder.write(kConf, toText(fields));
}

void Identity::wipe() const
{
    for (const std::string_view name : {kConf, kPair, kNewPair, kRenewal, kPending})
        m_folder.remove(name);
    (void)m_folder.sync();
}

// ---- Enrolment ---------------------------------------------------------------------------------------------------

Result<PendingEnrolment> Identity::beginEnrolment(const std::string &engineUrl,
                                                  const std::string &activationId, Random &random) const
{
    if (auto fields = readFields(m_folder, kPending)) {
        PendingEnrolment pending {valueOf(*fields, "engine"), valueOf(*fields, "activation"),
                                  valueOf(*fields, "nonce"), SecretBytes(valueOf(*fields, "key"))};
        wipeFields(*fields);
        if (pending.engineUrl == engineUrl && pending.activationId == activationId
            && pending.nonce.size() == 16 && !pending.key.isEmpty())
            return pending;
    }
    auto key = newNodeKey();
    if (!key)
        return key.error();
    PendingEnrolment pending {engineUrl, activationId, random.bytes(16), *std::move(key)};
    auto written = writeSecretly(m_folder, kPending,
                                 {{"engine", engineUrl},
                                  {"activation", activationId},
                                  {"nonce", pending.nonce},
                                  {"key", std::string(pending.key.view())}});
    if (!written)
        return written.error();
    return pending;
}

Result<void> Identity::finishEnrolment(const PendingEnrolment &pending, const Registration &registration,
                                       std::string_view certificateDer) const
{
    if (auto tls = transport::TlsIdentity::load(certificateDer, {}, pending.key); !tls)
        return tls.error();
    auto written = writeSecretly(
        m_folder, kPair,
        {{"key", std::string(pending.key.view())}, {"certificate", std::string(certificateDer)}});
    if (!written)
        return written;
    if (written = setRegistration(registration); !written) // from here on it is registered
        return written;
    for (const std::string_view name : {kPending, kNewPair, kRenewal})
        m_folder.remove(name);
    return m_folder.sync();
}

// ---- Pairs -------------------------------------------------------------------------------------------------------

Result<Identity::Pair> Identity::usablePair(bool preferNew, std::string &complaint) const
{
    std::string_view order[] = {kNewPair, kPair};
    if (!preferNew)
        std::swap(order[0], order[1]);
    for (const std::string_view name : order) {
        if (!m_folder.has(name))
            continue;
        if (auto tls = loadPair(m_folder, name))
            return Pair {*tls, name == kNewPair};
        else {
            const bool isDamaged = tls.error().code == errors::kValidation;
            if (!isDamaged) { // the disk, or too many open files: as good as ever once that is over
                complaint += fmt::format("{} cannot be read now ({}). ", (m_folder.path() / name).string(),
                                         tls.error().message);
                continue;
            }
            const std::string aside = fmt::format("{}.damaged-{}", name, std::time(nullptr));
            complaint += fmt::format("{} cannot be used ({}); kept as {}. ",
                                     (m_folder.path() / name).string(), tls.error().message, aside);
            m_folder.rename(name, aside);
        }
    }
    return makeError(
        errors::kInternal,
        complaint
            + "This node has no certificate that works. Register it again with a new activation: "
              "flagbridge-agent register --force ...");
}

bool Identity::hasBothPairs() const { return m_folder.has(kNewPair) && m_folder.has(kPair); }

Result<SecretBytes> Identity::beginRenewal() const
{
    auto key = newNodeKey();
    if (!key)
        return key;
    if (auto written = writeSecretly(m_folder, kRenewal, {{"key", std::string(key->view())}}); !written)
        return written.error();
    return key;
}

Result<SecretBytes> Identity::renewalKey() const
{
    if (auto fields = readFields(m_folder, kRenewal)) {
        SecretBytes key(valueOf(*fields, "key"));
        wipeFields(*fields);
        if (!key.isEmpty())
            return key;
    }
    return beginRenewal();
}

Result<Identity::KeyProof> Identity::proveKey(std::string_view text, bool preferNew) const
{
    auto fields = readFields(m_folder, preferNew && m_folder.has(kNewPair) ? kNewPair : kPair);
    if (!fields)
        return fields.error();
    const SecretBytes key(valueOf(*fields, "key"));
    KeyProof proof {.certificateDer = valueOf(*fields, "certificate")};
    wipeFields(*fields);
    return signText(key, text).map([&](std::string signature) {
        proof.signature = std::move(signature);
        return proof;
    });
}

Result<void> Identity::finishRenewal(std::string_view certificateDer) const
{
    auto fields = readFields(m_folder, kRenewal);
    if (!fields)
        return fields.error();
    const SecretBytes key(valueOf(*fields, "key"));
    wipeFields(*fields);
    if (auto tls = transport::TlsIdentity::load(certificateDer, {}, key); !tls)
        return tls.error();
    auto written = writeSecretly(
        m_folder, kNewPair, {{"key", std::string(key.view())}, {"certificate", std::string(certificateDer)}});
    if (written)
        m_folder.remove(kRenewal);
    return written;
}

void Identity::proveNewPair() const
{
    if (!m_folder.has(kNewPair))
        return;
    m_folder.rename(kNewPair, kPair);
    (void)m_folder.sync();
}

void Identity::dropNewPair() const { m_folder.remove(kNewPair); }

}
