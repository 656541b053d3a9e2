// Enrolment in virtual time: what is remembered of a lost answer, and nodes whose certificate has expired.
#include "tests/unit/fleet/fleet_rooms.h"

#include "agent/supervisor/node_key.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/activations/node_enrolment.h"
#include "backend/protocol/key_proof.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/fleet_ca.h"
#include "backend/security/vault.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kAddress = u"192.0.2.1"_s;

// What an agent holds.
struct Machine {
    SecretBytes key = *agent::newNodeKey();
    std::string certificate;
    NodeId node {};
};

class EnrolmentRooms : public FleetRooms
{
public:
    explicit EnrolmentRooms(const QString &database) : FleetRooms(database) { openMore(); }

    void openMore()
    {
        vault = *Vault::open(*db, SecretBytes(std::string(32, 'm')), db.clock, db.random);
        ca = *FleetCa::open(*db, *vault, db.clock, db.random);
        certificates = std::make_unique<CertificateRegistry>(db.clock);
        approvals = std::make_unique<ApprovalService>(
            ApprovalService::Parts {*db, *events, *audit, access, *fleet, *ca, *certificates, db.clock});
        enrolment = std::make_unique<NodeEnrolment>(
            NodeEnrolment::Parts {*db, *activations, *approvals, *fleet, *hardware, *profiles, *ca,
                                  *certificates, db.clock, db.random});
        fleet->onDeregister([this](Transaction &tx, const NodeId &node) -> Result<void> {
            if (auto revoked = certificates->revokeNode(tx, node, u"deregistered"_s); !revoked)
                return revoked;
            return approvals->forget(tx, node);
        });
    }
    void restartAll()
    {
        enrolment.reset();
        approvals.reset();
        certificates.reset();
        ca.reset();
        vault.reset();
        restart();
        openMore();
        QVERIFY(fleet->start());
    }
    wire::EnrolAnswer ask(const wire::EnrolRequest &request)
    {
        wire::EnrolAnswer answer;
        enrolment->enrol(request, kAddress, [&](const wire::EnrolAnswer &given) { answer = given; });
        (void)db->flush();
        return answer;
    }
    wire::EnrolRequest firstRequest(const Machine &machine, const CreatedActivation &activation,
                                    const std::string &nonce)
    {
        wire::EnrolRequest request;
        request.set_activation_id(activation.id.text());
        request.set_activation_code(toStd(activation.code));
        request.set_csr_der(*agent::certificateRequest(machine.key));
        request.set_nonce(nonce);
        request.set_fingerprint("f");
        return request;
    }
    CreatedActivation activation(int limit)
    {
        return *activations->createActivation(owner, {.iamRole = u"Default"_s, .registrationLimit = limit});
    }
    Machine enrolled()
    {
        Machine machine;
        const wire::EnrolAnswer answer = ask(firstRequest(machine, activation(1), db.random.bytes(16)));
        machine.certificate = answer.certificate_der();
        machine.node = NodeId(answer.node_id());
        return machine;
    }
    // The node asks for the next certificate, with a new key.
    wire::EnrolRequest request(const Machine &machine, const SecretBytes &next)
    {
        wire::EnrolRequest request;
        request.set_csr_der(*agent::certificateRequest(next));
        request.set_nonce(db.random.bytes(16));
        request.set_old_certificate_der(machine.certificate);
        request.set_proof(*agent::signText(
            machine.key,
            protocol::keyProofText(db->fleet().fleetId.text(), request.nonce(), request.csr_der())));
        return request;
    }
    QList<PendingApproval> pending() { return *approvals->pendingApprovals(owner); }
    QList<CertificateRow> certificatesOf(const NodeId &node)
    {
        return *certificates->certificatesOf(db->reader(), toQString(node));
    }

    std::unique_ptr<Vault> vault;
    std::unique_ptr<FleetCa> ca;
    std::unique_ptr<CertificateRegistry> certificates;
    std::unique_ptr<ApprovalService> approvals;
    std::unique_ptr<NodeEnrolment> enrolment;
};

using Change = std::function<void(EnrolmentRooms &, Machine &, wire::EnrolRequest &)>;

}

Q_DECLARE_METATYPE(Change)

