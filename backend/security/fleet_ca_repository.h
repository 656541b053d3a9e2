#pragma once
// The row that says which of the fleet's CAs are in use. Used by FleetCa only. Engine thread.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/store/transaction.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace fb {

enum class CaPhase {
    Stable, // one CA
    Published, // nodes are told of the next one, which signs nothing yet
    Issuing, // nodes' certificates come from the next one; engines still show themselves by the present one
};

constexpr auto namesOf(const CaPhase *)
{
    using P = CaPhase;
    return std::array {EnumName<P> {P::Stable, "Stable"}, EnumName<P> {P::Published, "Published"},
                       EnumName<P> {P::Issuing, "Issuing"}};
}

// CAs are numbered from 1 in the order they were made.
struct FleetCaState {
    qint64 current = 1; // signs the engines' certificates
    qint64 next = 0; // 0: none
    CaPhase phase = CaPhase::Stable;
    qint64 bundleVersion = 0; // of what nodes trust; raised whenever that changes
    QByteArray bundleSignature;
    std::optional<Instant> begunAt;
    std::optional<Instant> issuingSince;
    bool operator==(const FleetCaState &) const = default;
};

class FleetCaRepository
{
public:
    Result<FleetCaState> state(Reader &reader) const;
    // Conflict when the row is not `before` any more: another engine was faster.
    Result<void> change(Transaction &tx, const FleetCaState &before, const FleetCaState &after) const;
};

}
