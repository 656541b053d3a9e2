#include "backend/engine/restored_store.h"

#include "backend/base/qt_text.h"
#include "backend/core/time_text.h"
#include "backend/dispatch/order_outbox.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/security/signin/sign_in_service.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(restoredLog, "fb.engine.restored")

namespace {
    // An epoch counts seconds at least, so nodes' orders never reach the next one.
    constexpr int kOrdersOfAnEpoch = 20; // bits
}

Result<void> RestoredStore::beginEpoch()
{
    const auto mark = m_marks.find(m_parts.database.reader());
    if (!mark)
        return mark.error();
    m_mark = *mark;
    if (!m_mark)
        return {};
    qCInfo(restoredLog) << "the store was restored; epoch" << m_mark->epoch << "begins";
    QList<NodeId> nodes;
    m_parts.fleet.forEach([&nodes](const DirectoryNode &node) { nodes.append(node.id); });
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto activations = m_parts.activations.voidAll(tx);
        if (!activations)
            return activations.error();
        const auto approvals = m_parts.approvals.withdrawAll(tx);
        if (!approvals)
            return approvals.error();
        m_told = {{u"ActivationsVoid"_s, *activations}, {u"ApprovalsWithdrawn"_s, *approvals}};
        return m_parts.outbox.startAbove(tx, nodes, static_cast<uint64_t>(m_mark->epoch) << kOrdersOfAnEpoch);
    });
}

Result<void> RestoredStore::finish()
{
    if (!m_mark)
        return {};
    QJsonObject diff = m_told;
    diff.insert(u"Epoch"_s, m_mark->epoch);
    diff.insert(u"BackupMadeAt"_s, toQString(toIso8601(m_mark->backupMadeAt)));
    diff.insert(u"BackupFile"_s, m_mark->backupFile);
    diff.insert(u"RestoredAt"_s, toQString(toIso8601(m_mark->restoredAt)));
    diff.insert(u"CarriedOver"_s, m_mark->carriedOver);
    diff.insert(u"SessionsEnded"_s,
                m_parts.sessions.endAllSessions(u"the store was restored from a backup"_s));
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto signedOut = m_parts.signIn.endAll(tx);
        if (!signedOut)
            return signedOut.error();
        diff.insert(u"OperatorsSignedOut"_s, *signedOut);
        m_parts.audit.append(tx,
                             {.who = enginePrincipal(),
                              .action = u"flagbridge:StoreRestored"_s,
                              .target = u"store"_s,
                              .diff = diff});
        return m_marks.remove(tx);
    });
}

}
