// Files of this machine become attachments: with the engine in this process, as a console has it.

#include "backend/documents/document_service.h"
#include "backend/settings/service_settings.h"
#include "models/shared/documents/documents_feed.h"
#include "tests/support/fake_s3.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_main.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_AttachedFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void attachesAndRemoves();
    void editorKeepsThem();
    void refusals();
    void fetchedByTheEngine();

private:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_engine.path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    DocumentSaved change(const DocumentFilesEdit &edit, ShownError *problem = nullptr)
    {
        std::optional<DocumentSaved> saved;
        m_feed->changeFiles(edit, [&](const ShownError &why, const DocumentSaved &made) {
            if (problem)
                *problem = why;
            else if (!why.isEmpty())
                qWarning("%s", qPrintable(why.message));
            saved = made;
        });
        return QTest::qWaitFor([&] { return saved.has_value(); }, 60'000) ? *saved : DocumentSaved();
    }
    DocumentText read(const QString &name, const QString &version = {})
    {
        std::optional<DocumentText> text;
        m_feed->read(name, version, [&](const ShownError &, const DocumentText &got) { text = got; });
        return QTest::qWaitFor([&] { return text.has_value(); }, 30'000) ? *text : DocumentText();
    }
    DocumentSaved save(const DocumentEdit &edit)
    {
        std::optional<DocumentSaved> saved;
        m_feed->save(edit, [&](const ShownError &, const DocumentSaved &made) { saved = made; });
        return QTest::qWaitFor([&] { return saved.has_value(); }, 30'000) ? *saved : DocumentSaved();
    }
    static DocumentEdit shell(const QString &name, const QString &script, const QString &basedOn = {})
    {
        DocumentEdit edit;
        edit.name = name;
        edit.type = u"Command"_s;
        edit.format = u"YAML"_s;
        edit.basedOn = basedOn;
        edit.content
            = u"schemaVersion: '2.2'\nmainSteps:\n- action: aws:runShellScript\n  name: say\n  inputs:\n"
              "    runCommand: ['%1']\n"_s.arg(script);
        return edit;
    }

    fb::test::TestEngine m_engine;
    std::unique_ptr<DocumentsFeed> m_feed;
};

void tst_AttachedFiles::initTestCase()
{
    QVERIFY(m_engine.start());
    m_feed = std::make_unique<DocumentsFeed>(m_engine.engine());
}

void tst_AttachedFiles::cleanupTestCase()
{
    m_feed.reset();
    m_engine.stop();
}

void tst_AttachedFiles::attachesAndRemoves()
{
    QCOMPARE(save(shell(u"Attached"_s, u"echo a"_s)).version, u"1"_s);
    QByteArray big(20 * 1024 * 1024 + 17, '\0');
    for (qsizetype i = 0; i < big.size(); ++i)
        big[i] = static_cast<char>((i * 7919) >> 8);
    const QStringList paths {write(u"big.bin"_s, big), write(u"empty.txt"_s, {}), write(u"small.txt"_s, "x")};
    const DocumentSaved saved = change({u"Attached"_s, u"1"_s, paths, {}});
    QCOMPARE(saved.version, u"2"_s);
    QVERIFY(saved.defaultProblem.isEmpty());
    const DocumentText text = read(u"Attached"_s);
    QCOMPARE(text.version, u"2"_s); // the default moved with it
    QCOMPARE(text.files.size(), 3);
    QCOMPARE(text.files[0],
             (DocumentFileRow {
                 u"big.bin"_s, big.size(),
                 QString::fromLatin1(QCryptographicHash::hash(big, QCryptographicHash::Sha256).toHex())}));
    QCOMPARE(text.files[1].size, 0);
    QVERIFY(text.content.contains(u"echo a"_s));

    // One of the same name takes the place of the earlier one; what is there already is not stored again.
    const DocumentSaved next
        = change({u"Attached"_s, u"2"_s, {paths[0], write(u"small.txt"_s, "other")}, {u"empty.txt"_s}});
    QCOMPARE(next.version, u"3"_s);
    const DocumentText after = read(u"Attached"_s);
    QCOMPARE(after.files.size(), 2);
    QCOMPARE(after.files[1].size, 5);
    QCOMPARE(read(u"Attached"_s, u"2"_s).files.size(), 3);
}

// A new version that the editor saves has the files of the one it began with.
void tst_AttachedFiles::editorKeepsThem()
{
    QCOMPARE(save(shell(u"Edited"_s, u"echo a"_s)).version, u"1"_s);
    QCOMPARE(change({u"Edited"_s, u"1"_s, {write(u"kept.txt"_s, "kept")}, {}}).version, u"2"_s);
    QCOMPARE(save(shell(u"Edited"_s, u"echo b"_s, u"2"_s)).version, u"3"_s);
    QCOMPARE(read(u"Edited"_s).files.value(0).name, u"kept.txt"_s);
}

void tst_AttachedFiles::refusals()
{
    QCOMPARE(save(shell(u"Refused"_s, u"echo a"_s)).version, u"1"_s);
    const auto codeOf = [&](const DocumentFilesEdit &edit) {
        ShownError problem;
        (void)change(edit, &problem);
        return problem.code;
    };
    const QString path = write(u"file.txt"_s, "x");
    QCOMPARE(codeOf({u"Refused"_s, u"1"_s, {m_engine.path(u"gone"_s)}, {}}), u"ValidationException"_s);
    QCOMPARE(codeOf({u"Nowhere"_s, u"1"_s, {path}, {}}), u"InvalidDocument"_s);
    QCOMPARE(change({u"Refused"_s, u"1"_s, {path}, {}}).version, u"2"_s);
    QCOMPARE(codeOf({u"Refused"_s, u"1"_s, {path}, {}}), u"InvalidDocumentVersion"_s); // somebody was first
    QCOMPARE(codeOf({u"Refused"_s, u"2"_s, {path}, {}}), u"DuplicateDocumentContent"_s); // nothing changed
}

// With the fleet's settings: endpoint, region, key and secret.
void tst_AttachedFiles::fetchedByTheEngine()
{
    fb::test::FakeS3 s3;
    s3.put("releases/web/app.tar", "the app");
    s3.put("releases/web/web.conf", "listen 80");
    QCOMPARE(save(shell(u"Fetched"_s, u"echo a"_s)).version, u"1"_s);
    ShownError problem;
    (void)change({u"Fetched"_s, u"1"_s, {}, {}, {{u"s3://releases/web"_s, {}}}}, &problem);
    QCOMPARE(problem.field, u"Attachments[0].Values[0]"_s);
    QVERIFY2(problem.message.contains(u"/flagbridge/s3/endpoint"_s), qPrintable(problem.message));
    const QList<QPair<QString, QString>> values {{settings::kS3Endpoint, s3.url()},
                                                 {settings::kS3Region, fb::test::FakeS3::kRegion},
                                                 {settings::kS3AccessKeyId, fb::test::FakeS3::kAccessKeyId},
                                                 {settings::kS3SecretAccessKey, fb::test::FakeS3::kSecret}};
    for (const auto &[id, value] : values) {
        auto set = m_engine.engine().post([id = id, value = value](Engine &engine) {
            return engine.settings().update(engine.owner(), id, value);
        });
        set.waitForFinished();
        QVERIFY2(set.result().has_value(), qPrintable(id));
    }
    s3.hold();
    QCOMPARE(change({u"Fetched"_s, u"1"_s, {}, {}, {{u"s3://releases/web"_s, {}}}}).version, u"2"_s);
    QVERIFY(read(u"Fetched"_s, u"2"_s).isFetching);
    QCOMPARE(read(u"Fetched"_s).version, u"1"_s); // the default stays
    QCOMPARE(save(shell(u"Fetched"_s, u"echo b"_s, u"2"_s)).version, QString()); // its files would be lost
    s3.goOn();
    QTRY_VERIFY(!read(u"Fetched"_s, u"2"_s).isFetching);
    const DocumentText text = read(u"Fetched"_s, u"2"_s);
    QVERIFY2(text.failure.isEmpty(), qPrintable(text.failure));
    QCOMPARE(text.files.size(), 2);
    QCOMPARE(text.files[1].name, u"web.conf"_s);
    // One more file, the others come along.
    QCOMPARE(change({u"Fetched"_s,
                     u"2"_s,
                     {},
                     {u"web.conf"_s},
                     {{u"s3://releases/web/web.conf"_s, u"renamed.conf"_s}}})
                 .version,
             u"3"_s);
    QTRY_VERIFY(!read(u"Fetched"_s, u"3"_s).isFetching);
    QCOMPARE(read(u"Fetched"_s, u"3"_s).files.value(1).name, u"renamed.conf"_s);
}

FB_TEST(tst_AttachedFiles)
#include "tst_attached_files.moc"
