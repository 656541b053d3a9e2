// The engine's side of the tools: permissions, audit, limits, time-outs, and answers that are not sound.
#include "backend/nodes/tools/tool_actions.h"
#include "backend/nodes/tools/tool_service.h"
#include "tests/support/fake_directory.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    class FakePort final : public ToolChannelPort
    {
    public:
        bool isConnected(const NodeId &) const override { return connected; }
        Result<ToolStreamNumber> openTool(const NodeId &, const std::string &name, protocol::StreamKind kind,
                                          quint64) override
        {
            names.push_back(name);
            kinds << kind;
            return ToolStreamNumber(++last);
        }
        bool write(ToolStreamNumber stream, std::string bytes) override
        {
            if (!takes)
                return false;
            written[stream] += bytes;
            return true;
        }
        void grant(ToolStreamNumber, quint64 bytes) override { granted += bytes; }
        void reset(ToolStreamNumber stream, const QString &) override { resets << stream; }

        bool connected = true;
        bool takes = true;
        quint64 last = 0;
        quint64 granted = 0;
        std::vector<std::string> names;
        QList<protocol::StreamKind> kinds;
        std::map<ToolStreamNumber, std::string> written;
        QList<ToolStreamNumber> resets;
    };

    wire::ToolRequest listRequest()
    {
        wire::ToolRequest request;
        request.mutable_process_list();
        return request;
    }

    wire::ToolRequest signalRequest()
    {
        wire::ToolRequest request;
        request.mutable_process_signal()->mutable_target()->set_pid(42);
        request.mutable_process_signal()->set_number(15);
        return request;
    }

    wire::ToolAnswer listAnswer(uint64_t id)
    {
        wire::ToolAnswer answer;
        answer.set_id(id);
        answer.mutable_process_list()->set_total(3);
        return answer;
    }

    struct Bench {
        Bench()
        {
            directory.add(node, {{u"Env"_s, u"dev"_s}});
            audit = std::make_unique<AuditLog>(*database, database.clock, SecretBytes(std::string(32, 'a')));
            service = std::make_unique<ToolService>(
                ToolParts {port, directory, *audit, access, database->fleet(), database.clock});
        }

        ~Bench() { (void)database->flush(); } // the log has a part in the last batch

        void say(ToolStreamNumber stream, const wire::ToolAnswer &answer)
        {
            service->toolReceived(stream, QByteArray::fromStdString(protocol::toolMessage(answer)));
        }
        QList<AuditEntry> entries()
        {
            (void)database->flush();
            const auto read = audit->entries(database->reader(), 0, 100);
            return read ? *read : QList<AuditEntry>();
        }

        TestDatabase database {u"sqlite"_s};
        FakePort port;
        FakeDirectory directory;
        ScriptedAccess access;
        std::unique_ptr<AuditLog> audit;
        std::unique_ptr<ToolService> service;
        const NodeId node = FakeDirectory::nodeId(7);
        const Principal who {.name = u"m.tanaka"_s, .role = Role::Operator, .source = u"console"_s};
    };

    bool isDone(const QFuture<ToolReply> &future) { return future.resultCount() > 0; }
}

class tst_ToolService : public QObject
{
    Q_OBJECT
private slots:
    void requestsGoAndAnswersCome();
    void changesAreAudited();
    void permissions();
    void whatIsNotThere();
    void unsoundAnswers_data();
    void unsoundAnswers();
    void noAnswerInTime();
    void idleIsClosed();
    void lostWithTheLink();
    void bounds();
    void hostileTextInTheAudit();
    void noPasswordInTheAudit();
    void unitsInTheAudit();
    void aJournalIsOnlyLookedAt();
};

