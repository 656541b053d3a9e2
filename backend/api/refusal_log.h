#pragma once
// What the AWS wire refuses somebody who is known, for the audit log: a wrong signature of a key of ours, a key that is disabled, expired or
// too fast, a permission that is missing. The first is told at once; more of the same (who, operation, result) within its minute
// are one entry that counts them, so that a flood fills no store. note() on any thread; the rest on the engine thread.

#include "backend/core/clock.h"
#include "backend/security/audit_log.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <mutex>

namespace fb {

struct WireRefusal {
    Principal who; // of the key; source: "api ADDRESS"
    QString accessKeyId;
    QString operation; // "ssm:GetParameter"; "flagbridge:Authenticate" when it did not come that far
    QString result; // the error's code
};

class RefusalLog : public QObject
{
    Q_OBJECT

public:
    explicit RefusalLog(AuditLog &audit, QObject *parent = nullptr);

    static constexpr size_t kMostKinds = 200; // a minute; more are counted together
    void note(const WireRefusal &refusal);
    void tell(); // what was counted since the last call; by itself each minute, and wanted before the end
    qint64 refusalsTold() const { return m_audit.refusals(); } // by whoever refused

private:
    struct Counted {
        WireRefusal refusal;
        qint64 more = 0; // beyond the one that was told
    };
    void record(const WireRefusal &refusal, qint64 count);

    AuditLog &m_audit;
    QTimer m_timer;
    std::mutex m_mutex;
    std::map<QString, Counted> m_counted; // by who, operation and result
    qint64 m_others = 0;
};

}
