// Files that documents bring (spec/documents.md 2.2, 3.7, 7).

#include "backend/core/byte_encoding.h"
#include "backend/store/artifact_owners.h"
#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_DocumentAttachments : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void keptByHash_data() { addDatabaseRows(); }
    void keptByHash();
    void references();
    void checksums();
    void sameContentOtherFiles();
    void wrongRequests_data();
    void wrongRequests();
    void missingSources();
    void denied();
    void prunedWhenNobodys();
};

namespace {

struct Bench : DocumentStore {
    explicit Bench(const QString &kind = u"sqlite"_s) : DocumentStore(kind) { }

    QString hashOf(const QByteArray &bytes) const
    {
        return QString::fromStdString(sha256Hex(bytes.toStdString()));
    }
    bool bring(const QByteArray &bytes)
    {
        const auto opened = artifacts->open(documentFileArtifact(hashOf(bytes)));
        if (!opened || !artifacts->append(opened->id, bytes))
            return false;
        auto sealed = artifacts->seal(opened->id);
        return QTest::qWaitFor([&] { return sealed.isFinished(); }, 10'000) && sealed.result().has_value();
    }
    Result<ArtifactEntry> put(const QString &name, const QByteArray &bytes, const QString &folder = u"web"_s)
    {
        if (!bring(bytes))
            qWarning("the bytes were not kept");
        return service.attachments().putArtifact(
            who, {.folder = folder, .name = name, .sha256 = hashOf(bytes), .size = bytes.size()});
    }
    Result<DocumentDescription> createWith(const QString &name, const QList<AttachmentsSource> &sources,
                                           const QString &content = shellYaml(u"x"_s))
    {
        return service.createDocument(
            who, {.content = content, .name = name, .documentFormat = u"YAML"_s, .attachments = sources});
    }
    QStringList filesOf(const QString &name, const QString &version = {})
    {
        QStringList texts;
        const auto got = service.getDocument(who, {.name = name, .documentVersion = version});
        for (const AttachmentContent &file : got ? got->attachmentsContent : QList<AttachmentContent>())
            texts.append(u"%1 %2 %3"_s.arg(file.name).arg(file.size).arg(file.hash.left(8)));
        return texts;
    }
};

AttachmentsSource folder(const QString &url) { return {.key = u"SourceUrl"_s, .values = {url}}; }
AttachmentsSource file(const QString &url, const QString &name)
{
    return {.key = u"S3FileUrl"_s, .values = {url}, .name = name};
}
AttachmentsSource reference(const QString &text, const QString &name = {})
{
    return {.key = u"AttachmentReference"_s, .values = {text}, .name = name};
}

}

void tst_DocumentAttachments::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {63});
    bringFromEarlier(db);
    for (const QString &table : {u"document_file"_s, u"document_attachment"_s, u"artifact_entry"_s})
        QCOMPARE(*db->reader().number(u"SELECT count(*) FROM %1"_s.arg(table)), 0);
}

void tst_DocumentAttachments::keptByHash()
{
    QFETCH(QString, database);
    Bench b(database);
    QVERIFY(b.put(u"app.tar"_s, "the app") && b.put(u"conf.json"_s, "{}"));
    const auto made = b.createWith(u"Deploy"_s, {folder(u"artifact://web"_s)});
    QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
    QCOMPARE(made->status, u"Active"_s);
    QCOMPARE(made->attachmentsInformation, (QList<AttachmentInformation> {{u"app.tar"_s}, {u"conf.json"_s}}));
    const QStringList before = b.filesOf(u"Deploy"_s);
    QCOMPARE(before.value(0), u"app.tar 7 "_s + b.hashOf("the app").left(8));

    // The source may vanish, or become another file.
    QVERIFY(b.put(u"app.tar"_s, "another"));
    QVERIFY(b.service.attachments().removeArtifact(b.who, u"web"_s, u"conf.json"_s));
    QCOMPARE(b.filesOf(u"Deploy"_s), before);
    const auto resolved = b.service.resolve(b.db->reader(), {.name = u"Deploy"_s});
    QCOMPARE(resolved->attachments.size(), 2);
    QCOMPARE(b.service.attachments().artifacts(b.who, u"web"_s)->size(), 1);

    // An update brings its own, or none.
    const auto next = b.update(u"Deploy"_s, b.shellYaml(u"y"_s));
    QVERIFY(next);
    QVERIFY(b.filesOf(u"Deploy"_s, u"2"_s).isEmpty());
    QCOMPARE(b.filesOf(u"Deploy"_s, u"1"_s), before);
    QVERIFY(b.auditTexts().join(u'\n').contains(u"flagbridge:PutArtifact Success"_s));
}

