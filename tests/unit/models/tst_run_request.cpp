#include "models/nodes/runcommand/run_rate.h"
#include "models/nodes/runcommand/run_request_text.h"
#include "models/nodes/runcommand/run_target_text.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

Q_DECLARE_METATYPE(fb::RunRequest)

namespace fb::test {

using namespace Qt::StringLiterals;
using Form = RunRequestText::Form;

// A run as text: JSON, YAML, command line, draft, tags; and what a rate means.
class tst_RunRequest : public QObject
{
    Q_OBJECT
private slots:
    void texts_data();
    void texts();
    void wrongTexts_data();
    void wrongTexts();
    void commandLines_data();
    void commandLines();
    void tags_data();
    void tags();
    void rates_data();
    void rates();
    void lateNodes();

private:
    static QList<std::pair<const char *, RunRequest>> requests();
};

QList<std::pair<const char *, RunRequest>> tst_RunRequest::requests()
{
    RunRequest plain;
    plain.documentName = u"AWS-RunShellScript"_s;
    plain.parameters.insert(u"commands"_s, {u"uptime"_s});
    plain.targets.nodeIds = QStringList {u"mi-0123456789abcdef0"_s, u"mi-0123456789abcdef1"_s};
    RunRequest hostile = plain;
    hostile.parameters[u"commands"_s] = {u"echo 'it''s' \"$HOME\" `id` $(id) \\"_s,
                                         u"a; rm -rf / # & | > <"_s,
                                         u"\u30ea\u30dc\u30f3 \u202e"_s,
                                         u"two\nlines\ttab"_s,
                                         u""_s,
                                         u"!history *glob? {a,b} ~"_s};
    hostile.targets
        = {.nodeIds = {}, .tags = {u"team=web ops"_s, u"team='\"$x"_s, u"env=a=b"_s}, .all = false};
    hostile.comment = u"-starts like an option, ends with '"_s;
    hostile.maxErrors = u"10%"_s;
    hostile.timeout = std::chrono::seconds(90);
    RunRequest all = plain;
    all.targets = {.nodeIds = {}, .tags = {}, .all = true};
    all.documentVersion = u"$LATEST"_s;
    all.comment = u"file:///etc/passwd"_s; // the command line tool would read it
    RunRequest group = plain;
    group.targets = {.nodeIds = {}, .tags = {u"resource-groups:Name=Web tier"_s}, .all = false};
    return {{"plain", plain}, {"hostile", hostile}, {"all", all}, {"group", group}};
}

void tst_RunRequest::texts_data()
{
    QTest::addColumn<RunRequest>("request");
    for (const auto &[name, request] : requests())
        QTest::newRow(name) << request;
}

void tst_RunRequest::texts()
{
    QFETCH(RunRequest, request);
    for (const Form form : {Form::Json, Form::Yaml}) {
        const auto reading = RunRequestText::read(RunRequestText::text(request, form), form);
        QVERIFY2(reading.request, qPrintable(reading.problem));
        QCOMPARE(*reading.request, request);
    }
    QCOMPARE(RunRequestText::fromDraft(RunRequestText::draft(request)), request);
}

void tst_RunRequest::wrongTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("line");
    QTest::addRow("not JSON") << u"{\n  \"DocumentName\": \"a\",,\n}"_s << QString() << 2;
    QTest::addRow("no object") << u"[]"_s << u"DocumentName"_s << 0;
    QTest::addRow("no document") << u"{}"_s << u"DocumentName"_s << 0;
    QTest::addRow("unknown key") << u"{\"DocumentName\": \"a\",\n\"Colour\": 1}"_s << u"Colour"_s << 2;
    QTest::addRow("time-out") << u"{\"DocumentName\": \"a\",\n\"TimeoutSeconds\": 29}"_s << u"30 to 2592000"_s
                              << 2;
    QTest::addRow("parameters") << u"{\"DocumentName\": \"a\", \"Parameters\": []}"_s << u"object"_s << 1;
    QTest::addRow("targets") << u"{\"DocumentName\": \"a\", \"Targets\": [{\"Key\": \"tag:a\"}]}"_s
                             << u"Values"_s << 1;
    QTest::addRow("nodes and tags")
        << u"{\"DocumentName\": \"a\", \"InstanceIds\": [\"mi-1\"], \"Targets\": [{\"Key\": \"tag:a\", \"Values\": [\"b\"]}]}"_s
        << u"one kind of target"_s << 0;
}

void tst_RunRequest::wrongTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    QFETCH(int, line);
    const auto reading = RunRequestText::read(text, Form::Json);
    QVERIFY(!reading.request);
    QVERIFY2(!reading.problem.isEmpty() && reading.problem.contains(says), qPrintable(reading.problem));
    QCOMPARE(reading.line, line);
}

void tst_RunRequest::commandLines_data() { texts_data(); }

