#pragma once
// HandOver of the control socket: a console on this machine takes the store over from a headless engine (design 6). Answers {"Listen",
// "Advertise"}, so that the nodes find the console where the engine was, and then has the engine stopped. Engine thread.

#include "backend/control/control_server.h"

namespace fb {

class Access;
class AuditLog;
struct EngineOptions;

class HandOverStream : public ControlStream
{
    Q_OBJECT

public:
    // `listen`: where its gateway really is, "0.0.0.0:8443".
    HandOverStream(const Access &access, AuditLog &audit, const EngineOptions &options, QString listen,
                   Principal who);
    void receive(const QJsonObject &input) override; // the first call does it

private:
    const Access &m_access;
    AuditLog &m_audit;
    const EngineOptions &m_options;
    QString m_listen;
    Principal m_who;
    bool m_asked = false;
};

}
