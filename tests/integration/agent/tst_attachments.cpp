// Files of a document on a real agent (spec/documents.md 3.7): there before the first step, fetched by their hash.

#include "backend/core/byte_encoding.h"
#include "tests/integration/agent/plugin_steps.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_Attachments : public QObject
{
    Q_OBJECT

private slots:
    void thereBeforeTheFirstStep();
    void linkCutInTheMiddle();
    void supervisorKilledInTheMiddle();
    void refused_data();
    void refused();
    void cancelled();

private:
    static void attach(AgentFixture &f, const std::string &name, const std::string &bytes)
    {
        wire::Attachment file;
        file.set_name(name);
        file.set_sha256(sha256(bytes));
        file.set_size(bytes.size());
        f.engine.attachments.push_back(file);
        f.engine.files[file.sha256()] = bytes;
    }
    static std::string manyBytes(size_t count)
    {
        std::string bytes(count, '\0');
        for (size_t i = 0; i < count; ++i)
            bytes[i] = static_cast<char>((i * 7919) >> 8);
        return bytes;
    }
};

void tst_Attachments::thereBeforeTheFirstStep()
{
    AgentFixture f;
    attach(f, "hello.sh", "echo hello from a file\n");
    attach(f, "empty.txt", "");
    attach(f, "big.bin", manyBytes(3'000'000));
    QVERIFY(f.start());
    f.engine.script(1,
                    "sh downloads/hello.sh; wc -c < downloads/empty.txt; sha256sum < downloads/big.bin; "
                    "stat -c %a downloads/hello.sh; echo more >> downloads/hello.sh");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30'000));
    const auto step = f.engine.result(1).steps(0);
    QCOMPARE(step.stdout_head(),
             "hello from a file\n0\n" + toHex(f.engine.attachments[2].sha256()) + "  -\n600\n");
    // Of each order its own: what a script did to them is gone.
    f.engine.script(2, "sh downloads/hello.sh");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }, 30'000));
    QCOMPARE(f.engine.result(2).steps(0).stdout_head(), std::string("hello from a file\n"));
}

void tst_Attachments::linkCutInTheMiddle()
{
    AgentFixture f;
    attach(f, "big.bin", manyBytes(30'000'000));
    QVERIFY(f.start());
    f.engine.script(1, "sha256sum < downloads/big.bin");
    QVERIFY(f.engine.wait([&] { return !f.engine.filesAsked.empty(); }, 30'000));
    f.engine.waitFor(20);
    f.engine.cut();
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 60'000));
    QCOMPARE(f.engine.result(1).steps(0).stdout_head(), toHex(f.engine.attachments[0].sha256()) + "  -\n");
}

void tst_Attachments::supervisorKilledInTheMiddle()
{
    AgentFixture f;
    attach(f, "big.bin", manyBytes(30'000'000));
    QVERIFY(f.start());
    f.engine.script(1, "sha256sum < downloads/big.bin");
    QVERIFY(f.engine.wait([&] { return !f.engine.filesAsked.empty(); }, 30'000));
    f.kill();
    QVERIFY(f.again());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 60'000));
    QCOMPARE(f.engine.result(1).steps(0).stdout_head(), toHex(f.engine.attachments[0].sha256()) + "  -\n");
}

void tst_Attachments::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("given"); // by the engine
    QTest::addColumn<QString>("reason");
    QTest::addRow("not there") << u"app.tar"_s << QString() << u"no such file"_s;
    QTest::addRow("other bytes") << u"app.tar"_s << u"the xpp"_s << u"not those the order names"_s;
    QTest::addRow("too few") << u"app.tar"_s << u"the"_s << u"the engine gave 3 of its 7 bytes"_s;
    QTest::addRow("too many") << u"app.tar"_s << u"the app and more"_s << u"more than the 7 bytes"_s;
    QTest::addRow("a path") << u"../../escaped"_s << u"the app"_s << u"is no name of a file"_s;
}

void tst_Attachments::refused()
{
    QFETCH(QString, name);
    QFETCH(QString, given);
    QFETCH(QString, reason);
    AgentFixture f;
    attach(f, name.toStdString(), "the app");
    if (given.isNull())
        f.engine.files.clear();
    else
        f.engine.files.begin()->second = given.toStdString();
    QVERIFY(f.start());
    const QString ran = f.folder.filePath(u"ran"_s);
    f.engine.script(1, "touch " + ran.toStdString());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30'000));
    const auto result = f.engine.result(1);
    QCOMPARE(result.status(), std::string("Failed"));
    QVERIFY2(QString::fromStdString(result.trace()).contains(reason), result.trace().c_str());
    QCOMPARE(result.steps_size(), 0);
    QVERIFY(!QFile::exists(ran));
    QVERIFY(!QFile::exists(f.state + u"/work/escaped"_s));
}

void tst_Attachments::cancelled()
{
    AgentFixture f;
    attach(f, "big.bin", manyBytes(1000));
    QVERIFY(f.start());
    f.engine.refuseFilesAsBusy = true;
    f.engine.script(1, "echo ran");
    QVERIFY(f.engine.wait([&] { return !f.engine.filesAsked.empty(); }, 30'000));
    f.engine.cancel(1);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30'000));
    QCOMPARE(f.engine.result(1).status(), std::string("Cancelled"));
    QCOMPARE(f.engine.result(1).steps(0).stdout_head(), std::string());
}

FB_TEST(tst_Attachments)
#include "tst_attachments.moc"
