#include "backend/base/qt_text.h"
#include "backend/control/control_client.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

// Parameters in commands, from the engine's control socket to a script on a real agent.
class tst_ParameterReferences : public QObject
{
    Q_OBJECT

private slots:
    void inACommand();

private:
    QString put(ControlClient &engine, const QString &value, const QJsonObject &more) const;
};

// "fine", or the error's code.
QString tst_ParameterReferences::put(ControlClient &engine, const QString &value,
                                     const QJsonObject &more) const
{
    QJsonObject input = more;
    input.insert(u"Value"_s, value);
    const auto answer = engine.call(u"PutParameter"_s, input);
    return answer ? u"fine"_s : toQString(answer.error().code.name());
}

// [parameter-store 8.21] [S06]
void tst_ParameterReferences::inACommand()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    auto engine = ControlClient::connectTo(fleet.dataDir());
    QVERIFY(engine);
    const auto said = [&](const QString &script) {
        const CommandRun run = fleet.runScript(script, {u"--all"_s});
        const QJsonObject refused = run.last()[u"Error"_s].toObject();
        return refused.isEmpty()
            ? run.last()[u"Invocations"_s].toArray()[0].toObject()[u"StandardOutputContent"_s].toString()
            : refused[u"code"_s].toString() + u": "_s + refused[u"message"_s].toString();
    };
    const QJsonObject greeting {
        {u"Name"_s, u"/app/greeting"_s}, {u"Type"_s, u"String"_s}, {u"Overwrite"_s, true}};
    QCOMPARE(put(**engine, u"hello"_s, greeting), u"fine"_s);
    QCOMPARE(said(u"echo {{ssm:/app/greeting}}"_s), u"hello\n"_s);
    QCOMPARE(put(**engine, u"bye"_s, greeting), u"fine"_s);
    QCOMPARE(said(u"echo {{ssm:/app/greeting}}"_s), u"bye\n"_s);
    QCOMPARE(said(u"echo {{ ssm:/app/greeting:1 }}"_s), u"hello\n"_s);

    QCOMPARE(put(**engine, u"secret-4711"_s, {{u"Name"_s, u"/app/secret"_s}, {u"Type"_s, u"SecureString"_s}}),
             u"fine"_s);
    const auto commands = [&] {
        const auto list = (*engine)->call(u"ListCommands"_s, {});
        return list ? (*list)[u"Commands"_s].toArray().size() : -1;
    };
    const auto before = commands();
    QVERIFY(before >= 3);
    const QString refused = said(u"echo {{ssm:/app/secret}}"_s);
    QVERIFY2(refused.startsWith(u"InvalidParameters: "_s), qPrintable(refused));
    QVERIFY(refused.contains(u"/app/secret is a SecureString"_s));
    QVERIFY(!refused.contains(u"4711"_s));
    QVERIFY(said(u"echo {{ssm:/app/none}}"_s).contains(u"Parameter /app/none not found"_s));
    QCOMPARE(commands(), before); // no command, so no invocation
    // what is stored of a command is the reference
    const auto list = (*engine)->call(u"ListCommands"_s, {});
    const QJsonObject newest = (*list)[u"Commands"_s].toArray()[0].toObject();
    QVERIFY(newest[u"Parameters"_s].toObject()[u"commands"_s].toArray()[0].toString().contains(u"{{"_s));
    // tags go by the table of every kind
    QVERIFY((*engine)->call(
        u"AddTagsToResource"_s,
        {{u"ResourceType"_s, u"Parameter"_s},
         {u"ResourceId"_s, u"/app/secret"_s},
         {u"Tags"_s, QJsonArray {QJsonObject {{u"Key"_s, u"Env"_s}, {u"Value"_s, u"prod"_s}}}}}));
    const auto tags = (*engine)->call(
        u"ListTagsForResource"_s, {{u"ResourceType"_s, u"Parameter"_s}, {u"ResourceId"_s, u"app/secret"_s}});
    QVERIFY(!tags); // app/secret is no name
    const auto found = (*engine)->call(
        u"ListTagsForResource"_s, {{u"ResourceType"_s, u"Parameter"_s}, {u"ResourceId"_s, u"/app/secret"_s}});
    QCOMPARE((*found)[u"TagList"_s].toArray().size(), 1);
}

FB_TEST(tst_ParameterReferences)
#include "tst_parameter_references.moc"
