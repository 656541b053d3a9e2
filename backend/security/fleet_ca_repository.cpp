#include "backend/security/fleet_ca_repository.h"

#include "backend/base/fail.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<FleetCaState> FleetCaRepository::state(Reader &reader) const
{
    const auto row = reader.one(
        u"SELECT current_ca, next_ca, phase, bundle_version, bundle_signature, begun_at, issuing_since "
        "FROM fleet_ca WHERE id = 1"_s,
        {}, [](const Row &each) {
            return std::pair(FleetCaState {.current = each.integer(0),
                                           .next = each.integer(1),
                                           .phase = {},
                                           .bundleVersion = each.integer(3),
                                           .bundleSignature = each.bytes(4),
                                           .begunAt = each.instantIfAny(5),
                                           .issuingSince = each.instantIfAny(6)},
                             enumNamed<CaPhase>(each.text(2), {}));
        });
    if (!row)
        return row.error();
    if (!*row || !(*row)->second)
        return fail(errors::kInternal, u"The store does not say which CA is the fleet's."_s);
    FleetCaState state = (*row)->first;
    state.phase = *(*row)->second;
    return state;
}

Result<void> FleetCaRepository::change(Transaction &tx, const FleetCaState &before,
                                       const FleetCaState &after) const
{
    const auto changed = tx.execute(
        u"UPDATE fleet_ca SET current_ca = ?, next_ca = ?, phase = ?, bundle_version = ?, "
        "bundle_signature = ?, begun_at = ?, issuing_since = ? "
        "WHERE id = 1 AND current_ca = ? AND phase = ? AND bundle_version = ?"_s,
        {after.current, after.next == 0 ? QVariant() : QVariant(after.next), enumName(after.phase),
         after.bundleVersion, after.bundleSignature, toSql(after.begunAt), toSql(after.issuingSince),
         before.current, enumName(before.phase), before.bundleVersion});
    if (!changed)
        return changed.error();
    if (*changed != 1)
        return fail(errors::kConflict,
                    u"The roll-over of the fleet's CA has gone on meanwhile. Look at it again."_s);
    return {};
}

}
