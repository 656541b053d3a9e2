// Files of documents that lie on an S3-compatible server (spec/documents.md 2.2, 3.7, 7).

#include "backend/base/field_table.h"
#include "backend/core/byte_encoding.h"
#include "backend/store/artifact_owners.h"
#include "tests/support/fake_s3.h"
#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RemoteAttachments : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void folderAndFile_data() { addDatabaseRows(); }
    void folderAndFile();
    void manyPages();
    void mixedSources();
    void failures_data();
    void failures();
    void wrongCredentials();
    void noServer();
    void wrongRequests_data();
    void wrongRequests();
    void denied();
    void notRunMeanwhile();
    void deletedMeanwhile();
    void goesOn_data() { addDatabaseRows(); }
    void goesOn();
    void stoppedMeanwhile();
    void endIsStoredAgain();
    void sameBytesAtOnce();
};

namespace {

AttachmentsSource remoteFolder(const QString &url) { return {.key = u"SourceUrl"_s, .values = {url}}; }
AttachmentsSource remoteFile(const QString &url, const QString &name)
{
    return {.key = u"S3FileUrl"_s, .values = {url}, .name = name};
}
QString hashOf(const QByteArray &bytes) { return QString::fromStdString(sha256Hex(bytes.toStdString())); }

struct Bench : DocumentStore {
    explicit Bench(const FakeS3 &s3, const QString &kind = u"sqlite"_s) : DocumentStore(kind)
    {
        reach.endpoint = s3.url().toStdString();
        reach.region = FakeS3::kRegion.toStdString();
        reach.accessKeyId = FakeS3::kAccessKeyId.toStdString();
        reach.endpointSetting = "the test";
        setSecret(FakeS3::kSecret);
        serve(service);
    }
    ~Bench() { static_cast<void>(db->flush()); }

    void setSecret(const QString &secret)
    {
        reach.secretAccessKey = std::make_shared<const SecretBytes>(secret.toStdString());
    }
    void serve(DocumentService &documents)
    {
        documents.attachments().setS3Reach([this] { return Result<download::S3Reach>(reach); });
    }
    Result<DocumentDescription> createWith(const QString &name, const QList<AttachmentsSource> &sources,
                                           const QString &content = shellYaml(u"x"_s))
    {
        return service.createDocument(
            who, {.content = content, .name = name, .documentFormat = u"YAML"_s, .attachments = sources});
    }
    Result<DocumentDescription> updateWith(const QString &name, const QList<AttachmentsSource> &sources,
                                           const QString &content = shellYaml(u"y"_s))
    {
        return service.updateDocument(
            who, {.content = content, .name = name, .documentFormat = u"YAML"_s, .attachments = sources});
    }
    QString statusOf(const QString &name, const QString &version = u"$LATEST"_s)
    {
        static_cast<void>(db->flush());
        const auto described = describe(name, version);
        return described ? described->status : toQString(described.error().message);
    }
    // Waits until it is settled.
    QString outcomeOf(const QString &name, const QString &version = u"$LATEST"_s)
    {
        const auto isOver = [&] { return !statusOf(name, version).endsWith(u"ing"_s); };
        return QTest::qWaitFor(isOver, 60'000) ? statusOf(name, version) : u"never settled"_s;
    }
    QStringList filesOf(const QString &name, const QString &version = u"$LATEST"_s)
    {
        QStringList texts;
        const auto got = service.getDocument(who, {.name = name, .documentVersion = version});
        for (const AttachmentContent &each : got ? got->attachmentsContent : QList<AttachmentContent>())
            texts.append(u"%1 %2 %3"_s.arg(each.name).arg(each.size).arg(each.hash));
        return texts;
    }
    QByteArray bytesOf(const QString &hash)
    {
        const auto artifact = artifacts->find(db->reader(), documentFileArtifact(hash));
        if (!artifact || !*artifact)
            return {};
        auto read = artifacts->read((*artifact)->id, 0, 4 * 1024 * 1024);
        return QTest::qWaitFor([&] { return read.isFinished(); }) ? read.result().value_or(QByteArray())
                                                                  : QByteArray();
    }
    QString auditDiffs()
    {
        QString all;
        static_cast<void>(db->flush());
        for (const AuditEntry &entry : audit.entries(db->reader(), 0, 1000).value_or(QList<AuditEntry>()))
            all += entry.who.name + u' ' + entry.action + u' '
                + QString::fromUtf8(QJsonDocument(entry.diff).toJson(QJsonDocument::Compact)) + u'\n';
        return all;
    }

    download::S3Reach reach;
};

QByteArray page(const QList<QByteArray> &keys, const QByteArray &more = "<IsTruncated>false</IsTruncated>")
{
    QByteArray body = "<ListBucketResult>";
    for (const QByteArray &key : keys)
        body += "<Contents><Key>" + key + "</Key></Contents>";
    return body + more + "</ListBucketResult>";
}

}

void tst_RemoteAttachments::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {64});
    bringFromEarlier(db);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM document_fetch"_s), 0);
}

