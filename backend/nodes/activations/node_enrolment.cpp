#include "backend/nodes/activations/node_enrolment.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/gateway/gateway.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/fleet/hardware_service.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "backend/protocol/key_proof.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/fleet_ca.h"
#include "backend/security/key_proof.h"
#include "backend/security/node_csr.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(enrolmentLog, "fb.enrolment")

namespace {
    constexpr size_t kNonceBytes = 16;
    constexpr auto kAnswerKept = std::chrono::hours(24); // beyond the activation's expiry
    constexpr std::string_view kProofField = "Proof";

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
        return error.code == errors::kInvalidActivationId || error.message == "The activation code is wrong."
            || error.field == kProofField;
    }

    // The same for each try of one agent: its request is signed anew after a restart, its key stays.
    Result<QByteArray> requestHash(const wire::EnrolRequest &request)
    {
        return publicKeySha256OfRequest(toBytes(request.csr_der())).map([&](const QString &key) {
            return toBytes(sha256(request.activation_id() + '|' + request.nonce() + '|' + toStd(key)));
        });
    }

    Result<void> checkNonce(const wire::EnrolRequest &request)
    {
        if (request.nonce().size() == kNonceBytes)
            return {};
        return fail(errors::kInvalidParameters,
                    u"nonce has %1 bytes; it must have %2."_s.arg(request.nonce().size()).arg(kNonceBytes),
                    u"nonce"_s);
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
        const auto revoked = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
            if (auto used = m_parts.approvals.connected(transaction, connection.node); !used)
                return used;
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
    const Result<EnrolmentRecord> record = request.old_certificate_der().empty()
        ? registerNode(request, address)
        : readmitNode(request, address);
    if (!record && isWrongTry(record.error())) {
        qCWarning(enrolmentLog) << "a wrong activation or key was tried from" << address;
        if (m_limiter.wrongTry(toStd(address), activation))
            m_parts.activations.reportLocked(ActivationId(activation), address);
    }
    answerWhenCommitted(record, answer);
}

Result<EnrolmentRecord> NodeEnrolment::registerNode(const wire::EnrolRequest &request, const QString &address)
{
    if (auto checked = checkNonce(request); !checked)
        return fail(checked.error());
    ActivationRepository &repository = m_parts.activations.repository();
    const Result<Activation> activation = m_parts.activations.usable(ActivationId(request.activation_id()),
                                                                     request.activation_code(), address);
    const bool codeIsRight = activation || !isWrongTry(activation.error());
    if (!codeIsRight)
        return fail(activation.error());
    const Result<QByteArray> hash = requestHash(request);
    if (!hash)
        return fail(errors::kInvalidParameters, toQString(hash.error().message), u"csr"_s);
    // A repeat after a lost answer: same nonce, same key, and only with the right code.
    const auto earlier = repository.enrolment(m_parts.database.reader(), *hash);
    if (!earlier)
        return fail(earlier.error());
    if (*earlier)
        return **earlier;
    if (!activation)
        return fail(activation.error());

    const bool isKnown = !activation->boundNode.isEmpty();
    if (isKnown && !m_parts.fleet.node(activation->boundNode))
        return fail(
            errors::kInvalidActivation,
            u"%1 was deregistered; its token is of no use any more."_s.arg(toQString(activation->boundNode)));
    Node node = reportedNode(isKnown ? activation->boundNode : newNodeId(m_parts.random), request.facts(),
                             request.agent_version(), request.fingerprint());
    if (request.has_hardware())
        node.hardwareDigest = hardwareDigest(reportedHardware(request.hardware()));
    node.name = activation->defaultInstanceName;
    node.activation = activation->id;
    node.iamRole = m_parts.profiles.roleForNewNode(activation->iamRole);
    node.registeredAt = m_parts.clock.now();
    node.state = activation->requiresApproval ? NodeState::Quarantined : NodeState::Registered;
    for (const Tag &tag : activation->tags)
        node.tags.insert(tag.key, tag.value);
    const Result<IssuedCertificate> certificate = m_parts.ca.signNode(toBytes(request.csr_der()), node.id);
    if (!certificate)
        return fail(errors::kInvalidParameters, toQString(certificate.error().message), u"csr"_s);
    const EnrolmentRecord record {*hash, node.id, certificate->der};
    return m_parts.database.write([&](Transaction &transaction) -> Result<EnrolmentRecord> {
        if (auto taken = m_parts.activations.takePlace(transaction, *activation); !taken)
            return fail(taken.error());
        if (auto stored = store(transaction, *activation, node, *certificate, request, address); !stored)
            return fail(stored.error());
        if (auto cleaned = repository.removeOldEnrolments(transaction, m_parts.clock.now()); !cleaned)
            return fail(cleaned.error());
        if (auto kept = repository.keepEnrolment(transaction, record, activation->id,
                                                 activation->expirationDate + kAnswerKept);
            !kept)
            return fail(kept.error());
        return record;
    });
}

