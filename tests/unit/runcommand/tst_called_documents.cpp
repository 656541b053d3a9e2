// The documents that a command's steps call go with its orders (spec/documents.md 3.12).

#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_CalledDocuments : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void calledOnesGoAlong();
    void parametersDecideWhich();
    void whatCannotBeHadIsSaid();
    void theLevelsThatRun();
    void circlesEnd();
    void laterEditsDoNotAffect();
    void bound();

private:
    static QString runs(const QString &path, const QString &name = u"s"_s, const QString &more = {})
    {
        return u"{\"action\":\"aws:runDocument\",\"name\":\"%2\",\"inputs\":{\"documentType\":"
               u"\"SSMDocument\","
               "\"documentPath\":\"%1\"%3}}"_s.arg(path, name, more);
    }
    static QString document(const QString &steps, const QString &parameters = {})
    {
        return u"{\"schemaVersion\":\"2.2\",%2\"mainSteps\":[%1]}"_s.arg(steps, parameters);
    }
    static QString script(const QString &text)
    {
        return u"{\"action\":\"aws:runShellScript\",\"name\":\"x\",\"inputs\":{\"runCommand\":\"%1\"}}"_s.arg(
            text);
    }
    Result<Command> send(const QString &name, const CommandParameters &parameters = {})
    {
        SendCommandRequest request;
        request.documentName = name;
        request.instanceIds = {toQString(CommandBench::node(1))};
        request.parameters = parameters;
        return m_bench->trySend(request);
    }
    // "reference name format content-or-error", in order.
    QStringList sent(const QString &name, const CommandParameters &parameters = {})
    {
        if (!send(name, parameters))
            return {u"refused"_s};
        m_bench->run();
        QStringList texts;
        for (const auto &called : m_bench->fleet.node(CommandBench::node(1)).ran.back().documents())
            texts.append(
                toQString(called.reference() + " " + called.name() + " " + called.format() + " "
                          + (called.error().empty() ? called.content().substr(0, 5) : called.error())));
        return texts;
    }

    std::unique_ptr<CommandBench> m_bench;
};

void tst_CalledDocuments::init()
{
    m_bench = std::make_unique<CommandBench>(u"sqlite"_s);
    m_bench->start();
    m_bench->addNodes(1);
    m_bench->fleet.script = FakeFleet::always("Success", 0);
    m_bench->documents.add(u"Leaf"_s, document(script(u"id"_s)));
}

void tst_CalledDocuments::calledOnesGoAlong()
{
    m_bench->documents.add(u"Top"_s, document(runs(u"Leaf:1"_s) + u","_s + runs(u"Leaf:1"_s, u"again"_s)));
    QCOMPARE(sent(u"Top"_s), QStringList {u"Leaf:1 Leaf JSON {\"sch"_s});
    m_bench->documents.add(
        u"Reads"_s,
        document(u"{\"action\":\"aws:downloadContent\",\"name\":\"s\",\"inputs\":{\"sourceType\":"
                 "\"SSMDocument\",\"sourceInfo\":{\"name\":\"Top\"}}}"_s));
    QCOMPARE(sent(u"Reads"_s), QStringList({u"Top Top JSON {\"sch"_s, u"Leaf:1 Leaf JSON {\"sch"_s}));
    QCOMPARE(sent(u"Leaf"_s), QStringList());
}

void tst_CalledDocuments::parametersDecideWhich()
{
    const QString parameters = u"\"parameters\":{\"which\":{\"type\":\"String\",\"default\":\"Leaf\"}},"_s;
    m_bench->documents.add(u"Other"_s, document(script(u"other"_s)));
    m_bench->documents.add(u"Chooses"_s, document(runs(u"{{ which }}"_s), parameters));
    m_bench->documents.add(
        u"Top"_s,
        document(runs(u"Chooses"_s, u"s"_s, u",\"documentParameters\":{\"which\":\"{{ which }}\"}"_s),
                 parameters));
    QCOMPARE(sent(u"Top"_s).last(), u"Leaf Leaf JSON {\"sch"_s);
    QCOMPARE(sent(u"Top"_s, {{u"which"_s, {u"Other"_s}}}).last(), u"Other Other JSON {\"sch"_s);
}

// The step that calls it fails with the reason; the others run.
void tst_CalledDocuments::whatCannotBeHadIsSaid()
{
    m_bench->documents.add(u"Top"_s, document(runs(u"Missing"_s) + u","_s + runs(u"Leaf:7"_s, u"t"_s)));
    QCOMPARE(sent(u"Top"_s),
             QStringList({u"Missing   There is no document Missing."_s, u"Leaf:7   It has no version 7."_s}));
}

void tst_CalledDocuments::theLevelsThatRun()
{
    for (int level = 1; level <= 5; ++level)
        m_bench->documents.add(u"Level%1"_s.arg(level), document(runs(u"Level%1"_s.arg(level + 1))));
    m_bench->documents.add(u"Top"_s, document(runs(u"Level1"_s)));
    QStringList names;
    for (const QString &text : sent(u"Top"_s))
        names.append(text.section(u' ', 0, 0));
    QCOMPARE(names, QStringList({u"Level1"_s, u"Level2"_s, u"Level3"_s})); // the fourth fails on the node
}

void tst_CalledDocuments::circlesEnd()
{
    m_bench->documents.add(u"A"_s, document(runs(u"B"_s)));
    m_bench->documents.add(u"B"_s, document(runs(u"A"_s) + u","_s + runs(u"B"_s, u"t"_s)));
    QCOMPARE(sent(u"A"_s).size(), 2);
}

// Sent while the node was away; the document is edited, and the engine starts anew, before it comes back.
void tst_CalledDocuments::laterEditsDoNotAffect()
{
    m_bench->documents.add(u"Top"_s, document(runs(u"Leaf"_s) + u","_s + runs(u"Missing"_s, u"t"_s)));
    m_bench->disconnectNode(CommandBench::node(1));
    QVERIFY(send(u"Top"_s));
    m_bench->commit();
    m_bench->documents.add(u"Leaf"_s, document(script(u"another"_s)));
    m_bench->documents.add(u"Missing"_s, document(script(u"another"_s)));
    m_bench->restart();
    m_bench->connectNode(CommandBench::node(1));
    m_bench->run();
    const auto &body = m_bench->fleet.node(CommandBench::node(1)).ran.back();
    QCOMPARE(body.documents_size(), 2);
    QCOMPARE(toQString(body.documents(0).content()), document(script(u"id"_s)));
    QCOMPARE(toQString(body.documents(1).error()), u"There is no document Missing."_s);
}

void tst_CalledDocuments::bound()
{
    QString steps;
    for (int i = 0; i < 9; ++i) {
        m_bench->documents.add(u"Large%1"_s.arg(i), document(script(QString(60'000, u'x'))));
        steps += (i ? u","_s : QString()) + runs(u"Large%1"_s.arg(i), u"s%1"_s.arg(i));
    }
    m_bench->documents.add(u"Top"_s, document(steps));
    const auto refused = send(u"Top"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kInvalidParameters);
    QVERIFY2(refused.error().message.find("524288") != std::string::npos, refused.error().message.c_str());
}

FB_TEST(tst_CalledDocuments)
#include "tst_called_documents.moc"