// Creating, then Active; the source may vanish.
void tst_RemoteAttachments::folderAndFile()
{
    QFETCH(QString, database);
    FakeS3 s3;
    const QByteArray big(700'001, 'b'); // of several pieces
    s3.put("bucket/app/app.tar", big);
    s3.put("bucket/app/conf.json", "{}");
    s3.put("bucket/app/empty.txt", "");
    s3.put("bucket/application/other.txt", "not of the folder");
    Bench b(s3, database);
    const QString content = b.shellYaml(u"x"_s)
        + u"files:\n  app.tar:\n    checksums:\n      sha256: '%1'\n"_s.arg(hashOf(big));
    const auto made = b.createWith(u"Deploy"_s, {remoteFolder(u"s3://bucket/app"_s)}, content);
    QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
    QCOMPARE(made->status, u"Creating"_s);
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    const QStringList expected {u"app.tar 700001 "_s + hashOf(big), u"conf.json 2 "_s + hashOf("{}"),
                                u"empty.txt 0 "_s + hashOf("")};
    QCOMPARE(b.filesOf(u"Deploy"_s), expected);
    QCOMPARE(b.bytesOf(hashOf(big)), big);

    for (const char *key : {"bucket/app/app.tar", "bucket/app/conf.json", "bucket/app/empty.txt"})
        s3.remove(key);
    QCOMPARE(b.bytesOf(hashOf("{}")), QByteArray("{}"));
    QVERIFY(b.service.resolve(b.db->reader(), {.name = u"Deploy"_s}));

    // A new version by an https address; the old one and the default stay.
    s3.put("bucket/next/a b.tar", "next");
    const auto next = b.updateWith(u"Deploy"_s,
                                   {remoteFile(s3.url(u"/bucket/next/a%20b.tar"_s), u"next.tar"_s)}, content);
    QVERIFY2(next.has_value(), next ? "" : next.error().message.c_str()); // same text, other files
    QCOMPARE(next->status, u"Updating"_s);
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Deploy"_s), QStringList {u"next.tar 4 "_s + hashOf("next")});
    QCOMPARE(b.filesOf(u"Deploy"_s, u"1"_s), expected);
    QCOMPARE(b.describe(u"Deploy"_s)->defaultVersion, u"1"_s);

    QCOMPARE(b.eventTexts(),
             (QStringList {u"Create Deploy 1 Creating"_s, u"Create Deploy 1 Active"_s,
                           u"Update Deploy 2 Updating"_s, u"Update Deploy 2 Active"_s}));
    const QString audit = b.auditDiffs();
    QVERIFY2(audit.contains(u"\"from\":\"Creating\",\"to\":\"Active\""_s), qPrintable(audit));
    QVERIFY(!audit.contains(FakeS3::kSecret) && !audit.contains(FakeS3::kAccessKeyId));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM document_fetch"_s), 0);
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM document_file WHERE orphaned_at IS NOT NULL"_s),
             0);
    QVERIFY(QDir(b.db.dataDir()).entryList({u"fetch-*"_s}).isEmpty()); // nothing is left on the way
}

void tst_RemoteAttachments::manyPages()
{
    FakeS3 s3;
    s3.setPageSize(2);
    for (int i = 0; i < 7; ++i)
        s3.put("bucket/file" + QByteArray::number(i), QByteArray::number(i));
    Bench b(s3);
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFolder(u"s3://bucket"_s)})); // the whole of it
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Deploy"_s).size(), 7);
}