// What a shell makes of the line is exactly the request.
void tst_RunRequest::commandLines()
{
    QFETCH(RunRequest, request);
    const QString line = RunRequestText::commandLine(request);
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"aws() { printf '%s\\0' \"$@\"; }\n"_s + line});
    QVERIFY(shell.waitForFinished(10000));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(u'\0'));
    QCOMPARE(words.takeLast(), QString());
    QCOMPARE(words.mid(0, 2), (QStringList {u"ssm"_s, u"send-command"_s}));
    QHash<QString, QStringList> options;
    QString option;
    for (qsizetype i = 2; i < words.size(); ++i) {
        if (words[i].startsWith(u"--") && words[i].contains(u'='))
            options[words[i].section(u'=', 0, 0).mid(2)] << words[i].section(u'=', 1);
        else if (words[i].startsWith(u"--"))
            option = words[i].mid(2);
        else
            options[option] << words[i];
    }
    RunRequest back;
    back.documentName = options.value(u"document-name"_s).value(0);
    back.documentVersion = options.value(u"document-version"_s).value(0);
    back.maxConcurrency = options.value(u"max-concurrency"_s).value(0);
    back.maxErrors = options.value(u"max-errors"_s).value(0);
    back.timeout = std::chrono::seconds(options.value(u"timeout-seconds"_s).value(0).toInt());
    back.comment = options.value(u"comment"_s).value(0);
    if (options.contains(u"cli-input-json"_s))
        back.comment = QJsonDocument::fromJson(options.value(u"cli-input-json"_s)[0].toUtf8())[u"Comment"_s]
                           .toString();
    const QJsonObject parameters
        = QJsonDocument::fromJson(options.value(u"parameters"_s).value(0).toUtf8()).object();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QJsonArray items = it.value().toArray();
        for (const QJsonValue &item : items)
            back.parameters[it.key()] << item.toString();
    }
    QList<RunTarget> targets;
    const QJsonArray wire = QJsonDocument::fromJson(options.value(u"targets"_s).value(0).toUtf8()).array();
    for (const QJsonValue &one : wire) {
        RunTarget target {one[u"Key"_s].toString(), {}};
        const QJsonArray values = one[u"Values"_s].toArray();
        for (const QJsonValue &value : values)
            target.values << value.toString();
        targets << target;
    }
    back.targets = RunTargetText::fromWire(options.value(u"instance-ids"_s), targets);
    QCOMPARE(back, request);
}

void tst_RunRequest::tags_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("tags");
    QTest::addRow("blanks and commas")
        << u" env=prod,role=web  site=osa"_s << QStringList {u"env=prod"_s, u"role=web"_s, u"site=osa"_s};
    QTest::addRow("quoted") << u"\"team=web ops\" env=prod"_s
                            << QStringList {u"team=web ops"_s, u"env=prod"_s};
    QTest::addRow("quoted in the middle") << u"team=\"web ops\""_s << QStringList {u"team=web ops"_s};
    QTest::addRow("a quote in it") << u"\"a=\\\"b\\\\\""_s << QStringList {u"a=\"b\\"_s};
    QTest::addRow("nothing") << u"  , "_s << QStringList();
}

void tst_RunRequest::tags()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, tags);
    QCOMPARE(RunTargetText::parse(typed), tags);
    QCOMPARE(RunTargetText::parse(RunTargetText::typed(tags)), tags);
}

void tst_RunRequest::rates_data()
{
    QTest::addColumn<int>("nodes");
    QTest::addColumn<QString>("concurrency");
    QTest::addColumn<int>("atOnce"); // -1: not a rate
    QTest::addColumn<QString>("errors");
    QTest::addColumn<int>("allowed");
    // The table of spec/run-command.md 3.3.
    QTest::addRow("50") << 50 << u"50"_s << 50 << u"10%"_s << 5;
    QTest::addRow("20") << 20 << u"10%"_s << 2 << u"0"_s << 0;
    QTest::addRow("7") << 7 << u"10%"_s << 1 << u"10%"_s << 0;
    QTest::addRow("25") << 25 << u"10%"_s << 3 << u"10%"_s << 2;
    QTest::addRow("3") << 3 << u"100%"_s << 3 << u"100%"_s << 3;
    QTest::addRow("1000") << 1000 << u"33%"_s << 330 << u"1%"_s << 10;
    for (const QString &wrong : {u"0"_s, u"0%"_s, u"101%"_s, u"1.5"_s, u""_s, u"5\n"_s})
        QTest::addRow("wrong %s", qPrintable(wrong)) << 10 << wrong << -1 << u"-1"_s << -1;
}

void tst_RunRequest::rates()
{
    QFETCH(int, nodes);
    QFETCH(QString, concurrency);
    QFETCH(int, atOnce);
    QFETCH(QString, errors);
    QFETCH(int, allowed);
    QCOMPARE(RunRate::atOnce(concurrency, nodes).value_or(-1), atOnce);
    QCOMPARE(RunRate::errorsAllowed(errors, nodes).value_or(-1), allowed);
}

void tst_RunRequest::lateNodes()
{
    using namespace std::chrono_literals;
    QVERIFY(RunRate::lateWarning(u"50"_s, 50, 600s, 3600s).isEmpty()); // one batch
    QVERIFY(RunRate::lateWarning(u"10"_s, 20, 3600s, 3600s).isEmpty());
    QVERIFY(RunRate::lateWarning(u"10"_s, 21, 3600s, 3600s).contains(u"121"_s)); // 2 x 3600 s before the last
}

FB_TEST(tst_RunRequest)

}

#include "tst_run_request.moc"
