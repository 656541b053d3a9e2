#include "agent/supervisor/known_machine.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/ids.h"
#include "backend/protocol/hardware_rules.h"

namespace fb::agent {

namespace {

    constexpr std::string_view kFile = "fingerprint";
    constexpr size_t kMostBytes = 64 * 1024;

    // The fingerprint, and in a second line the record as base64.
    std::optional<wire::HardwareRecord> recordOf(std::string_view text)
    {
        const size_t line = text.find('\n');
        if (line == std::string_view::npos || text.size() == line + 1)
            return std::nullopt;
        text.remove_prefix(line + 1);
        const auto bytes = fromBase64(text.substr(0, text.find('\n')));
        wire::HardwareRecord record;
        if (!bytes || !record.ParseFromString(*bytes))
            return std::nullopt;
        return record;
    }

}

Result<KnownMachine> KnownMachine::load(const PrivateFolder &folder, Random &random)
{
    if (const auto text = folder.read(kFile, kMostBytes)) {
        std::string fingerprint = text->substr(0, text->find('\n'));
        if (isUuid(fingerprint))
            return KnownMachine(folder, std::move(fingerprint), recordOf(*text));
    }
    KnownMachine made(folder, newUuid(random), std::nullopt);
    if (auto stored = made.store(made.m_fingerprint, std::nullopt); !stored)
        return stored.error();
    return made;
}

bool KnownMachine::mayComeLate(const wire::HardwareRecord &current) const
{
    if (!m_hardware)
        return false;
    const bool isMissing = (current.ip_address().empty() && !m_hardware->ip_address().empty())
        || (current.mac().empty() && !m_hardware->mac().empty())
        || (current.disks().empty() && !m_hardware->disks().empty());
    return isMissing
        || protocol::compareMachines(*m_hardware, current, protocol::kDefaultLikeness)
        == protocol::MachineLikeness::Drifted;
}

Result<bool> KnownMachine::meet(const wire::HardwareRecord &current, Random &random)
{
    const bool isOther = m_hardware && protocol::isOtherMachine(*m_hardware, current);
    if (m_hardware && !isOther)
        return false;
    if (auto stored = store(isOther ? newUuid(random) : m_fingerprint, current); !stored)
        return stored.error();
    return isOther;
}

Result<void> KnownMachine::keep(const wire::HardwareRecord &current)
{
    if (m_hardware && protocol::isSameHardware(*m_hardware, current))
        return {};
    return store(m_fingerprint, current);
}

Result<void> KnownMachine::store(const std::string &fingerprint,
                                 const std::optional<wire::HardwareRecord> &hardware)
{
    std::string text = fingerprint + '\n';
    if (hardware)
        text += toBase64(hardware->SerializeAsString()) + '\n';
    if (auto written = m_folder->write(kFile, text); !written)
        return written;
    m_fingerprint = fingerprint;
    m_hardware = hardware;
    return {};
}

void KnownMachine::wipe(const PrivateFolder &folder) { folder.remove(kFile); }

}
