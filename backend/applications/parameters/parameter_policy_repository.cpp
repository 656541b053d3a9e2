#include "backend/applications/parameters/parameter_policy_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    PolicyKind kindNamed(const QString &text)
    {
        return enumNamed<PolicyKind>(text, {}).value_or(
            PolicyKind::NoChangeNotification); // the one that harms least
    }
}

Result<QList<DuePolicy>> ParameterPolicyRepository::policies(Reader &reader, qint64 id) const
{
    return reader.all(
        u"SELECT policy_type, policy_text, status, due FROM parameter_policy WHERE parameter_id = ? "
        "ORDER BY position"_s,
        {id}, [](const Row &row) {
            return DuePolicy {.rule = {.kind = kindNamed(row.text(0)), .text = row.text(1)},
                              .status
                              = enumNamed<PolicyStatus>(row.text(2), {}).value_or(PolicyStatus::Pending),
                              .due = row.instant(3)};
        });
}

Result<void> ParameterPolicyRepository::setPolicies(Transaction &tx, qint64 id,
                                                    const QList<DuePolicy> &policies) const
{
    const auto removed = tx.execute(u"DELETE FROM parameter_policy WHERE parameter_id = ?"_s, {id});
    if (!removed || policies.isEmpty())
        return removed.map([](qint64) {});
    QList<QVariantList> rows;
    for (const DuePolicy &policy : policies) {
        const bool isOpen = policy.status == PolicyStatus::Pending;
        rows.append({id, static_cast<qint64>(rows.size()), enumName(policy.rule.kind), policy.rule.text,
                     enumName(policy.status), toSql(policy.due), isOpen ? toSql(policy.due) : QVariant()});
    }
    return tx
        .insertRows(u"parameter_policy"_s,
                    {u"parameter_id"_s, u"position"_s, u"policy_type"_s, u"policy_text"_s, u"status"_s,
                     u"due"_s, u"next_due"_s},
                    rows)
        .map([](qint64) {});
}

Result<QList<ParameterPolicyRepository::Due>> ParameterPolicyRepository::due(Transaction &tx, Instant now,
                                                                             int limit) const
{
    const auto mine = tx.number(tryJobLock(tx.dialect(), kSweepLock));
    if (!mine)
        return mine.error();
    if (*mine == 0)
        return QList<Due>();
    return tx.all(u"SELECT parameter_id, position, policy_type, policy_text FROM parameter_policy "
                  "WHERE next_due IS NOT NULL AND next_due <= ? ORDER BY next_due, parameter_id, position "
                  "LIMIT ?"_s
                      + skipLocked(tx.dialect()),
                  {toSql(now), limit}, [](const Row &row) {
                      return Due {.parameterId = row.integer(0),
                                  .position = row.integer(1),
                                  .kind = kindNamed(row.text(2)),
                                  .text = row.text(3)};
                  });
}

Result<bool> ParameterPolicyRepository::finish(Transaction &tx, const Due &due, PolicyStatus status) const
{
    return tx
        .execute(u"UPDATE parameter_policy SET status = ?, next_due = NULL "
                 "WHERE parameter_id = ? AND position = ? AND next_due IS NOT NULL"_s,
                 {enumName(status), due.parameterId, due.position})
        .map([](qint64 rows) { return rows == 1; });
}

Result<std::optional<Instant>> ParameterPolicyRepository::nextDue(Reader &reader) const
{
    return reader.one(u"SELECT next_due FROM parameter_policy WHERE next_due IS NOT NULL "
                      "ORDER BY next_due LIMIT 1"_s,
                      {}, [](const Row &row) { return row.instant(0); });
}

}
