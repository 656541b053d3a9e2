#include "backend/engine/audit_verify_stream.h"

#include "backend/base/field_table.h"
#include "backend/base/on_result.h"
#include "backend/security/audit_service.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

AuditVerifyStream::AuditVerifyStream(AuditService &audit, Principal who)
    : m_audit(audit),
      m_who(std::move(who))
{
}

void AuditVerifyStream::receive(const QJsonObject &)
{
    if (std::exchange(m_asked, true))
        return;
    const auto progress = [self = QPointer(this), service = &m_audit](qint64 read, qint64 all) {
        QMetaObject::invokeMethod(
            service,
            [self, read, all] {
                if (self)
                    emit self->event({{u"Read"_s, read}, {u"All"_s, all}});
            },
            Qt::QueuedConnection);
    };
    onResult(m_audit.verify(m_who, progress), this, [this](const Result<AuditVerdict> &verdict) {
        emit finished(verdict.map([](const AuditVerdict &found) { return toJson(found); }));
    });
}

}
