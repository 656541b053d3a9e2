#include "models/nodes/activations/approvals_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    ApprovalRow rowOf(const PendingApproval &pending, const Node *node)
    {
        ApprovalRow row {.id = toQString(pending.node),
                         .name = toQString(pending.node),
                         .isExpired = pending.cause == ApprovalCause::ExpiredCertificate,
                         .address = pending.address,
                         .asked = pending.askedAt,
                         .platform = {},
                         .activationId = {}};
        if (node) {
            row.name = node->shownName().isEmpty() ? row.id : node->shownName().text();
            row.platform = (node->platformName.text() + u' ' + node->platformVersion.text()).trimmed();
            row.activationId = toQString(node->activation);
        }
        return row;
    }
}

ApprovalsFeed::ApprovalsFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void ApprovalsFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.approvals(), &ApprovalService::approvalsChanged, this, &ApprovalsFeed::read);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void ApprovalsFeed::read()
{
    using Rows = QList<ApprovalRow>;
    const auto asked = m_engine.post([](Engine &engine) -> Result<Rows> {
        return engine.approvals()
            .pendingApprovals(engine.atConsole())
            .map([&](const QList<PendingApproval> &all) {
                Rows rows;
                for (const PendingApproval &pending : all)
                    rows << rowOf(pending, engine.fleet().node(pending.node));
                return rows;
            });
    });
    onResult(asked, this, [this](const Result<Rows> &rows) {
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        QSet<QString> now;
        for (const ApprovalRow &row : *rows)
            now.insert(row.id);
        const QSet<QString> gone = std::exchange(m_shown, now) - now;
        if (!gone.isEmpty())
            m_news.removed(gone.values());
        m_asked.clear();
        for (const ApprovalRow &row : *rows)
            m_asked.insert(row.id, row.asked);
        m_news.arrived(*rows);
        m_news.complete(false);
    });
}

void ApprovalsFeed::decide(const QString &id, ApprovalWord word,
                           std::function<void(const ShownError &problem)> done)
{
    const auto asked = m_asked.contains(id) ? std::optional(m_asked.value(id)) : std::nullopt;
    const auto decided = m_engine.post([id, word, asked](Engine &engine) {
        const auto node = toId<NodeId>(id);
        return word == ApprovalWord::Approve ? engine.approvals().approve(engine.atConsole(), node, asked)
                                             : engine.approvals().reject(engine.atConsole(), node);
    });
    onResult(decided, this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

}
