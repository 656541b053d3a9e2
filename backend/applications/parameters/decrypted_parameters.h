#pragma once
// Values that were opened in the last 60 s, in locked memory, so that a fleet that reads one secret opens it once
// (spec/parameter-store.md, Scale). Bounded. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/secret_bytes.h"

#include <QtGlobal>

#include <map>
#include <optional>
#include <utility>

namespace fb {

class DecryptedParameters
{
public:
    static constexpr auto kKept = std::chrono::seconds(60);
    static constexpr size_t kMostValues = 512;

    explicit DecryptedParameters(const Clock &clock) : m_clock(clock) { }

    std::optional<SecretBytes> find(qint64 parameterId, qint64 version); // a copy
    void keep(qint64 parameterId, qint64 version, const SecretBytes &value);
    void drop(qint64 parameterId); // it was changed
    void clear() { m_values.clear(); }

private:
    struct Value {
        SecretBytes bytes;
        Tick until {};
    };
    void dropOld();

    const Clock &m_clock;
    std::map<std::pair<qint64, qint64>, Value> m_values;
};

}
