#include "backend/api/refusal_log.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(refusalLog, "fb.api")

RefusalLog::RefusalLog(AuditLog &audit, QObject *parent) : QObject(parent), m_audit(audit)
{
    m_timer.setInterval(1min);
    connect(&m_timer, &QTimer::timeout, this, &RefusalLog::tell);
    m_timer.start();
}

void RefusalLog::note(const WireRefusal &refusal)
{
    const QString kind
        = QStringList {refusal.who.name, refusal.accessKeyId, refusal.operation, refusal.result}.join(u'\n');
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = m_counted.find(kind);
        if (known != m_counted.end()) {
            ++known->second.more;
            return;
        }
        if (m_counted.size() >= kMostKinds) {
            ++m_others;
            return;
        }
        m_counted.emplace(kind, Counted {refusal, 0});
    }
    QMetaObject::invokeMethod(
        this, [this, refusal] { record(refusal, 1); }, Qt::AutoConnection);
}

void RefusalLog::tell()
{
    std::map<QString, Counted> counted;
    qint64 others = 0;
    {
        const std::scoped_lock lock(m_mutex);
        counted = std::exchange(m_counted, {});
        others = std::exchange(m_others, 0);
    }
    for (const auto &[kind, each] : counted) {
        if (each.more > 0)
            record(each.refusal, each.more);
    }
    if (others > 0)
        record({.who = {.name = u"several"_s, .role = Role::Viewer, .source = u"api"_s},
                .accessKeyId = {},
                .operation = u"several"_s,
                .result = u"AccessDeniedException"_s},
               others);
}

void RefusalLog::record(const WireRefusal &refusal, qint64 count)
{
    AuditEntry entry {.who = refusal.who,
                      .action = refusal.operation,
                      .target = refusal.accessKeyId.isEmpty() ? u"aws wire"_s : refusal.accessKeyId,
                      .result = refusal.result};
    if (count > 1)
        entry.diff = {{u"Count"_s, count}};
    if (auto recorded = m_audit.record(entry); !recorded)
        qCWarning(refusalLog) << "a refusal was not recorded:" << recorded.error().message.c_str();
}

}
