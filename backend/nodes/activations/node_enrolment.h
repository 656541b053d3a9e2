#pragma once
// How a machine becomes a node, and how a node gets its next certificate (spec/fleet-manager.md B3.1, B3.3). Engine thread.

#include "backend/gateway/enrolment_limiter.h"
#include "backend/gateway/node_connection.h"
#include "backend/nodes/activations/activation_service.h"

#include <QObject>

namespace fb {

class ApprovalService;
class CertificateRegistry;
struct CertificateRow;
struct IssuedCertificate;
class FleetCa;
class FleetService;
class Gateway;
class HardwareService;
class NodeProfileService;

class NodeEnrolment : public QObject, public EnrolmentHandler, public RenewalHandler
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        ActivationService &activations;
        ApprovalService &approvals;
        FleetService &fleet;
        HardwareService &hardware;
        const NodeProfileService &profiles;
        const FleetCa &ca;
        CertificateRegistry &certificates;
        const Clock &clock;
        Random &random;
    };

    explicit NodeEnrolment(Parts parts, QObject *parent = nullptr);

    void setEndpoints(QList<wire::Endpoint> endpoints) { m_endpoints = std::move(endpoints); }
    void setOrderSigningKey(std::string publicKey) { m_orderSigningKey = std::move(publicKey); }
    // Asked at each registration, since it may be set at any time; an empty one is none.
    void setReleaseKey(std::function<std::string()> key) { m_releaseKey = std::move(key); }
    // The first good connection with a renewed certificate revokes the older ones.
    void listenTo(Gateway &gateway);

    // Answers once the registration is committed. An unknown id and a wrong code read alike.
    void enrol(const wire::EnrolRequest &request, const QString &address,
               std::function<void(wire::EnrolAnswer)> answer) override;
    void renew(const NodeConnection &connection, const std::string &csrDer,
               std::function<void(wire::Renewed)> answer) override;

private:
    Result<EnrolmentRecord> registerNode(const wire::EnrolRequest &request, const QString &address);
    Result<void> store(Transaction &transaction, const Activation &activation, const Node &node,
                       const IssuedCertificate &certificate, const wire::EnrolRequest &request,
                       const QString &address);
    // A node whose certificate has expired proves its old key; ServiceUnavailable while an operator has not approved it.
    Result<EnrolmentRecord> readmitNode(const wire::EnrolRequest &request, const QString &address);
    Result<CertificateRow> expiredCertificate(const wire::EnrolRequest &request) const;
    wire::EnrolAnswer accepted(const EnrolmentRecord &record) const;
    void answerWhenCommitted(const Result<EnrolmentRecord> &record,
                             const std::function<void(wire::EnrolAnswer)> &answer);

    Parts m_parts;
    EnrolmentLimiter m_limiter;
    QList<wire::Endpoint> m_endpoints;
    std::string m_orderSigningKey;
    std::function<std::string()> m_releaseKey;
};

}
