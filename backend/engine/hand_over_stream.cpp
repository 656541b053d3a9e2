#include "backend/engine/hand_over_stream.h"

#include "backend/engine/engine.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"

#include <QCoreApplication>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

HandOverStream::HandOverStream(const Access &access, AuditLog &audit, const EngineOptions &options,
                               QString listen, Principal who)
    : m_access(access),
      m_audit(audit),
      m_options(options),
      m_listen(std::move(listen)),
      m_who(std::move(who))
{
}

void HandOverStream::receive(const QJsonObject &)
{
    if (m_asked)
        return;
    m_asked = true;
    if (const auto allowed = m_access.check(m_who, actions::kHandOver); !allowed)
        return emit finished(allowed.error());
    if (const auto recorded
        = m_audit.record({.who = m_who, .action = u"flagbridge:HandOver"_s, .target = m_options.dataDir});
        !recorded)
        return emit finished(recorded.error());
    // After the answer is on its way: the socket goes with the engine.
    QTimer::singleShot(0, QCoreApplication::instance(), m_options.handOver);
    emit finished(QJsonObject {{u"Listen"_s, m_listen}, {u"Advertise"_s, m_options.advertiseHost}});
}

}