class tst_NodeEnrolment : public QObject
{
    Q_OBJECT

private slots:
    void aLostAnswerIsGivenAgain_data() { addDatabaseRows(); }
    void aLostAnswerIsGivenAgain();
    void anExpiredNodeIsApproved_data() { addDatabaseRows(); }
    void anExpiredNodeIsApproved();
    void aRejectedNodeStaysOut();
    void proofsThatDoNotHold_data();
    void proofsThatDoNotHold();
    void onlyWhoMayApproves();
    void whatWaitsIsOfTheMachineThatHasTheNode();
    void approvesOnlyWhatWasSeen();
    void approvalAtItsLastMoment();
    void oneWordCounts();
    void aNewNodeIsLetInByApprovalAlone();
    void wrongProofsLockTheirAddressAlone();
};

// [fleet-manager B8.7] the engine's part: an agent that was started anew signs its request anew, with the same key
void tst_NodeEnrolment::aLostAnswerIsGivenAgain()
{
    QFETCH(QString, database);
    EnrolmentRooms rooms(database);
    const CreatedActivation activation = rooms.activation(2);
    const Machine machine;
    const std::string nonce(16, 'n');
    const auto first = rooms.ask(rooms.firstRequest(machine, activation, nonce));
    QVERIFY(!first.node_id().empty());
    const auto again = rooms.ask(rooms.firstRequest(machine, activation, nonce));
    QCOMPARE(again.node_id(), first.node_id());
    QCOMPARE(again.certificate_der(), first.certificate_der());
    QCOMPARE(rooms.activations->describeActivations(rooms.owner, {})->activations[0].registrationsCount, 1);
    // Another machine with the same nonce is another node; and who has the wrong code learns nothing.
    const auto other = rooms.ask(rooms.firstRequest(Machine(), activation, nonce));
    QVERIFY(!other.node_id().empty() && other.node_id() != first.node_id());
    wire::EnrolRequest stranger = rooms.firstRequest(machine, activation, nonce);
    stranger.set_activation_code("AAAAAAAAAAAAAAAAAAAAAA");
    QVERIFY(rooms.ask(stranger).node_id().empty());
    // Full, and its repeat is answered all the same.
    QCOMPARE(rooms.ask(rooms.firstRequest(machine, activation, nonce)).node_id(), first.node_id());
    QVERIFY(rooms.ask(rooms.firstRequest(Machine(), activation, nonce)).node_id().empty());
}

// [fleet-manager B8.19] the engine's part
void tst_NodeEnrolment::anExpiredNodeIsApproved()
{
    QFETCH(QString, database);
    EnrolmentRooms rooms(database);
    const Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    const SecretBytes next = *agent::newNodeKey();
    for (int i = 0; i < 3; ++i) { // it asks again and again
        const auto answer = rooms.ask(rooms.request(machine, next));
        QVERIFY(answer.certificate_der().empty());
        QVERIFY(answer.retry());
        QVERIFY2(answer.error_text().find("has to approve") != std::string::npos,
                 answer.error_text().c_str());
    }
    QCOMPARE(rooms.pending().size(), 1);
    QVERIFY(rooms.pending()[0].node == machine.node);
    QCOMPARE(rooms.pending()[0].cause, ApprovalCause::ExpiredCertificate);
    QCOMPARE(rooms.pending()[0].address, kAddress);
    rooms.restartAll(); // nothing of it is lost
    QVERIFY(rooms.approvals->approve(rooms.owner, machine.node));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.pending().isEmpty());
    rooms.restartAll();
    const auto answer = rooms.ask(rooms.request(machine, next));
    QCOMPARE(answer.node_id(), machine.node.text());
    QVERIFY(!answer.certificate_der().empty());
    QCOMPARE(rooms.ask(rooms.request(machine, next)).certificate_der(),
             answer.certificate_der()); // that answer was lost
    const QList<CertificateRow> rows = rooms.certificatesOf(machine.node);
    QCOMPARE(rows.size(), 2);
    QVERIFY(!rows[0].revokedAt && rows[1].revokedAt);
    // Another key with the old proof: the old certificate is worth nothing any more.
    QVERIFY(rooms.ask(rooms.request(machine, *agent::newNodeKey())).error_text().find("revoked")
            != std::string::npos);
    QVERIFY(rooms.db->write([&](Transaction &tx) { return rooms.approvals->connected(tx, machine.node); }));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.ask(rooms.request(machine, next)).certificate_der().empty()); // used, and gone
}