void tst_DocumentAttachments::references()
{
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "the app"));
    QVERIFY(b.createWith(u"First"_s, {file(u"artifact://web/app.tar"_s, u"renamed.tar"_s)}));
    QCOMPARE(b.filesOf(u"First"_s).value(0).section(u' ', 0, 0), u"renamed.tar"_s);
    QVERIFY(b.createWith(u"Second"_s, {reference(u"First/1/renamed.tar"_s)}));
    QCOMPARE(b.filesOf(u"Second"_s), b.filesOf(u"First"_s));
    const QString arn = u"arn:aws:ssm:xx-local-1:000000000000:document/First/1/renamed.tar"_s;
    QVERIFY(b.createWith(u"Third"_s, {reference(arn, u"own.tar"_s)}));
    QCOMPARE(b.filesOf(u"Third"_s).value(0).section(u' ', 0, 0), u"own.tar"_s);
    QVERIFY(b.service.deleteDocument(b.who, {.name = u"First"_s}));
    QCOMPARE(b.filesOf(u"Second"_s).size(), 1);
}

void tst_DocumentAttachments::checksums()
{
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "the app"));
    const auto content = [&](const QString &hash) {
        return b.shellYaml(u"x"_s) + u"files:\n  app.tar:\n    checksums:\n      sha256: '%1'\n"_s.arg(hash);
    };
    const auto right
        = b.createWith(u"Right"_s, {folder(u"artifact://web"_s)}, content(b.hashOf("the app").toUpper()));
    QVERIFY2(right.has_value(), right ? "" : right.error().message.c_str());
    QCOMPARE(right->status, u"Active"_s);
    const auto wrong = b.createWith(u"Wrong"_s, {folder(u"artifact://web"_s)}, content(b.hashOf("else")));
    QVERIFY(wrong);
    QCOMPARE(wrong->status, u"Failed"_s);
    QVERIFY(wrong->statusInformation.startsWith(u"app.tar: its SHA-256 is "_s));
    const auto run = b.service.resolve(b.db->reader(), {.name = u"Wrong"_s});
    QCOMPARE(run.error().code, errors::kInvalidDocument);
    QVERIFY(run.error().message.find("Failed") != std::string::npos);
}

void tst_DocumentAttachments::sameContentOtherFiles()
{
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "one"));
    QVERIFY(b.createWith(u"Deploy"_s, {folder(u"artifact://web"_s)}));
    const auto again = [&] {
        return b.service.updateDocument(b.who,
                                        {.content = b.shellYaml(u"x"_s),
                                         .name = u"Deploy"_s,
                                         .documentFormat = u"YAML"_s,
                                         .attachments = {folder(u"artifact://web"_s)}});
    };
    QCOMPARE(again().error().code, errors::kDuplicateDocumentContent);
    QVERIFY(b.put(u"app.tar"_s, "two"));
    QCOMPARE(again()->documentVersion, u"2"_s);
}

void tst_DocumentAttachments::wrongRequests_data()
{
    QTest::addColumn<QList<AttachmentsSource>>("sources");
    QTest::addColumn<std::string>("field");
    const auto row = [](const char *name, const AttachmentsSource &source, const char *field) {
        QTest::addRow("%s", name) << QList<AttachmentsSource> {source} << std::string(field);
    };
    row("S3 without an endpoint", folder(u"s3://bucket/prefix"_s), "Attachments[0].Values[0]");
    row("an S3 file", file(u"https://s3.amazonaws.com/b/k"_s, u"abc"_s), "Attachments[0].Values[0]");
    row("a file as a folder", folder(u"artifact://web/app.tar"_s), "Attachments[0].Values[0]");
    row("a folder as a file", file(u"artifact://web"_s, u"abc"_s), "Attachments[0].Values[0]");
    row("no name", file(u"artifact://web/app.tar"_s, {}), "Attachments[0].Name");
    row("a path as name", file(u"artifact://web/app.tar"_s, u"../x"_s), "Attachments[0].Name");
    row("not a reference", reference(u"app.tar"_s), "Attachments[0].Values[0]");
    row("another key", {.key = u"Ftp"_s, .values = {u"x"_s}}, "Attachments[0].Key");
    row("two values", {.key = u"SourceUrl"_s, .values = {u"artifact://a"_s, u"artifact://b"_s}},
        "Attachments[0].Values");
    QTest::addRow("the same name twice")
        << QList<AttachmentsSource> {file(u"artifact://web/app.tar"_s, u"abc"_s),
                                     file(u"artifact://web/app.tar"_s, u"abc"_s)}
        << std::string("Attachments");
}