Result<void> NodeEnrolment::store(Transaction &transaction, const Activation &activation, const Node &node,
                                  const IssuedCertificate &certificate, const wire::EnrolRequest &request,
                                  const QString &address)
{
    if (!activation.boundNode.isEmpty()) {
        if (auto revoked = m_parts.certificates.revokeNode(transaction, node.id, u"re-enrolled"_s); !revoked)
            return revoked;
        // What an earlier machine asked for with the old certificate is not this one's.
        if (auto forgotten = m_parts.approvals.forget(transaction, node.id); !forgotten)
            return forgotten;
        if (auto again = m_parts.fleet.reenrolNode(transaction, node); !again)
            return again;
    } else if (auto registered = m_parts.fleet.registerNode(transaction, node); !registered) {
        return registered;
    }
    auto known = request.has_hardware()
        ? m_parts.hardware.registered(transaction, node.id, reportedHardware(request.hardware()))
        : m_parts.hardware.forget(transaction, node.id);
    if (!known)
        return known;
    if (activation.requiresApproval) {
        const PendingApproval pending {.node = node.id,
                                       .cause = ApprovalCause::NewNode,
                                       .address = address,
                                       .askedAt = m_parts.clock.now()};
        if (auto asked = m_parts.approvals.ask(
                transaction,
                {.approval = pending, .publicKeySha256 = {}, .csr = {}, .certificate = {}, .approvedAt = {}});
            !asked)
            return asked;
    }
    return m_parts.certificates.record(transaction, certificate, toQString(node.id));
}

// ---- Nodes whose certificate has expired -------------------------------------------------------------------------------

Result<CertificateRow> NodeEnrolment::expiredCertificate(const wire::EnrolRequest &request) const
{
    const auto proven = checkKeyProof(
        toBytes(request.old_certificate_der()),
        protocol::keyProofText(m_parts.database.fleet().fleetId.text(), request.nonce(), request.csr_der()),
        toBytes(request.proof()));
    if (!proven)
        return proven.error();
    const auto row = m_parts.certificates.find(m_parts.database.reader(), proven->serial);
    if (!row)
        return row.error();
    // A certificate can be written by anybody; that this fleet issued this one for this key is in its own books.
    if (!*row || (*row)->publicKeySha256 != proven->publicKeySha256)
        return fail(errors::kValidation, u"This fleet has not issued that certificate."_s, u"Proof"_s);
    const Instant now = m_parts.clock.now();
    if ((*row)->notAfter > now)
        return fail(errors::kInvalidActivation,
                    u"That certificate has not expired; the node can connect with it."_s);
    return **row;
}

Result<EnrolmentRecord> NodeEnrolment::readmitNode(const wire::EnrolRequest &request, const QString &address)
{
    if (auto checked = checkNonce(request); !checked)
        return fail(checked.error());
    const auto certificate = expiredCertificate(request);
    if (!certificate)
        return fail(certificate.error());
    const NodeId node = toId<NodeId>(certificate->owner);
    if (!m_parts.fleet.node(node))
        return fail(errors::kInvalidActivation, u"This node was deregistered. Register this machine anew."_s);
    const Result<QString> key = publicKeySha256OfRequest(toBytes(request.csr_der()));
    if (!key)
        return fail(errors::kInvalidParameters, toQString(key.error().message), u"csr"_s);
    const auto known = m_parts.approvals.find(node);
    if (!known)
        return fail(known.error());
    const bool asksAgain = *known && (*known)->publicKeySha256 == *key;
    if (asksAgain && (*known)->approvedAt) // in time, whenever it is fetched
        return EnrolmentRecord {{}, node, (*known)->certificate};
    if (m_parts.clock.now() - certificate->notAfter > kApprovable)
        return fail(errors::kInvalidActivation,
                    u"That certificate expired more than 365 days ago. Register this machine anew."_s);
    if (certificate->revokedAt)
        return fail(errors::kInvalidActivation,
                    u"That certificate was revoked. Register this machine anew."_s);
    if (*known && (*known)->approval.cause == ApprovalCause::NewNode)
        return fail(errors::kServiceUnavailable, u"This node waits for an operator's approval."_s);
    if (!asksAgain) {
        const PendingApproval pending {.node = node,
                                       .cause = ApprovalCause::ExpiredCertificate,
                                       .address = address,
                                       .askedAt = m_parts.clock.now()};
        const auto asked = m_parts.database.write([&](Transaction &transaction) {
            return m_parts.approvals.ask(transaction,
                                         {.approval = pending,
                                          .publicKeySha256 = *key,
                                          .csr = toBytes(request.csr_der()),
                                          .certificate = {},
                                          .approvedAt = {}});
        });
        if (!asked)
            return fail(asked.error());
    }
    return fail(errors::kServiceUnavailable,
                u"The certificate of this node has expired; an operator has to approve the next one."_s);
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
    const CaBundle trust = m_parts.ca.bundle();
    for (const std::string &der : trust.caDer)
        answer.add_ca_der(der);
    answer.set_ca_version(trust.version);
    answer.set_fleet_id(m_parts.database.fleet().fleetId.text());
    answer.set_order_signing_key(m_orderSigningKey);
    if (m_releaseKey)
        answer.set_release_key(m_releaseKey());
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
            renewed.add_chain_der(m_parts.ca.issuerDer().toStdString());
            answer(renewed);
        });
}

}
