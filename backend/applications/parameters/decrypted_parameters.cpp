#include "backend/applications/parameters/decrypted_parameters.h"

namespace fb {

std::optional<SecretBytes> DecryptedParameters::find(qint64 parameterId, qint64 version)
{
    dropOld();
    const auto found = m_values.find({parameterId, version});
    return found == m_values.end() ? std::nullopt : std::optional(found->second.bytes.copy());
}

void DecryptedParameters::keep(qint64 parameterId, qint64 version, const SecretBytes &value)
{
    dropOld();
    if (m_values.size() >= kMostValues)
        m_values.clear();
    m_values.insert_or_assign({parameterId, version}, Value {value.copy(), m_clock.tick() + kKept});
}

void DecryptedParameters::drop(qint64 parameterId)
{
    std::erase_if(m_values, [parameterId](const auto &entry) { return entry.first.first == parameterId; });
}

void DecryptedParameters::dropOld()
{
    const Tick now = m_clock.tick();
    std::erase_if(m_values, [now](const auto &entry) { return entry.second.until <= now; });
}

}