void tst_DocumentAttachments::wrongRequests()
{
    QFETCH(QList<AttachmentsSource>, sources);
    QFETCH(std::string, field);
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "the app"));
    const auto made = b.createWith(u"Deploy"_s, sources);
    QVERIFY(!made);
    QCOMPARE(made.error().code, errors::kValidation);
    QCOMPARE(made.error().field, field);
    QCOMPARE(b.describe(u"Deploy"_s).error().code, errors::kInvalidDocument); // nothing was made
}

// Older versions and the default stay as they were (spec 7).
void tst_DocumentAttachments::missingSources()
{
    Bench b;
    QVERIFY(b.create(u"Deploy"_s, b.shellYaml(u"x"_s)));
    const AttachmentsSource sources[]
        = {folder(u"artifact://nowhere"_s), file(u"artifact://web/none.tar"_s, u"none.tar"_s),
           reference(u"Deploy/1/none.tar"_s)};
    int version = 1;
    for (const AttachmentsSource &source : sources) {
        const auto failed = b.service.updateDocument(b.who,
                                                     {.content = b.shellYaml(QString::number(version)),
                                                      .name = u"Deploy"_s,
                                                      .documentFormat = u"YAML"_s,
                                                      .attachments = {source}});
        QVERIFY(failed);
        QCOMPARE(failed->status, u"Failed"_s);
        QVERIFY2(failed->statusInformation.contains(u"artifact store"_s)
                     || failed->statusInformation.contains(u"no attachment"_s),
                 qPrintable(failed->statusInformation));
        QCOMPARE(failed->documentVersion, QString::number(++version));
        QCOMPARE(failed->defaultVersion, u"1"_s);
    }
    QVERIFY(b.service.resolve(b.db->reader(), {.name = u"Deploy"_s}));
    QCOMPARE(b.service.updateDocumentDefaultVersion(b.who, {u"Deploy"_s, u"2"_s}).error().code,
             errors::kInvalidDocumentVersion);
}

void tst_DocumentAttachments::denied()
{
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "the app"));
    QVERIFY(b.createWith(u"First"_s, {folder(u"artifact://web"_s)}));
    for (const Action action :
         {actions::kPutArtifact, actions::kListArtifacts, actions::kRemoveArtifact, actions::kGetDocument})
        b.access.deny(action);
    DocumentAttachments &files = b.service.attachments();
    QCOMPARE(b.put(u"more.tar"_s, "more").error().code, errors::kAccessDenied);
    QCOMPARE(files.artifacts(b.who, {}).error().code, errors::kAccessDenied);
    QCOMPARE(files.removeArtifact(b.who, u"web"_s, u"app.tar"_s).error().code, errors::kAccessDenied);
    QCOMPARE(b.createWith(u"Second"_s, {reference(u"First/1/app.tar"_s)}).error().code,
             errors::kAccessDenied);
    QVERIFY(b.auditTexts().join(u'\n').contains(u"flagbridge:RemoveArtifact AccessDeniedException"_s));
}

// Commands that still wait for their nodes can have the files for a while.
void tst_DocumentAttachments::prunedWhenNobodys()
{
    Bench b;
    QVERIFY(b.put(u"app.tar"_s, "the app"));
    QVERIFY(b.createWith(u"Deploy"_s, {folder(u"artifact://web"_s)}));
    const QString owner = documentFileArtifact(b.hashOf("the app"));
    QVERIFY(b.service.attachments().removeArtifact(b.who, u"web"_s, u"app.tar"_s));
    b.db.clock.advance(std::chrono::hours(24 * 40));
    QVERIFY(b.service.prune());
    QVERIFY(*b.artifacts->find(b.db->reader(), owner)); // the document has it
    QVERIFY(b.service.deleteDocument(b.who, {.name = u"Deploy"_s}));
    b.db.clock.advance(std::chrono::hours(24 * 29));
    QVERIFY(b.service.prune());
    QVERIFY(*b.artifacts->find(b.db->reader(), owner));
    b.db.clock.advance(std::chrono::hours(24 * 2));
    QVERIFY(b.service.prune());
    QVERIFY(b.db->flush());
    QVERIFY(!*b.artifacts->find(b.db->reader(), owner));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM document_file"_s), 0);
}

FB_TEST(tst_DocumentAttachments)
#include "tst_document_attachments.moc"