void tst_ToolService::requestsGoAndAnswersCome()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    QVERIFY(channel);
    QCOMPARE(bench.port.names, std::vector<std::string> {"processes"});
    auto first = bench.service->ask(bench.who, *channel, listRequest());
    auto second = bench.service->ask(bench.who, *channel, listRequest());
    QVERIFY(bench.port.written.empty()); // not before the node has said yes
    bench.service->toolOpened(1);
    wire::ToolRequest one = listRequest();
    one.set_id(1);
    wire::ToolRequest two = listRequest();
    two.set_id(2);
    QCOMPARE(bench.port.written[1], protocol::toolMessage(one) + protocol::toolMessage(two));
    const std::string answers = protocol::toolMessage(listAnswer(1)) + protocol::toolMessage(listAnswer(2));
    bench.service->toolReceived(1, QByteArray::fromStdString(answers.substr(0, 7)));
    QVERIFY(!isDone(first));
    bench.service->toolReceived(1, QByteArray::fromStdString(answers.substr(7)));
    QVERIFY(isDone(first) && isDone(second));
    QCOMPARE((*first.result())->process_list().total(), 3U);
    QCOMPARE(bench.port.granted, answers.size());
    // What could not be taken at once goes on when there is room.
    bench.port.takes = false;
    auto third = bench.service->ask(bench.who, *channel, listRequest());
    const size_t before = bench.port.written[1].size();
    bench.port.takes = true;
    bench.service->toolWritable(1);
    QVERIFY(bench.port.written[1].size() > before);
    bench.service->close(*channel);
    QCOMPARE(bench.port.resets, QList<ToolStreamNumber> {1});
    QVERIFY(third.result().error().code == errors::kTargetNotConnected);
    QVERIFY(bench.service->ask(bench.who, *channel, listRequest()).result().error().code
            == errors::kTargetNotConnected);
}

void tst_ToolService::changesAreAudited()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    bench.service->toolOpened(1);
    (void)bench.service->ask(bench.who, *channel, listRequest());
    bench.say(1, listAnswer(1));
    auto refused = bench.service->ask(bench.who, *channel, signalRequest());
    wire::ToolAnswer answer;
    answer.set_id(2);
    answer.mutable_problem()->set_code("RefusedByNode");
    answer.mutable_problem()->set_text("Process 42 may not be touched.");
    bench.say(1, answer);
    QVERIFY(refused.result().error().code == protocol::kRefusedByNode);
    QVERIFY(errorKind(refused.result().error().code) == ErrorKind::State);
    auto unknown = bench.service->ask(bench.who, *channel, signalRequest());
    bench.service->close(*channel); // whether it was done is not known: that stands in the log too
    QVERIFY(isDone(unknown));

    const QList<AuditEntry> entries = bench.entries();
    QCOMPARE(entries.size(), 3); // looking is none; opening is one
    QCOMPARE(entries[2].action, u"flagbridge:OpenNodeTool"_s);
    QCOMPARE(entries[1].action, u"flagbridge:SignalProcess"_s);
    QCOMPARE(entries[1].result, u"RefusedByNode"_s);
    QCOMPARE(entries[1].who.name, u"m.tanaka"_s);
    QCOMPARE(entries[1].diff[u"Object"_s].toString(), u"process 42"_s);
    QVERIFY(entries[1].target.endsWith(QString::fromStdString(bench.node.text())));
    QCOMPARE(entries[0].result, u"TargetNotConnected"_s);
}

void tst_ToolService::permissions()
{
    {
        Bench bench;
        bench.access.deny(actions::kStartSession);
        const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
        QVERIFY(!channel && channel.error().code == errors::kAccessDenied);
        QCOMPARE(bench.entries().value(0).result, u"AccessDeniedException"_s);
        QVERIFY(bench.port.names.empty());
    }
    {
        Bench bench;
        bench.access.deny(actions::kViewNodeTools);
        QVERIFY(!bench.service->open(bench.who, bench.node, u"processes"_s));
    }
    Bench bench;
    bench.access.deny(actions::kChangeNodeWithTools);
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    QVERIFY(channel);
    bench.service->toolOpened(1);
    auto looked = bench.service->ask(bench.who, *channel, listRequest());
    bench.say(1, listAnswer(1));
    QVERIFY(looked.result());
    const size_t sent = bench.port.written[1].size();
    auto changed = bench.service->ask(bench.who, *channel, signalRequest());
    QVERIFY(changed.result().error().code == errors::kAccessDenied);
    QCOMPARE(bench.port.written[1].size(), sent); // nothing went out
    QCOMPARE(bench.entries().value(0).action, u"flagbridge:SignalProcess"_s);
    // A channel is its opener's.
    const Principal other {.name = u"k.suzuki"_s, .role = Role::Operator, .source = u"console"_s};
    QVERIFY(bench.service->ask(other, *channel, listRequest()).result().error().code
            == errors::kAccessDenied);
}

