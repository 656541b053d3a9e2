#include "tests/unit/gateway/gateway_world.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_Enrolment : public QObject
{
    Q_OBJECT

private slots:
    void answers();
    void refusalTravels();
    void malformedNeverReachesTheService();
    void manyAtOnce();
};

void tst_Enrolment::answers()
{
    GatewayWorld world;
    wire::EnrolRequest request;
    request.set_activation_id("activation");
    request.set_activation_code("code");
    std::optional<Result<transport::HttpAnswer>> answer;
    const auto post = world.post(request.SerializeAsString(), answer);
    QVERIFY(world.waitFor([&] { return answer.has_value(); }));
    QVERIFY2(answer->has_value(), answer->has_value() ? "" : answer->error().message.c_str());
    QCOMPARE((*answer)->status, 200);
    wire::EnrolAnswer body;
    QVERIFY(body.ParseFromString((*answer)->body));
    QCOMPARE(body.node_id(), kNodeA.text());
    QCOMPARE(world.services.enrolments.front().activation_code(), std::string("code"));
    QCOMPARE((*answer)->peer.caDer, world.ca.der());
}

void tst_Enrolment::refusalTravels()
{
    GatewayWorld world;
    world.services.enrolAnswer = [](const wire::EnrolRequest &) {
        wire::EnrolAnswer answer;
        answer.set_error_code("InvalidActivation");
        answer.set_error_text("limit 2 reached");
        return answer;
    };
    std::optional<Result<transport::HttpAnswer>> answer;
    const auto post = world.post(wire::EnrolRequest().SerializeAsString(), answer);
    QVERIFY(world.waitFor([&] { return answer.has_value(); }));
    wire::EnrolAnswer body;
    QVERIFY(body.ParseFromString((*answer)->body));
    QCOMPARE(body.error_text(), std::string("limit 2 reached"));
}

// [T02] what is no request is answered here
void tst_Enrolment::malformedNeverReachesTheService()
{
    GatewayWorld world;
    std::optional<Result<transport::HttpAnswer>> answer;
    const auto post = world.post("\xff\xff\xff\xff", answer);
    QVERIFY(world.waitFor([&] { return answer.has_value(); }));
    QCOMPARE((*answer)->status, 400);
    QVERIFY((*answer)->body.empty());
    QVERIFY(world.services.enrolments.empty());
}

void tst_Enrolment::manyAtOnce()
{
    GatewayWorld world;
    std::vector<std::optional<Result<transport::HttpAnswer>>> answers(60);
    std::vector<std::unique_ptr<transport::HttpPost>> posts;
    for (size_t i = 0; i < answers.size(); ++i) {
        wire::EnrolRequest request;
        request.set_nonce(std::to_string(i));
        posts.push_back(world.post(request.SerializeAsString(), answers[i]));
    }
    world.services.enrolAnswer = [](const wire::EnrolRequest &request) {
        wire::EnrolAnswer answer;
        answer.set_node_id(request.nonce());
        return answer;
    };
    QVERIFY(world.waitFor([&] {
        return std::all_of(answers.begin(), answers.end(),
                           [](const auto &answer) { return answer.has_value(); });
    }));
    for (size_t i = 0; i < answers.size(); ++i) {
        wire::EnrolAnswer body;
        QVERIFY(answers[i]->has_value() && body.ParseFromString((*answers[i])->body));
        QCOMPARE(body.node_id(), std::to_string(i)); // each its own
    }
}

FB_TEST(tst_Enrolment)
#include "tst_enrolment.moc"
