#include "backend/nodes/activations/node_enrolment.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/gateway/gateway.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/fleet_ca.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(enrolmentLog, "fb.enrolment")

namespace {
    constexpr size_t kNonceBytes = 16;
    constexpr auto kAnswerKept = std::chrono::hours(24); // beyond the activation's expiry

    wire::EnrolAnswer refused(const Error &error)
    {
        wire::EnrolAnswer answer;
        const bool wrongPair
            = error.code == errors::kInvalidActivationId || error.message == "The activation code is wrong.";
        answer.set_error_code(wrongPair ? "InvalidActivation" : std::string(error.code.name()));
        answer.set_error_text(wrongPair ? "The activation id or code is wrong." : error.message);
        answer.set_retry(errorKind(error.code) == ErrorKind::Unavailable
                         || errorKind(error.code) == ErrorKind::Ours);
        return answer;
    }

    bool isWrongTry(const Error &error)
    {
        return error.code == errors::kInvalidActivationId || error.message == "The activation code is wrong.";
    }

    QByteArray requestHash(const wire::EnrolRequest &request)
    {
        return toBytes(sha256(request.activation_id() + '|' + request.nonce() + '|' + request.csr_der()));
    }
}

NodeEnrolment::NodeEnrolment(Parts parts, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_limiter(parts.clock)
{
}

void NodeEnrolment::listenTo(Gateway &gateway)
{
    connect(&gateway, &Gateway::nodeConnected, this, [this, &gateway](const NodeConnection &connection) {
        if (!gateway.isConnected(connection.node))
            return; // quarantined: it proves nothing
        const auto revoked = m_parts.database.write([&](Transaction &transaction) {
            return m_parts.certificates.revokeOlder(transaction, connection.node,
                                                    QString::fromLatin1(connection.serial), u"renewed"_s);
        });
        if (!revoked)
            qCWarning(enrolmentLog) << "older certificates were not revoked:"
                                    << revoked.error().message.c_str();
    });
}

void NodeEnrolment::enrol(const wire::EnrolRequest &request, const QString &address,
                          std::function<void(wire::EnrolAnswer)> answer)
{
    // A stranger's word: it goes to the audit log and an event when it is locked.
    const std::string activation
        = withVisibleEscapes(firstCodePoints(toValidUtf8(request.activation_id()), 64));
    if (const auto locked = m_limiter.check(toStd(address), activation); !locked)
        return answer(refused(locked.error()));
    const Result<EnrolmentRecord> record = registerNode(request);
    if (!record && isWrongTry(record.error())) {
        qCWarning(enrolmentLog) << "a wrong activation was tried from" << address;
        if (m_limiter.wrongTry(toStd(address), activation))
            m_parts.activations.reportLocked(ActivationId(activation), address);
    }
    answerWhenCommitted(record, answer);
}

Result<EnrolmentRecord> NodeEnrolment::registerNode(const wire::EnrolRequest &request)
{
    if (request.nonce().size() != kNonceBytes)
        return fail(errors::kInvalidParameters,
                    u"nonce has %1 bytes; it must have %2."_s.arg(request.nonce().size()).arg(kNonceBytes),
                    u"nonce"_s);
    ActivationRepository &repository = m_parts.activations.repository();
    const Result<Activation> activation
        = m_parts.activations.usable(ActivationId(request.activation_id()), request.activation_code());
    // A repeat after a lost answer: same nonce, same key, and only with the right code.
    const bool codeIsRight = activation || !isWrongTry(activation.error());
    if (codeIsRight) {
        const auto earlier = repository.enrolment(m_parts.database.reader(), requestHash(request));
        if (!earlier)
            return fail(earlier.error());
        if (*earlier)
            return **earlier;
    }
    if (!activation)
        return fail(activation.error());

    Node node = reportedNode(newNodeId(m_parts.random), request.facts(), request.agent_version(),
                             request.fingerprint());
    node.name = activation->defaultInstanceName;
    node.activation = activation->id;
    node.iamRole = activation->iamRole;
    node.registeredAt = m_parts.clock.now();
    for (const Tag &tag : activation->tags)
        node.tags.insert(tag.key, tag.value);
    const Result<IssuedCertificate> certificate = m_parts.ca.signNode(toBytes(request.csr_der()), node.id);
    if (!certificate)
        return fail(errors::kInvalidParameters, toQString(certificate.error().message), u"csr"_s);
    const EnrolmentRecord record {requestHash(request), node.id, certificate->der};
    return m_parts.database.write([&](Transaction &transaction) -> Result<EnrolmentRecord> {
        if (auto taken = m_parts.activations.takePlace(transaction, *activation); !taken)
            return fail(taken.error());
        if (auto registered = m_parts.fleet.registerNode(transaction, node); !registered)
            return fail(registered.error());
        if (auto recorded = m_parts.certificates.record(transaction, *certificate, toQString(node.id));
            !recorded)
            return fail(recorded.error());
        if (auto cleaned = repository.removeOldEnrolments(transaction, m_parts.clock.now()); !cleaned)
            return fail(cleaned.error());
        if (auto kept = repository.keepEnrolment(transaction, record, activation->id,
                                                 activation->expirationDate + kAnswerKept);
            !kept)
            return fail(kept.error());
        return record;
    });
}

void NodeEnrolment::answerWhenCommitted(const Result<EnrolmentRecord> &record,
                                        const std::function<void(wire::EnrolAnswer)> &answer)
{
    m_parts.database.whenCommitted([this, record, answer](const Result<void> &committed) {
        if (!record)
            return answer(refused(record.error()));
        answer(committed ? accepted(*record) : refused(committed.error()));
    });
}

wire::EnrolAnswer NodeEnrolment::accepted(const EnrolmentRecord &record) const
{
    wire::EnrolAnswer answer;
    answer.set_node_id(record.node.text());
    answer.set_certificate_der(record.certificateDer.toStdString());
    answer.add_ca_der(m_parts.ca.certificateDer().toStdString());
    answer.set_fleet_id(m_parts.database.fleet().fleetId.text());
    answer.set_order_signing_key(m_orderSigningKey);
    answer.set_protocol_floor(protocol::kOldestServedLevel);
    for (const wire::Endpoint &endpoint : m_endpoints)
        *answer.add_endpoints() = endpoint;
    return answer;
}

void NodeEnrolment::renew(const NodeConnection &connection, const std::string &csrDer,
                          std::function<void(wire::Renewed)> answer)
{
    const auto refuse = [answer](const Error &error) {
        wire::Renewed renewed;
        renewed.set_refused(error.message);
        answer(renewed);
    };
    const Result<IssuedCertificate> certificate = m_parts.ca.signNode(toBytes(csrDer), connection.node);
    if (!certificate)
        return refuse(certificate.error());
    const auto recorded = m_parts.database.write([&](Transaction &transaction) {
        return m_parts.certificates.record(transaction, *certificate, toQString(connection.node));
    });
    if (!recorded)
        return refuse(recorded.error());
    m_parts.database.whenCommitted(
        [this, der = certificate->der, answer, refuse](const Result<void> &committed) {
            if (!committed)
                return refuse(committed.error());
            wire::Renewed renewed;
            renewed.set_certificate_der(der.toStdString());
            renewed.add_chain_der(m_parts.ca.certificateDer().toStdString());
            answer(renewed);
        });
}

}