void tst_RemoteAttachments::mixedSources()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    QVERIFY(b.createWith(u"First"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"First"_s), u"Active"_s);
    s3.put("bucket/two.tar", "two");
    const AttachmentsSource reference {.key = u"AttachmentReference"_s, .values = {u"First/1/one.tar"_s}};
    QVERIFY(b.createWith(u"Second"_s, {reference, remoteFile(u"s3://bucket/two.tar"_s, u"two.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"Second"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Second"_s).size(), 2);
    // A folder that holds a name that another source has.
    QVERIFY(b.createWith(u"Third"_s, {reference, remoteFolder(u"s3://bucket"_s)}));
    QCOMPARE(b.outcomeOf(u"Third"_s), u"Failed"_s);
    QVERIFY(b.describe(u"Third"_s)->statusInformation.startsWith(u"one.tar: two sources"_s));
    QCOMPARE(b.filesOf(u"Third"_s).size(), 1); // what it had before is there for the next version
}

void tst_RemoteAttachments::failures_data()
{
    QTest::addColumn<QByteArray>("path"); // of the request that is answered otherwise; empty: none
    QTest::addColumn<WebResponse>("answer");
    QTest::addColumn<AttachmentsSource>("source");
    QTest::addColumn<QString>("who"); // what the reason names
    QTest::addColumn<QString>("why");
    const AttachmentsSource all = remoteFolder(u"s3://bucket/app"_s);
    const AttachmentsSource one = remoteFile(u"s3://bucket/app/one.tar"_s, u"one.tar"_s);
    const auto listed = [&](const char *name, const WebResponse &answer, const QString &why,
                            const QString &who = u"s3://bucket/app"_s) {
        QTest::addRow("%s", name) << QByteArray("/bucket?") << answer << all << who << why;
    };
    const auto fetched = [&](const char *name, const WebResponse &answer, const QString &why) {
        QTest::addRow("%s", name) << QByteArray("/bucket/app/one.tar") << answer << one << u"one.tar"_s
                                  << why;
    };
    QTest::addRow("no such file") << QByteArray() << WebResponse()
                                  << remoteFile(u"s3://bucket/app/none.tar"_s, u"none.tar"_s) << u"none.tar"_s
                                  << u"404 (not found)"_s;
    QTest::addRow("no such folder") << QByteArray() << WebResponse() << remoteFolder(u"s3://bucket/nowhere"_s)
                                    << u"s3://bucket/nowhere"_s << u"there is no file"_s;
    QTest::addRow("another checksum")
        << QByteArray() << WebResponse() << remoteFile(u"s3://bucket/app/one.tar"_s, u"sum.tar"_s)
        << u"sum.tar"_s << u"checksums.sha256"_s;
    listed("a key that climbs", {.body = page({"app/../../etc/passwd"})}, u"cannot be attached"_s);
    listed("an absolute key", {.body = page({"app//etc/passwd"})}, u"cannot be attached"_s);
    listed("a key of a folder below", {.body = page({"app/sub/file.txt"})}, u"app/sub/file.txt"_s);
    listed("a key with a line end", {.body = page({"app/a%0Ab.txt"})}, u"cannot be attached"_s);
    listed("keys of elsewhere", {.body = page({"other/file.txt"})}, u"there is no file"_s);
    QList<QByteArray> many;
    for (int i = 0; i < 10'000; ++i)
        many.append("app/file" + QByteArray::number(i));
    listed("ten thousand keys", {.body = page(many)}, u"at most 20"_s);
    listed("a listing in circles",
           {.body = page({"app/"},
                         "<IsTruncated>true</IsTruncated><NextContinuationToken>again"
                         "</NextContinuationToken>")},
           u"does not end"_s);
    listed("an endless page", {.body = QByteArray(5 * 1024 * 1024, 'x')}, u"longer than 4194304 bytes"_s);
    listed("no listing", {.body = "<html>Sign in</html>"}, u"no listing"_s);
    listed("the server is ill", {.status = 500}, u"the server answered 500"_s);
    fetched("too large", {.body = QByteArray(2048, 'x')}, u"more than 1024 bytes"_s);
    fetched("half a file", {.body = "half", .headers = {"Content-Length: 1000"}}, u"/bucket/app/one.tar"_s);
    fetched("redirects without end", {.status = 307, .headers = {"Location: /bucket/app/one.tar"}},
            u"more than 5 redirects"_s);
    fetched("a redirect to a file", {.status = 307, .headers = {"Location: file:///etc/passwd"}},
            u"is not followed"_s);
}

// [documents 7] "Attachment source gone midway", and all that a server may do wrong: Failed with the reason; older versions and the
// default stay.
void tst_RemoteAttachments::failures()
{
    QFETCH(QByteArray, path);
    QFETCH(WebResponse, answer);
    QFETCH(AttachmentsSource, source);
    QFETCH(QString, who);
    QFETCH(QString, why);
    FakeS3 s3([&](const WebRequest &request) {
        return !path.isEmpty() && request.path.startsWith(path) ? std::optional(answer) : std::nullopt;
    });
    s3.put("bucket/app/one.tar", "one");
    Bench b(s3);
    b.service.pendingAttachments().setLimits({.fileBytes = 1024});
    QVERIFY(b.create(u"Deploy"_s, b.shellYaml(u"x"_s)));
    const auto next = b.updateWith(
        u"Deploy"_s, {source},
        b.shellYaml(u"y"_s)
            + u"files:\n  sum.tar:\n    checksums:\n      sha256: '%1'\n"_s.arg(hashOf("else")));
    QVERIFY2(next.has_value(), next ? "" : next.error().message.c_str());
    QCOMPARE(next->status, u"Updating"_s);
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Failed"_s);
    const auto failed = b.describe(u"Deploy"_s, u"2"_s);
    QVERIFY2(failed->statusInformation.startsWith(who + u": "_s), qPrintable(failed->statusInformation));
    QVERIFY2(failed->statusInformation.contains(why), qPrintable(failed->statusInformation));
    QVERIFY(!failed->statusInformation.contains(u'\n'));
    QVERIFY(b.filesOf(u"Deploy"_s).isEmpty());
    QCOMPARE(failed->defaultVersion, u"1"_s);
    QVERIFY(b.service.resolve(b.db->reader(), {.name = u"Deploy"_s}));
    const auto run = b.service.resolve(b.db->reader(), {.name = u"Deploy"_s, .documentVersion = u"2"_s});
    QVERIFY(run.error().message.find("Failed") != std::string::npos);
    QVERIFY(b.eventTexts().contains(u"Update Deploy 2 Failed"_s));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM document_fetch"_s), 0);
}

void tst_RemoteAttachments::wrongCredentials()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    b.setSecret(u"wrong-secret"_s);
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Failed"_s);
    const QString why = b.describe(u"Deploy"_s)->statusInformation;
    QVERIFY2(why.contains(u"403 (access denied"_s) && !why.contains(u"wrong-secret"_s), qPrintable(why));
    b.reach.accessKeyId.clear(); // unsigned
    QVERIFY(b.updateWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Failed"_s);
    QVERIFY(s3.requests().last().header("Authorization").isNull());
}

void tst_RemoteAttachments::noServer()
{
    auto s3 = std::make_unique<FakeS3>();
    Bench b(*s3);
    s3.reset();
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Failed"_s);
    QVERIFY(b.describe(u"Deploy"_s)->statusInformation.startsWith(u"one.tar: http://127.0.0.1"_s));
}

void tst_RemoteAttachments::wrongRequests_data()
{
    QTest::addColumn<QList<AttachmentsSource>>("sources");
    QTest::addColumn<std::string>("field");
    const auto row = [](const char *name, const QList<AttachmentsSource> &sources, const char *field) {
        QTest::addRow("%s", name) << sources << std::string(field);
    };
    row("no name", {remoteFile(u"s3://bucket/one.tar"_s, {})}, "Attachments[0].Name");
    row("a folder as a file", {remoteFile(u"s3://bucket/app/"_s, u"one.tar"_s)}, "Attachments[0].Values[0]");
    row("a bucket as a file", {remoteFile(u"s3://bucket"_s, u"one.tar"_s)}, "Attachments[0].Values[0]");
    row("another server", {remoteFolder(u"https://elsewhere.example/bucket/app"_s)},
        "Attachments[0].Values[0]");
    row("the node's own files", {remoteFolder(u"file:///etc"_s)}, "Attachments[0].Values[0]");
    row("a line end", {remoteFolder(u"s3://bucket/a\nb"_s)}, "Attachments[0].Values[0]");
    row("no bucket", {remoteFolder(u"s3:///app"_s)}, "Attachments[0].Values[0]");
    row("the same name twice",
        {remoteFile(u"s3://bucket/a.tar"_s, u"one.tar"_s), remoteFile(u"s3://bucket/b.tar"_s, u"one.tar"_s)},
        "Attachments");
}

void tst_RemoteAttachments::wrongRequests()
{
    QFETCH(QList<AttachmentsSource>, sources);
    QFETCH(std::string, field);
    FakeS3 s3;
    Bench b(s3);
    const auto made = b.createWith(u"Deploy"_s, sources);
    QVERIFY(!made);
    QCOMPARE(made.error().code, errors::kValidation);
    QCOMPARE(made.error().field, field);
    QVERIFY(!b.describe(u"Deploy"_s));
    b.reach.endpoint.clear(); // without one
    const auto refused = b.createWith(u"Deploy"_s, {remoteFolder(u"s3://bucket/app"_s)});
    QCOMPARE(refused.error().field, std::string("Attachments[0].Values[0]"));
    QVERIFY2(refused.error().message.find("set the test") != std::string::npos,
             refused.error().message.c_str());
    QVERIFY(s3.requests().isEmpty());
}

void tst_RemoteAttachments::denied()
{
    FakeS3 s3;
    Bench b(s3);
    b.access.deny(actions::kCreateDocument);
    QCOMPARE(b.createWith(u"Deploy"_s, {remoteFolder(u"s3://bucket/app"_s)}).error().code,
             errors::kAccessDenied);
    QVERIFY(b.auditTexts().join(u'\n').contains(u"ssm:CreateDocument AccessDeniedException"_s));
    QVERIFY(s3.requests().isEmpty());
}

// [documents 2.2] a version in Creating or Updating cannot be run
void tst_RemoteAttachments::notRunMeanwhile()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    s3.hold();
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    const auto run = b.service.resolve(b.db->reader(), {.name = u"Deploy"_s});
    QCOMPARE(run.error().code, errors::kInvalidDocument);
    QVERIFY(run.error().message.find("Creating") != std::string::npos);
    QVERIFY(b.update(u"Deploy"_s, b.shellYaml(u"y"_s)));
    QCOMPARE(b.statusOf(u"Deploy"_s), u"Active"_s); // the others do not wait for it
    QCOMPARE(b.service.updateDocumentDefaultVersion(b.who, {u"Deploy"_s, u"1"_s}).error().code,
             errors::kInvalidDocumentVersion);
    QCOMPARE(b.statusOf(u"Deploy"_s, u"1"_s), u"Creating"_s);
    s3.goOn();
    QCOMPARE(b.outcomeOf(u"Deploy"_s, u"1"_s), u"Active"_s);
    QVERIFY(b.service.resolve(b.db->reader(), {.name = u"Deploy"_s}));
}

void tst_RemoteAttachments::deletedMeanwhile()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    s3.hold();
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QTRY_COMPARE(b.statusOf(u"Deploy"_s), u"Creating"_s);
    QVERIFY(b.service.deleteDocument(b.who, {.name = u"Deploy"_s}));
    QVERIFY(b.db->flush());
    b.db.clock.advance(1ms);
    s3.put("bucket/two.tar", "two");
    QVERIFY(b.createWith(u"Deploy"_s,
                         {remoteFile(u"s3://bucket/two.tar"_s, u"two.tar"_s)})); // another of that name
    s3.goOn();
    QVERIFY(b.createWith(u"Last"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QCOMPARE(b.outcomeOf(u"Last"_s), u"Active"_s);
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Deploy"_s), QStringList {u"two.tar 3 "_s + hashOf("two")});
    QVERIFY(!b.eventTexts().contains(u"Create Deploy 1 Failed"_s));
}

// What an earlier run has left is taken up; by two engines at once, once.
void tst_RemoteAttachments::goesOn()
{
    QFETCH(QString, database);
    FakeS3 s3;
    s3.put("bucket/app/one.tar", "one");
    Bench b(s3, database);
    s3.hold();
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFolder(u"s3://bucket/app"_s)}));
    QVERIFY(b.db->flush());
    DocumentService next(b.collaborators());
    b.serve(next);
    QSignalSpy changed(&next, &DocumentService::documentChanged);
    QVERIFY(next.pendingAttachments().takeUp());
    s3.goOn();
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Deploy"_s), QStringList {u"one.tar 3 "_s + hashOf("one")});
    QTRY_COMPARE(s3.requests().size(), 4); // both have asked for all
    QTRY_COMPARE(b.eventTexts(), (QStringList {u"Create Deploy 1 Creating"_s, u"Create Deploy 1 Active"_s}));
    QVERIFY(changed.size() <= 1);
}