void tst_ToolService::whatIsNotThere()
{
    Bench bench;
    QVERIFY(bench.service->open(bench.who, FakeDirectory::nodeId(8), u"processes"_s).error().code
            == errors::kTargetNotConnected);
    QVERIFY(bench.service->open(bench.who, bench.node, u"registry"_s).error().code
            == errors::kUnsupportedPlatformType);
    bench.port.connected = false;
    QVERIFY(bench.service->open(bench.who, bench.node, u"processes"_s).error().code
            == errors::kTargetNotConnected);
    bench.port.connected = true;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    auto asked = bench.service->ask(bench.who, *channel, listRequest());
    bench.service->toolRefused(1, u"unknown-kind"_s, u"this agent serves no tools"_s);
    QVERIFY(asked.result().error().code == errors::kUnsupportedPlatformType);
    QVERIFY(!bench.service->isOpen(*channel));
}

void tst_ToolService::unsoundAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto bytes = [](const wire::ToolAnswer &answer) {
        return QByteArray::fromStdString(protocol::toolMessage(answer));
    };
    wire::ToolAnswer wrongKind;
    wrongKind.set_id(1);
    wrongKind.mutable_process_signalled();
    wire::ToolAnswer nothing;
    nothing.set_id(1);
    QTest::addRow("another request") << bytes(listAnswer(2));
    QTest::addRow("another kind") << bytes(wrongKind);
    QTest::addRow("no kind") << bytes(nothing);
    QTest::addRow("no protobuf") << QByteArray("\0\0\0\3\xff\xff\xff", 7);
    QTest::addRow("too long") << QByteArray("\x7f\xff\xff\xff", 4);
    QTest::addRow("twice") << bytes(listAnswer(1)) + bytes(listAnswer(1));
}

void tst_ToolService::unsoundAnswers()
{
    QFETCH(QByteArray, bytes);
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    bench.service->toolOpened(1);
    auto asked = bench.service->ask(bench.who, *channel, listRequest());
    bench.service->toolReceived(1, bytes);
    QVERIFY(isDone(asked));
    QVERIFY(!bench.service->isOpen(*channel)); // such a node is not listened to any longer
    QCOMPARE(bench.port.resets, QList<ToolStreamNumber> {1});
}

void tst_ToolService::noAnswerInTime()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    bench.service->toolOpened(1);
    auto asked = bench.service->ask(bench.who, *channel, signalRequest());
    bench.database.clock.advance(34s);
    bench.service->tick();
    QVERIFY(!isDone(asked));
    bench.database.clock.advance(2s);
    bench.service->tick();
    QVERIFY(asked.result().error().code == errors::kServiceUnavailable);
    QVERIFY(!bench.service->isOpen(*channel));
    QCOMPARE(bench.entries().value(0).result, u"ServiceUnavailable"_s);
}

void tst_ToolService::idleIsClosed()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    bench.service->toolOpened(1);
    bench.database.clock.advance(19min);
    bench.service->tick();
    (void)bench.service->ask(bench.who, *channel, listRequest());
    bench.say(1, listAnswer(1));
    bench.database.clock.advance(19min);
    bench.service->tick();
    QVERIFY(bench.service->isOpen(*channel));
    bench.database.clock.advance(2min);
    bench.service->tick();
    QVERIFY(!bench.service->isOpen(*channel));
    QCOMPARE(bench.port.resets, QList<ToolStreamNumber> {1});
}

void tst_ToolService::lostWithTheLink()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    bench.service->toolOpened(1);
    auto asked = bench.service->ask(bench.who, *channel, listRequest());
    bench.service->toolLost(1);
    QVERIFY(asked.result().error().code == errors::kTargetNotConnected);
    QVERIFY(bench.port.resets.isEmpty()); // there is nothing left to reset
    const auto again = bench.service->open(bench.who, bench.node, u"processes"_s);
    auto ended = bench.service->ask(bench.who, *again, listRequest());
    bench.service->toolEnded(2); // its process crashed
    QVERIFY(ended.result().error().code == errors::kServiceUnavailable);
}

void tst_ToolService::bounds()
{
    Bench bench;
    const auto channel = bench.service->open(bench.who, bench.node, u"processes"_s);
    wire::ToolRequest huge;
    huge.mutable_process_start()->set_program(std::string(3 << 20, 'p'));
    QVERIFY(bench.service->ask(bench.who, *channel, huge).result().error().code == errors::kValidation);
    QList<QFuture<ToolReply>> asked;
    for (int i = 0; i < 65; ++i)
        asked << bench.service->ask(bench.who, *channel, listRequest());
    QVERIFY(!isDone(asked[63]));
    QVERIFY(asked[64].result().error().code == errors::kThrottling);
}

