// Identity on disk: whatever moment the agent dies in, it comes back as the same node (protocol-notes 10.4, fleet-manager B3).

#include "agent/supervisor/enrolment.h"
#include "agent/supervisor/identity.h"
#include "agent/supervisor/node_key.h"
#include "backend/transport/tls_context.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_certificates.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::agent;

class tst_Identity : public QObject
{
    Q_OBJECT
private slots:
    void enrolmentIsRepeatedWithTheSameKey();
    void renewalAtEveryMoment();
    void newCertificateMustFitItsKey();
    void answers_data();
    void answers();

private:
    struct Place {
        QTemporaryDir temporary;
        PrivateFolder folder
            = *PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/s")).toStdString());
        Identity identity {folder};
        test::SeededRandom random;
        test::TestCa ca;

        std::string sign(const SecretBytes &key) const
        {
            return ca.signRequest(*certificateRequest(key), {.uri = "fb:node/f/mi-00000000000000001"});
        }
        Registration registration() const
        {
            return {.nodeId = "mi-00000000000000001",
                    .fleetId = "11111111-2222-4333-8444-555555555555",
                    .caDer = {ca.der()},
                    .endpoints = {"wss://a:1/agent/v1", "wss://b:2/agent/v1"},
                    .orderSigningKey = std::string(32, 'k'),
                    .lastWorked = "wss://b:2/agent/v1"};
        }
        std::string serial(bool preferNew = true) const
        {
            std::string complaint;
            const auto pair = identity.usablePair(preferNew, complaint);
            return pair && complaint.empty() ? pair->tls->certificate().serial : "none";
        }
    };
};

void tst_Identity::enrolmentIsRepeatedWithTheSameKey()
{
    Place place;
    const auto first = place.identity.beginEnrolment("wss://e:1/agent/v1", "activation", place.random);
    const auto again
        = Identity(place.folder).beginEnrolment("wss://e:1/agent/v1", "activation", place.random);
    QVERIFY(first && again);
    QCOMPARE(again->nonce, first->nonce);
    QVERIFY(again->key.equals(first->key));
    const auto other = place.identity.beginEnrolment("wss://e:1/agent/v1", "another", place.random);
    QVERIFY(other->nonce != first->nonce);
    QVERIFY(!place.identity.isRegistered());
    QVERIFY(place.identity.finishEnrolment(*other, place.registration(), place.sign(other->key)));
    QVERIFY(place.identity.isRegistered());
    const auto stored = place.identity.registration();
    QVERIFY(stored);
    QCOMPARE(stored->endpoints, place.registration().endpoints);
    QCOMPARE(stored->orderSigningKey, std::string(32, 'k'));
    QCOMPARE(stored->lastWorked, std::string("wss://b:2/agent/v1"));
    QVERIFY(!place.folder.has("enrolment.pending"));
}

void tst_Identity::renewalAtEveryMoment() // [fleet-manager B8.11] what is on disk after each step can be used
{
    Place place;
    const auto pending = place.identity.beginEnrolment("wss://e:1/agent/v1", "activation", place.random);
    QVERIFY(place.identity.finishEnrolment(*pending, place.registration(), place.sign(pending->key)));
    const std::string old = place.serial();
    QVERIFY(old != "none");
    const auto key = place.identity.beginRenewal(); // dies after it stored the key
    QVERIFY(key);
    QCOMPARE(place.serial(), old);
    QVERIFY(place.identity.finishRenewal(place.sign(*key))); // dies with both on disk
    const std::string renewed = place.serial();
    QVERIFY(renewed != old && renewed != "none");
    QCOMPARE(place.serial(false), old); // the engine may not have taken to the new one
    place.identity.proveNewPair(); // dies after the first good connection
    QCOMPARE(place.serial(), renewed);
    QCOMPARE(place.serial(false), renewed);
}

void tst_Identity::newCertificateMustFitItsKey()
{
    Place place;
    QVERIFY(place.identity.beginRenewal());
    QVERIFY(!place.identity.finishRenewal(place.sign(*newNodeKey())));
    QVERIFY(!place.identity.finishRenewal("no certificate"));
    QVERIFY(!place.folder.has("next.pair"));
}

void tst_Identity::answers_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<bool>("good");
    QTest::addRow("complete") << 0 << true;
    QTest::addRow("refused") << 1 << false;
    QTest::addRow("[N01] node id with a path") << 2 << false;
    QTest::addRow("no certificate") << 3 << false;
    QTest::addRow("no CA") << 4 << false;
}

void tst_Identity::answers()
{
    QFETCH(int, what);
    QFETCH(bool, good);
    wire::EnrolAnswer answer;
    answer.set_node_id(what == 2 ? "../../../root" : "mi-00000000000000001");
    answer.set_fleet_id("11111111-2222-4333-8444-555555555555");
    if (what != 3)
        answer.set_certificate_der("x");
    if (what != 4)
        answer.add_ca_der(std::string("y"));
    if (what == 1)
        answer.set_error_code("InvalidActivation");
    answer.add_endpoints()->set_url("wss://other:1/agent/v1");
    answer.add_endpoints()->set_url("http://evil/");
    const auto registration = readEnrolAnswer(answer, "wss://told:1/agent/v1");
    QCOMPARE(registration.has_value(), good);
    if (good)
        QCOMPARE(registration->endpoints,
                 std::vector<std::string>({"wss://told:1/agent/v1", "wss://other:1/agent/v1"}));
}

FB_TEST(tst_Identity)
#include "tst_identity.moc"