// An engine that ends does not wait for a server that says nothing.
void tst_RemoteAttachments::stoppedMeanwhile()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    QElapsedTimer ended;
    {
        DocumentService first(b.collaborators());
        b.serve(first);
        s3.hold();
        QVERIFY(first.createDocument(b.who,
                                     {.content = b.shellYaml(u"x"_s),
                                      .name = u"Deploy"_s,
                                      .documentFormat = u"YAML"_s,
                                      .attachments = {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}}));
        QVERIFY(b.db->flush());
        ended.start();
    } // ends although the server still holds its answer
    QVERIFY(ended.elapsed() < 30'000); // a stalled transfer ends by itself after a minute
    QCOMPARE(b.statusOf(u"Deploy"_s), u"Creating"_s);
    s3.goOn();
    QVERIFY(b.service.pendingAttachments().takeUp());
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
}

// The batch that holds the end is lost: with the audit entry that it could not store.
void tst_RemoteAttachments::endIsStoredAgain()
{
    FakeS3 s3;
    s3.put("bucket/one.tar", "one");
    Bench b(s3);
    b.service.pendingAttachments().setLimits({.settleAgain = 200ms});
    s3.hold();
    QVERIFY(b.createWith(u"Deploy"_s, {remoteFile(u"s3://bucket/one.tar"_s, u"one.tar"_s)}));
    QVERIFY(b.db->flush());
    const auto change = [&](const QString &sql) {
        QVERIFY(b.db->write([&](Transaction &tx) { return tx.execute(sql).map([](qint64) {}); }));
        QVERIFY(b.db->flush());
    };
    change(u"CREATE TRIGGER lose BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(FAIL, 'lost'); END"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"lost"_s));
    s3.goOn();
    QTRY_COMPARE(s3.requests().size(), 1);
    QTest::qWait(500);
    QCOMPARE(b.statusOf(u"Deploy"_s), u"Creating"_s);
    change(u"DROP TRIGGER lose"_s);
    QCOMPARE(b.outcomeOf(u"Deploy"_s), u"Active"_s);
    QCOMPARE(b.filesOf(u"Deploy"_s), QStringList {u"one.tar 3 "_s + hashOf("one")});
}

void tst_RemoteAttachments::sameBytesAtOnce()
{
    FakeS3 s3;
    const QByteArray bytes(1'000'000, 's');
    for (const char *key : {"bucket/one.tar", "bucket/two.tar"})
        s3.put(key, bytes);
    Bench b(s3);
    QStringList names;
    for (int i = 0; i < 6; ++i) {
        names.append(u"Deploy%1"_s.arg(i));
        QVERIFY(b.createWith(names.last(), {remoteFolder(u"s3://bucket"_s)}));
    }
    for (const QString &name : names) {
        QCOMPARE(b.outcomeOf(name), u"Active"_s);
        QCOMPARE(b.filesOf(name).size(), 2);
    }
    QCOMPARE(b.bytesOf(hashOf(bytes)), bytes);
}

FB_TEST(tst_RemoteAttachments)
#include "tst_remote_attachments.moc"