void tst_ToolService::hostileTextInTheAudit()
{
    QCOMPARE(nodeToolText("a\x1b[31m\nb\xff"), QString(u"a\\x1b[31m\\nb\uFFFD"_s));
    QCOMPARE(nodeToolText(std::string(5000, 'x')).size(), 400);
}

void tst_ToolService::aJournalIsOnlyLookedAt()
{
    wire::ToolRequest requests[4];
    requests[0].mutable_journal_place();
    requests[1].mutable_journal_query();
    requests[2].mutable_journal_follow();
    requests[3].mutable_journal_entry();
    wire::ToolAnswer place;
    place.mutable_journal_place();
    wire::ToolAnswer page;
    page.mutable_journal_page();
    wire::ToolAnswer entry;
    entry.mutable_journal_entry();
    const wire::ToolAnswer *right[] = {&place, &page, &page, &entry};
    for (size_t i = 0; i < 4; ++i) {
        QVERIFY(!changesNode(requests[i]) && !auditName(requests[i]));
        for (const wire::ToolAnswer *answer : {&place, &page, &entry})
            QCOMPARE(isAnswerTo(requests[i], *answer), answer == right[i]);
    }
}

void tst_ToolService::noPasswordInTheAudit()
{
    wire::ToolRequest create;
    create.mutable_account_create()->set_name("dave");
    create.mutable_account_create()->set_password("canary");
    wire::ToolRequest set;
    set.mutable_account_password()->set_name("dave");
    set.mutable_account_password()->set_password("canary");
    for (const wire::ToolRequest &request : {create, set}) {
        QVERIFY(changesNode(request) && auditName(request));
        for (const bool answered : {false, true}) {
            wire::ToolAnswer answer;
            answer.mutable_done()->set_object("user dave (1000)");
            QVERIFY(isAnswerTo(request, answer));
            const QByteArray text = QJsonDocument(changeDiff(request, answered ? &answer : nullptr)).toJson();
            QVERIFY2(text.contains("dave") && !text.contains("canary"), text.constData());
        }
    }
}

void tst_ToolService::unitsInTheAudit()
{
    const char *const names[] = {"StartUnit",   "StopUnit", "RestartUnit", "ReloadUnit",     "EnableUnit",
                                 "DisableUnit", "MaskUnit", "UnmaskUnit",  "ResetFailedUnit"};
    wire::ToolRequest request;
    request.mutable_service_action()->set_unit("a\x1b.service");
    for (uint32_t action = 1; action <= std::size(names); ++action) {
        request.mutable_service_action()->set_action(action);
        QVERIFY(changesNode(request));
        QCOMPARE(*auditName(request), u"flagbridge:"_s + QLatin1StringView(names[action - 1]));
    }
    request.mutable_service_action()->set_action(4'000'000'000);
    QVERIFY(changesNode(request) && auditName(request)); // whatever it is, it is recorded
    QCOMPARE(changeDiff(request, nullptr)[u"Object"_s].toString(), u"unit a\\x1b.service"_s);
    wire::ToolAnswer answer;
    answer.mutable_service_changed()->set_unit("b.service");
    answer.mutable_service_changed()->set_before("active (running), process 1");
    answer.mutable_service_changed()->set_after("activating (start)\xff");
    answer.mutable_service_changed()->set_goes_on(true);
    QVERIFY(isAnswerTo(request, answer));
    const QJsonObject diff = changeDiff(request, &answer);
    QCOMPARE(diff[u"Object"_s].toString(), u"unit b.service"_s);
    QCOMPARE(diff[u"Before"_s].toString(), u"active (running), process 1"_s);
    QCOMPARE(diff[u"After"_s].toString(), u"activating (start)\uFFFD"_s);
    QCOMPARE(diff[u"GoesOn"_s].toBool(), true);
    for (const bool isList : {true, false}) {
        wire::ToolRequest look;
        if (isList)
            look.mutable_service_list();
        else
            look.mutable_service_detail();
        QVERIFY(!changesNode(look) && !auditName(look) && !isAnswerTo(look, answer));
    }
}

FB_TEST(tst_ToolService)

}

#include "tst_tool_service.moc"
