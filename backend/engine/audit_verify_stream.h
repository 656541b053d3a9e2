#pragma once
// VerifyAuditLog of the control socket: reads the whole log and tells how far it is by events {"Read", "All"}; the answer is the verdict.
// Engine thread.

#include "backend/control/control_server.h"

namespace fb {

class AuditService;

class AuditVerifyStream : public ControlStream
{
    Q_OBJECT

public:
    AuditVerifyStream(AuditService &audit, Principal who);
    void receive(const QJsonObject &input) override; // the first call does it

private:
    AuditService &m_audit;
    Principal m_who;
    bool m_asked = false;
};

}
