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
    const std::string issuer = m_ca.certificateDer().toStdString();
    GatewayTls tls {.certificateDer = credential->certificate.der.toStdString(),
                    .privateKey = std::move(credential->keyPem),
                    .fleetCaDer = {issuer}};
    for (std::string &der : m_ca.bundle().caDer) {
        if (der != issuer)
            tls.fleetCaDer.push_back(std::move(der));
    }
    return tls;
}

void EngineCertificate::renewFor(Gateway &gateway)
{
    connect(&m_timer, &QTimer::timeout, &gateway, [this, &gateway] {
        if (m_clock.now() >= m_renewAt)
            renew(gateway);
    });
    m_timer.start();
}

void EngineCertificate::renew(Gateway &gateway)
{
    auto tls = issue();
    const Result<void> set = tls ? gateway.setTls(*tls) : Result<void>(tls.error());
    if (set)
        return;
    m_renewAt = {}; // tried again at the next look
    qCWarning(certificateLog) << "the engine's certificate was not renewed:" << set.error().message.c_str();
}

}