void tst_NodeEnrolment::aRejectedNodeStaysOut()
{
    EnrolmentRooms rooms(u"sqlite"_s);
    const Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    const SecretBytes next = *agent::newNodeKey();
    (void)rooms.ask(rooms.request(machine, next));
    QVERIFY(rooms.approvals->reject(rooms.owner, machine.node));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.pending().isEmpty());
    const auto answer = rooms.ask(rooms.request(machine, next));
    QVERIFY(!answer.retry());
    QVERIFY(answer.error_text().find("revoked") != std::string::npos);
    QVERIFY(rooms.pending().isEmpty());
    QVERIFY(rooms.fleet->node(machine.node)); // an operator may still make a token for it
}

void tst_NodeEnrolment::proofsThatDoNotHold_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const Change &change, const QString &complaint) {
        QTest::newRow(name) << change << complaint;
    };
    row(
        "no certificate", [](auto &, auto &, auto &r) { r.set_old_certificate_der("certificate"); },
        u"no certificate in DER"_s);
    row(
        "bytes after it", [](auto &, auto &, auto &r) { r.mutable_old_certificate_der()->push_back('x'); },
        u"no certificate in DER"_s);
    row(
        "huge", [](auto &, auto &, auto &r) { r.set_old_certificate_der(std::string(20'000, 'x')); },
        u"20000 bytes"_s);
    row(
        "no signature", [](auto &, auto &, auto &r) { r.clear_proof(); }, u"does not hold"_s);
    row(
        "another nonce", [](auto &, auto &, auto &r) { r.set_nonce(std::string(16, 'x')); },
        u"does not hold"_s);
    row(
        "short nonce", [](auto &, auto &, auto &r) { r.set_nonce("x"); }, u"nonce has 1 bytes"_s);
    row(
        "another request",
        [](auto &, auto &, auto &r) { r.set_csr_der(*agent::certificateRequest(*agent::newNodeKey())); },
        u"does not hold"_s);
    row(
        "another key",
        [](auto &rooms, auto &machine, auto &r) {
            Machine thief {.certificate = machine.certificate};
            r = rooms.request(thief, *agent::newNodeKey());
        },
        u"does not hold"_s);
    row(
        "of another fleet",
        [](auto &rooms, auto &, auto &r) {
            EnrolmentRooms elsewhere(u"sqlite"_s);
            const Machine stranger = elsewhere.enrolled();
            r = rooms.request(stranger, *agent::newNodeKey());
        },
        u"has not issued"_s);
    row(
        "deregistered",
        [](auto &rooms, auto &machine, auto &) {
            QVERIFY(rooms.fleet->deregister(rooms.owner, machine.node));
        },
        u"was deregistered"_s);
    row(
        "too long ago", [](auto &rooms, auto &, auto &) { rooms.db.clock.advance(366 * 24h); },
        u"more than 365 days"_s);
    row(
        "not expired",
        [](auto &rooms, auto &, auto &r) {
            const Machine fresh = rooms.enrolled();
            r = rooms.request(fresh, *agent::newNodeKey());
        },
        u"has not expired"_s);
}

void tst_NodeEnrolment::proofsThatDoNotHold()
{
    QFETCH(Change, change);
    QFETCH(QString, complaint);
    EnrolmentRooms rooms(u"sqlite"_s);
    Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    wire::EnrolRequest request = rooms.request(machine, *agent::newNodeKey());
    change(rooms, machine, request);
    const auto answer = rooms.ask(request);
    QVERIFY(answer.certificate_der().empty());
    QVERIFY(!answer.retry());
    QVERIFY2(answer.error_text().find(toStd(complaint)) != std::string::npos, answer.error_text().c_str());
    QVERIFY(rooms.pending().isEmpty());
}

void tst_NodeEnrolment::onlyWhoMayApproves()
{
    EnrolmentRooms rooms(u"sqlite"_s);
    const Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    (void)rooms.ask(rooms.request(machine, *agent::newNodeKey()));
    for (const auto &refused : {rooms.approvals->approve(rooms.stranger, machine.node),
                                rooms.approvals->reject(rooms.stranger, machine.node)})
        QVERIFY(!refused && refused.error().code == errors::kAccessDenied);
    QVERIFY(!rooms.approvals->pendingApprovals(rooms.stranger));
    QCOMPARE(rooms.pending().size(), 1);
    const auto unknown = rooms.approvals->approve(rooms.owner, newNodeId(rooms.db.random));
    QVERIFY(!unknown && unknown.error().code == errors::kInvalidInstanceId);
}

// [T07] A machine that was reinstalled under the same id: what the old disk asked for is worth nothing, approved or not.
void tst_NodeEnrolment::whatWaitsIsOfTheMachineThatHasTheNode()
{
    for (const bool isApproved : {false, true}) {
        EnrolmentRooms rooms(u"sqlite"_s);
        const Machine old = rooms.enrolled();
        rooms.db.clock.advance(46 * 24h);
        const SecretBytes next = *agent::newNodeKey();
        (void)rooms.ask(rooms.request(old, next));
        QCOMPARE(rooms.pending().size(), 1);
        if (isApproved)
            QVERIFY(rooms.approvals->approve(rooms.owner, old.node));
        const auto token
            = rooms.activations->createReenrolmentToken(rooms.owner, *rooms.fleet->node(old.node));
        QVERIFY(token);
        const Machine again;
        const auto answer = rooms.ask(rooms.firstRequest(again, *token, rooms.db.random.bytes(16)));
        QCOMPARE(answer.node_id(), old.node.text());
        QVERIFY(rooms.pending().isEmpty());
        QVERIFY(!rooms.approvals->approve(rooms.owner, old.node));
        const auto refused = rooms.ask(rooms.request(old, next));
        QVERIFY(refused.certificate_der().empty());
        QVERIFY2(refused.error_text().find("revoked") != std::string::npos, refused.error_text().c_str());
        const QList<CertificateRow> rows = rooms.certificatesOf(old.node);
        QCOMPARE(
            std::count_if(rows.begin(), rows.end(), [](const CertificateRow &row) { return !row.revokedAt; }),
            1); // the reinstalled machine's
    }
}

// [T17] the plan changed between the look and the word: another key has asked meanwhile
void tst_NodeEnrolment::approvesOnlyWhatWasSeen()
{
    EnrolmentRooms rooms(u"sqlite"_s);
    const Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    (void)rooms.ask(rooms.request(machine, *agent::newNodeKey()));
    const Instant seen = rooms.pending()[0].askedAt;
    rooms.db.clock.advance(1s);
    const SecretBytes other = *agent::newNodeKey();
    (void)rooms.ask(rooms.request(machine, other));
    QCOMPARE(rooms.pending().size(), 1);
    const auto refused = rooms.approvals->approve(rooms.owner, machine.node, seen);
    QVERIFY(!refused && refused.error().code == errors::kConflict);
    QVERIFY(rooms.ask(rooms.request(machine, other)).certificate_der().empty());
    QVERIFY(rooms.approvals->approve(rooms.owner, machine.node, rooms.pending()[0].askedAt));
    QVERIFY(!rooms.ask(rooms.request(machine, other)).certificate_der().empty());
}

// [R22] approve racing expiry: whoever comes first has won, and the node, the list and the books say the same
void tst_NodeEnrolment::approvalAtItsLastMoment()
{
    for (const bool isInTime : {true, false}) {
        EnrolmentRooms rooms(u"sqlite"_s);
        const Machine machine = rooms.enrolled();
        const SecretBytes next = *agent::newNodeKey();
        rooms.db.clock.advance(46 * 24h);
        (void)rooms.ask(rooms.request(machine, next));
        const auto bound = rooms.certificatesOf(machine.node)[0].notAfter + kApprovable;
        rooms.db.clock.advance(bound - rooms.db.clock.now() + (isInTime ? 0s : 1s));
        const auto approved = rooms.approvals->approve(rooms.owner, machine.node);
        QCOMPARE(approved.has_value(), isInTime);
        QVERIFY(rooms.db->flush());
        QVERIFY(rooms.pending().isEmpty());
        QCOMPARE(rooms.certificatesOf(machine.node).size(), isInTime ? 2 : 1);
        rooms.db.clock.advance(1h); // the node asks again
        const auto answer = rooms.ask(rooms.request(machine, next));
        QCOMPARE(!answer.certificate_der().empty(), isInTime);
        if (!isInTime) {
            QVERIFY(approved.error().code == errors::kConflict);
            QVERIFY(answer.error_text().find("expired more than 365 days ago") != std::string::npos);
            QVERIFY(rooms.pending().isEmpty());
        }
    }
}

// [R22] approve, reject and deregister in one moment: one of them is done and recorded, the others are told so
void tst_NodeEnrolment::oneWordCounts()
{
    using Word = Result<void> (*)(EnrolmentRooms &, const NodeId &);
    const Word approve = [](EnrolmentRooms &rooms, const NodeId &node) {
        return rooms.approvals->approve(rooms.owner, node);
    };
    const Word reject = [](EnrolmentRooms &rooms, const NodeId &node) {
        return rooms.approvals->reject(rooms.owner, node);
    };
    const Word deregister = [](EnrolmentRooms &rooms, const NodeId &node) {
        return rooms.fleet->deregister(rooms.owner, node);
    };
    for (const auto &[first, second] : {std::pair(approve, reject), std::pair(reject, approve),
                                        std::pair(deregister, approve), std::pair(deregister, reject)}) {
        EnrolmentRooms rooms(u"sqlite"_s);
        const Machine machine = rooms.enrolled();
        const SecretBytes next = *agent::newNodeKey();
        rooms.db.clock.advance(46 * 24h);
        (void)rooms.ask(rooms.request(machine, next));
        const auto won = first(rooms, machine.node);
        QVERIFY(won);
        const auto lost = second(rooms, machine.node); // in the same turn, nothing is committed yet
        QVERIFY(!lost && lost.error().code == errors::kInvalidInstanceId);
        QVERIFY(rooms.db->flush());
        QVERIFY(rooms.pending().isEmpty());
        const QList<CertificateRow> rows = rooms.certificatesOf(machine.node);
        QCOMPARE(
            std::count_if(rows.begin(), rows.end(), [](const CertificateRow &row) { return !row.revokedAt; }),
            first == approve ? 1 : 0);
        QCOMPARE(!rooms.ask(rooms.request(machine, next)).certificate_der().empty(), first == approve);
    }
}

// [T20] quarantine's release is no way around the approval
void tst_NodeEnrolment::aNewNodeIsLetInByApprovalAlone()
{
    EnrolmentRooms rooms(u"sqlite"_s);
    const auto activation = rooms.activations->createActivation(
        rooms.owner, {.iamRole = u"Default"_s, .requiresApproval = true});
    QVERIFY(activation);
    Machine machine;
    const auto answer = rooms.ask(rooms.firstRequest(machine, *activation, rooms.db.random.bytes(16)));
    machine.node = NodeId(answer.node_id());
    machine.certificate = answer.certificate_der();
    const auto refused = rooms.fleet->release(rooms.owner, machine.node);
    QVERIFY(!refused && refused.error().code == errors::kConflict);
    QCOMPARE(rooms.fleet->node(machine.node)->state, NodeState::Quarantined);
    // Nor does its wait change its kind when its certificate ends meanwhile.
    rooms.db.clock.advance(46 * 24h);
    (void)rooms.ask(rooms.request(machine, *agent::newNodeKey()));
    QCOMPARE(rooms.pending().size(), 1);
    QCOMPARE(rooms.pending()[0].cause, ApprovalCause::NewNode);
    QVERIFY(rooms.approvals->approve(rooms.owner, machine.node));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.fleet->node(machine.node)->state != NodeState::Quarantined);
    QVERIFY(rooms.fleet->quarantine(rooms.owner, machine.node));
    QVERIFY(rooms.fleet->release(rooms.owner, machine.node)); // an operator's own may be undone
}

// [T08] whoever has no certificate of this fleet locks nobody out but himself
void tst_NodeEnrolment::wrongProofsLockTheirAddressAlone()
{
    EnrolmentRooms rooms(u"sqlite"_s);
    const Machine machine = rooms.enrolled();
    rooms.db.clock.advance(46 * 24h);
    wire::EnrolRequest wrong = rooms.request(machine, *agent::newNodeKey());
    wrong.clear_proof();
    const auto askFrom = [&](const wire::EnrolRequest &request, const QString &address) {
        wire::EnrolAnswer answer;
        rooms.enrolment->enrol(request, address, [&](const wire::EnrolAnswer &given) { answer = given; });
        (void)rooms.db->flush();
        return QString::fromStdString(answer.error_text());
    };
    for (int i = 0; i < 11; ++i)
        (void)askFrom(wrong, u"198.51.100.7"_s);
    QVERIFY(askFrom(wrong, u"198.51.100.7"_s).contains(u"Too many"_s));
    const QString elsewhere = askFrom(rooms.request(machine, *agent::newNodeKey()), kAddress);
    QVERIFY2(elsewhere.contains(u"has to approve"_s), qPrintable(elsewhere));
}

FB_TEST(tst_NodeEnrolment)
#include "tst_node_enrolment.moc"
