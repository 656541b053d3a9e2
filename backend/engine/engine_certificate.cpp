#include "backend/engine/engine_certificate.h"

#include <QLoggingCategory>

namespace fb {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(certificateLog, "fb.engine.certificate")

EngineCertificate::EngineCertificate(const FleetCa &ca, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_ca(ca),
      m_clock(clock)
{
    m_timer.setInterval(1h);
}

Result<GatewayTls> EngineCertificate::issue()
{
    auto credential = m_ca.issueEngine();
    if (!credential)
        return credential.error();
    m_renewAt = m_clock.now() + (credential->certificate.notAfter - m_clock.now()) * 2 / 3;
    return GatewayTls {.certificateDer = credential->certificate.der.toStdString(),
                       .privateKey = std::move(credential->keyPem),
                       .fleetCaDer = {m_ca.certificateDer().toStdString()}};
}

void EngineCertificate::renewFor(Gateway &gateway)
{
    connect(&m_timer, &QTimer::timeout, &gateway, [this, &gateway] {
        if (m_clock.now() < m_renewAt)
            return;
        auto tls = issue();
        const Result<void> set = tls ? gateway.setTls(*tls) : Result<void>(tls.error());
        if (!set)
            qCWarning(certificateLog)
                << "the engine's certificate was not renewed:" << set.error().message.c_str();
    });
    m_timer.start();
}

}
