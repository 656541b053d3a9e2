#include "backend/documents/document_service.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_DocumentService : public QObject
{
    Q_OBJECT

private slots:
    void creates_data() { addDatabaseRows(); }
    void creates();
    void refusesNewDocuments_data();
    void refusesNewDocuments();
    void leavesNothingAfterARefusal_data() { addDatabaseRows(); }
    void leavesNothingAfterARefusal();
    void getsContents_data() { addDatabaseRows(); }
    void getsContents();
    void deletes_data() { addDatabaseRows(); }
    void deletes();
    void deletionChecks_data() { addDatabaseRows(); }
    void deletionChecks();
    void requiredDocuments_data() { addDatabaseRows(); }
    void requiredDocuments();
    void limits_data() { addDatabaseRows(); }
    void limits();
    void tags_data() { addDatabaseRows(); }
    void tags();
    void resolves_data() { addDatabaseRows(); }
    void resolves();
    void eventsAndAudit_data() { addDatabaseRows(); }
    void eventsAndAudit();
    void access_data() { addDatabaseRows(); }
    void access();
    void survivesARestart_data() { addDatabaseRows(); }
    void survivesARestart();
};

// [documents 8.1]
void tst_DocumentService::creates()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QSignalSpy changed(&store.service, &DocumentService::documentChanged);
    const QString content = DocumentStore::shellYaml(u"one"_s);
    const auto made = store.service.createDocument(store.who,
                                                   {.content = content,
                                                    .name = u"Web-Restart"_s,
                                                    .displayName = u"Restart: web"_s,
                                                    .versionName = u"first"_s,
                                                    .documentFormat = u"YAML"_s,
                                                    .targetType = u"/AWS::SSM::ManagedInstance"_s,
                                                    .tags = {{u"Team"_s, u"web"_s}}});
    QVERIFY2(made.has_value(), qPrintable(messageOf(made)));
    QCOMPARE(made->documentVersion, u"1"_s);
    QCOMPARE(made->defaultVersion, u"1"_s);
    QCOMPARE(made->latestVersion, u"1"_s);
    QCOMPARE(made->status, u"Active"_s);
    QCOMPARE(made->platformTypes, QStringList({u"Linux"_s, u"MacOS"_s}));
    QCOMPARE(made->hash, toQString(sha256Hex(content.toStdString())));
    QCOMPARE(made->hashType, u"Sha256"_s);
    QCOMPARE(made->documentType, u"Command"_s);
    QCOMPARE(made->schemaVersion, u"2.2"_s);
    QCOMPARE(made->documentFormat, u"YAML"_s);
    QCOMPARE(made->owner, u"000000000000"_s);
    QCOMPARE(made->description, u"Says one"_s);
    QCOMPARE(made->displayName, u"Restart: web"_s);
    QCOMPARE(made->versionName, u"first"_s);
    QCOMPARE(made->tags, QList<DocumentTag>({{u"Team"_s, u"web"_s}}));
    QCOMPARE(made->createdDate, store.db.clock.now());
    QVERIFY(changed.isEmpty()); // nothing leaves before the commit
    QVERIFY(store.db->flush());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(*store.describe(u"Web-Restart"_s), *made);
    QCOMPARE(*store.describe(u"arn:aws:ssm:xx-local-1:000000000000:document/Web-Restart"_s), *made);
    QCOMPARE(codeOf(store.create(u"Web-Restart"_s, content)), u"DocumentAlreadyExists"_s);
}

void tst_DocumentService::refusesNewDocuments_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message"); // a part of it
    const auto row = [](const char *title, const QString &name, const QString &type, const QString &format,
                        const QString &content, const char *code, const char *message) {
        QTest::addRow("%s", title) << name << type << format << content << QString::fromLatin1(code)
                                   << QString::fromUtf8(message);
    };
    const QString good = DocumentStore::shellYaml(u"x"_s);
    row("[documents 8.5] reserved name", u"aws-thing"_s, {}, u"YAML"_s, good, "ValidationException",
        "Name is 'aws-thing'; names that begin with 'aws' are reserved for built-in documents.");
    row("reserved in any case", u"AMZNthing"_s, {}, u"YAML"_s, good, "ValidationException",
        "'amzn' are reserved");
    row("reserved as a beginning", u"Amazonas"_s, {}, u"YAML"_s, good, "ValidationException",
        "'amazon' are reserved");
    row("short name", u"ab"_s, {}, u"YAML"_s, good, "ValidationException", "Name is 'ab'");
    row("name with a slash", u"a/b/c"_s, {}, u"YAML"_s, good, "ValidationException", "Name is 'a/b/c'");
    row("no content", u"Doc"_s, {}, u"YAML"_s, {}, "ValidationException", "Content is missing");
    row("no such format", u"Doc"_s, {}, u"XML"_s, good, "ValidationException", "DocumentFormat");
    row("no such type", u"Doc"_s, u"Recipe"_s, u"YAML"_s, good, "ValidationException",
        "DocumentType is 'Recipe'");
    row("70,000 bytes", u"Doc"_s, {}, u"YAML"_s, QString(70'000, u'x'), "MaxDocumentSizeExceeded",
        "the content has 70000 bytes; at most 65536 are allowed");
    row("bytes, not characters", u"Doc"_s, {}, u"YAML"_s, QString(33'000, u'é'), "MaxDocumentSizeExceeded",
        "66000 bytes");
    row("other schema", u"Doc"_s, u"Session"_s, u"YAML"_s, good, "InvalidDocumentSchemaVersion",
        "\"2.2\" is not valid for document type Session");
    row("JSON is expected by default", u"Doc"_s, {}, {}, good, "InvalidDocumentContent", "this is not JSON");
    row("[documents 8.25] a key twice", u"Doc"_s, {}, u"JSON"_s,
        u"{\"schemaVersion\":\"2.2\",\"mainSteps\":[],\"mainSteps\":[]}"_s, "InvalidDocumentContent",
        "line 1, column 39: the key \"mainSteps\" is used twice");
    row("[documents 8.25] a tag", u"Doc"_s, {}, u"YAML"_s,
        u"schemaVersion: '2.2'\nmainSteps: !!python/object:x []\n"_s, "InvalidDocumentContent",
        "line 2, column 12: tags are not allowed");
    row("[documents 8.11] no common platform", u"Doc"_s, {}, u"YAML"_s,
        u"schemaVersion: '2.0'\nmainSteps:\n- {action: 'aws:psModule', name: a, inputs: {source: x}}\n- {action: 'aws:runShellScript', name: b, inputs: {runCommand: x}}\n"_s,
        "InvalidDocumentContent", "no platform can run all its plugins");
    row("unknown plugin", u"Doc"_s, {}, u"YAML"_s,
        u"schemaVersion: '2.2'\nmainSteps:\n- {action: 'aws:runShellScrip', name: a}\n"_s,
        "InvalidDocumentContent", "did you mean aws:runShellScript?");
    row("TEXT for a command", u"Doc"_s, u"Command"_s, u"TEXT"_s, u"id"_s, "InvalidDocumentContent",
        "not TEXT");
    row("TEXT without a type", u"Doc"_s, {}, u"TEXT"_s, u"id"_s, "ValidationException",
        "DocumentType is missing");
}

void tst_DocumentService::refusesNewDocuments()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QString, format);
    QFETCH(QString, content);
    QFETCH(QString, code);
    QFETCH(QString, message);
    DocumentStore store(u"sqlite"_s);
    const auto made = store.service.createDocument(
        store.who, {.content = content, .name = name, .documentType = type, .documentFormat = format});
    QCOMPARE(codeOf(made), code);
    QVERIFY2(messageOf(made).contains(message), qPrintable(messageOf(made)));
    QCOMPARE(codeOf(store.describe(u"Doc"_s)), u"InvalidDocument"_s);
    QVERIFY(store.eventTexts().isEmpty());
}

// [documents 8.25] neither leaves a document; a refused update leaves no version.
void tst_DocumentService::leavesNothingAfterARefusal()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QCOMPARE(codeOf(store.create(u"Doc"_s, u"a: !!python/object:x []\n"_s)), u"InvalidDocumentContent"_s);
    QCOMPARE(codeOf(store.describe(u"Doc"_s)), u"InvalidDocument"_s);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"x"_s)));
    QCOMPARE(codeOf(store.update(u"Doc"_s, u"a: [\n"_s)), u"InvalidDocumentContent"_s);
    QCOMPARE(store.describe(u"Doc"_s, u"$LATEST"_s)->documentVersion, u"1"_s);
    QCOMPARE(store.eventTexts(), QStringList({u"Create Doc 1 Active"_s}));
}

void tst_DocumentService::getsContents()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    const QString yaml = DocumentStore::shellYaml(u"grüße"_s);
    QVERIFY(store.create(u"Doc"_s, yaml));
    const auto asStored = store.service.getDocument(store.who, {.name = u"Doc"_s});
    QVERIFY2(asStored.has_value(), qPrintable(messageOf(asStored)));
    QCOMPARE(asStored->content, yaml);
    QCOMPARE(asStored->documentFormat, u"YAML"_s);
    QCOMPARE(asStored->status, u"Active"_s);
    const auto asJson = store.service.getDocument(store.who, {.name = u"Doc"_s, .documentFormat = u"JSON"_s});
    QCOMPARE(asJson->documentFormat, u"JSON"_s);
    QVERIFY(asJson->content.startsWith(u"{\n  \"schemaVersion\": \"2.2\",\n  \"description\""_s));
    QCOMPARE(store.describe(u"Doc"_s)->hash,
             toQString(sha256Hex(yaml.toStdString()))); // that of the stored bytes
    QCOMPARE(codeOf(store.service.getDocument(store.who, {.name = u"Doc"_s, .documentFormat = u"TEXT"_s})),
             u"InvalidDocument"_s);
    QCOMPARE(codeOf(store.service.getDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s})),
             u"InvalidDocumentVersion"_s);
    QCOMPARE(codeOf(store.service.getDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"two"_s})),
             u"ValidationException"_s);
    QCOMPARE(codeOf(store.service.getDocument(store.who, {.name = u"None"_s})), u"InvalidDocument"_s);
    QCOMPARE(codeOf(store.service.getDocument(
                 store.who, {.name = u"arn:aws:ssm:eu-west-1:999999999999:document/Doc"_s})),
             u"InvalidDocument"_s);
}

void tst_DocumentService::deletes()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QSignalSpy deleted(&store.service, &DocumentService::documentDeleted);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s)));
    QVERIFY(store.service.addTags(store.who, u"Doc"_s, {{u"k"_s, u"v"_s}}));
    QCOMPARE(codeOf(store.service.deleteDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"7"_s})),
             u"InvalidDocument"_s);
    QCOMPARE(codeOf(store.service.deleteDocument(store.who, {.name = u"Doc"_s, .versionName = u"x"_s})),
             u"InvalidDocument"_s);
    QCOMPARE(codeOf(store.service.deleteDocument(store.who, {.name = u"None"_s})), u"InvalidDocument"_s);
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s}));
    QCOMPARE(codeOf(store.describe(u"Doc"_s)), u"InvalidDocument"_s);
    QVERIFY(store.db->flush());
    QCOMPARE(deleted.size(), 1);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.describe(u"Doc"_s)->tags.isEmpty());
}

// [documents 8.18], the store's part: whoever uses a document can keep it from being deleted.
void tst_DocumentService::deletionChecks()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s)));
    QList<qint64> asked;
    store.service.addDeletionCheck([&](Reader &, const QString &name, qint64 version) -> Result<void> {
        asked.append(version);
        if (name == u"Doc"_s && version == 0)
            return fail(errors::kAssociatedInstances, u"Document Doc is used by association 1234."_s);
        return {};
    });
    QCOMPARE(codeOf(store.service.deleteDocument(store.who, {.name = u"Doc"_s})), u"AssociatedInstances"_s);
    QVERIFY(store.describe(u"Doc"_s));
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s}));
    QCOMPARE(asked, QList<qint64>({0, 2}));
}

void tst_DocumentService::requiredDocuments()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Base"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto missing
        = store.service.createDocument(store.who,
                                       {.content = DocumentStore::shellYaml(u"x"_s),
                                        .name = u"Top"_s,
                                        .documentFormat = u"YAML"_s,
                                        .requiredDocuments = {{.name = u"Base"_s}, {.name = u"Nothing"_s}}});
    QCOMPARE(codeOf(missing), u"ValidationException"_s);
    QVERIFY2(messageOf(missing).startsWith(u"Requires[1].Name is 'Nothing'"_s),
             qPrintable(messageOf(missing)));
    QVERIFY(store.service.createDocument(store.who,
                                         {.content = DocumentStore::shellYaml(u"x"_s),
                                          .name = u"Top"_s,
                                          .documentFormat = u"YAML"_s,
                                          .requiredDocuments = {{.name = u"Base"_s, .version = u"1"_s}}}));
    const auto required = store.service.deleteDocument(store.who, {.name = u"Base"_s});
    QCOMPARE(codeOf(required), u"InvalidDocumentOperation"_s);
    QCOMPARE(messageOf(required), u"Document Base is required by Top; delete these first."_s);
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Top"_s}));
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Base"_s}));
}

void tst_DocumentService::limits()
{
    QFETCH(QString, database);
    DocumentStore store(database, {.documents = 2, .versions = 2, .tags = 2});
    QVERIFY(store.create(u"Doc1"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.create(u"Doc2"_s, DocumentStore::shellYaml(u"one"_s)));
    QCOMPARE(codeOf(store.create(u"Doc3"_s, DocumentStore::shellYaml(u"one"_s))), u"DocumentLimitExceeded"_s);
    QCOMPARE(codeOf(store.describe(u"Doc3"_s)), u"InvalidDocument"_s);
    QVERIFY(store.update(u"Doc1"_s, DocumentStore::shellYaml(u"two"_s)));
    QCOMPARE(codeOf(store.update(u"Doc1"_s, DocumentStore::shellYaml(u"three"_s))),
             u"DocumentVersionLimitExceeded"_s);
    QVERIFY(store.service.addTags(store.who, u"Doc1"_s, {{u"a"_s, {}}, {u"b"_s, {}}}));
    QCOMPARE(codeOf(store.service.addTags(store.who, u"Doc1"_s, {{u"c"_s, {}}})), u"TooManyTagsError"_s);
    QCOMPARE(store.service.listTags(store.who, u"Doc1"_s)->size(), 2);
}

void tst_DocumentService::tags()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.service.addTags(store.who, u"Doc"_s, {{u"b"_s, u"1"_s}, {u"a"_s, u"2"_s}}));
    QVERIFY(store.service.addTags(store.who, u"Doc"_s, {{u"b"_s, u"3"_s}}));
    QCOMPARE(*store.service.listTags(store.who, u"Doc"_s),
             QList<DocumentTag>({{u"a"_s, u"2"_s}, {u"b"_s, u"3"_s}}));
    QVERIFY(store.service.removeTags(store.who, u"Doc"_s, {u"a"_s, u"zzz"_s}));
    QCOMPARE(store.describe(u"Doc"_s)->tags, QList<DocumentTag>({{u"b"_s, u"3"_s}}));
    QCOMPARE(codeOf(store.service.addTags(store.who, u"None"_s, {{u"a"_s, {}}})), u"InvalidResourceId"_s);
    QCOMPARE(codeOf(store.service.listTags(store.who, u"None"_s)), u"InvalidResourceId"_s);
    QCOMPARE(codeOf(store.service.addTags(store.who, u"Doc"_s, {{u"aws:x"_s, {}}})),
             u"ValidationException"_s);
    QCOMPARE(codeOf(store.service.addTags(store.who, u"Doc"_s, {{u"x"_s, {}}, {u"x"_s, {}}})),
             u"ValidationException"_s);
    QCOMPARE(codeOf(store.service.addTags(store.who, u"Doc"_s, {{QString(129, u'k'), {}}})),
             u"ValidationException"_s);
}

// [documents 8.16], the store's part: a hash must be that of the version meant.
void tst_DocumentService::resolves()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    const QString first = store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s))->hash;
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s)));
    QVERIFY(
        store.service.updateDocumentDefaultVersion(store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s}));
    Reader &reader = store.db->reader();
    const auto wrongHash = store.service.resolve(reader, {.name = u"Doc"_s}, first);
    QCOMPARE(codeOf(wrongHash), u"InvalidDocument"_s);
    QVERIFY(messageOf(wrongHash).contains(u"content that differs from the given hash"_s));
    const auto rightHash
        = store.service.resolve(reader, {.name = u"Doc"_s, .documentVersion = u"1"_s}, first);
    QVERIFY2(rightHash.has_value(), qPrintable(messageOf(rightHash)));
    QCOMPARE(rightHash->version.version, 1);
    QCOMPARE(rightHash->content, DocumentStore::shellYaml(u"one"_s).toUtf8());
    QCOMPARE(rightHash->document->steps.size(), size_t(1));
    QVERIFY(store.service.resolve(reader, {.name = u"Doc"_s, .documentVersion = u"1"_s})->document
            == rightHash->document); // parsed once
    QCOMPARE(codeOf(store.service.resolve(reader, {.name = u"Doc"_s, .documentVersion = u"9"_s})),
             u"InvalidDocumentVersion"_s);
    QVERIFY(store.db->write(
        [](Transaction &tx) { return tx.execute(u"UPDATE document_version SET status = 'Failed'"_s); }));
    const auto failed = store.service.resolve(reader, {.name = u"Doc"_s});
    QCOMPARE(codeOf(failed), u"InvalidDocument"_s);
    QVERIFY(messageOf(failed).contains(u"is Failed and can't be run"_s));
}

void tst_DocumentService::eventsAndAudit()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s)));
    QVERIFY(!store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s))); // refused: no trace
    QVERIFY(
        store.service.updateDocumentDefaultVersion(store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s}));
    QVERIFY(store.service.addTags(store.who, u"Doc"_s, {{u"k"_s, u"v"_s}}));
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s}));
    QCOMPARE(store.eventTexts(),
             QStringList({u"Create Doc 1 Active"_s, u"Update Doc 2 Active"_s, u"SetDefault Doc 2 Active"_s,
                          u"Delete Doc 2 Deleting"_s}));
    QCOMPARE(store.auditTexts(),
             QStringList({u"alice ssm:DeleteDocument Success"_s, u"alice ssm:AddTagsToResource Success"_s,
                          u"alice ssm:UpdateDocumentDefaultVersion Success"_s,
                          u"alice ssm:UpdateDocument Success"_s, u"alice ssm:CreateDocument Success"_s}));
    QVERIFY(store.audit.verify(store.db->reader())->intact);
}

void tst_DocumentService::access()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    for (const Action action :
         {actions::kCreateDocument, actions::kUpdateDocument, actions::kGetDocument,
          actions::kDescribeDocument, actions::kListDocuments, actions::kListDocumentVersions,
          actions::kUpdateDocumentDefaultVersion, actions::kDeleteDocument, actions::kAddTagsToResource,
          actions::kRemoveTagsFromResource, actions::kListTagsForResource})
        store.access.deny(action);
    const QString denied = u"AccessDeniedException"_s;
    QCOMPARE(codeOf(store.create(u"Doc2"_s, DocumentStore::shellYaml(u"x"_s))), denied);
    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"x"_s))), denied);
    QCOMPARE(codeOf(store.service.getDocument(store.who, {.name = u"Doc"_s})), denied);
    QCOMPARE(codeOf(store.describe(u"Doc"_s)), denied);
    QCOMPARE(codeOf(store.service.listDocuments(store.who, {})), denied);
    QCOMPARE(codeOf(store.service.listDocumentVersions(store.who, {.name = u"Doc"_s})), denied);
    QCOMPARE(codeOf(store.service.updateDocumentDefaultVersion(
                 store.who, {.name = u"Doc"_s, .documentVersion = u"1"_s})),
             denied);
    QCOMPARE(codeOf(store.service.deleteDocument(store.who, {.name = u"Doc"_s})), denied);
    QCOMPARE(codeOf(store.service.addTags(store.who, u"Doc"_s, {{u"a"_s, {}}})), denied);
    QCOMPARE(codeOf(store.service.removeTags(store.who, u"Doc"_s, {u"a"_s})), denied);
    QCOMPARE(codeOf(store.service.listTags(store.who, u"Doc"_s)), denied);
    QCOMPARE(store.eventTexts(), QStringList({u"Create Doc 1 Active"_s}));
    // Refused changes are on record, refused reads are not.
    QCOMPARE(store.auditTexts(),
             QStringList({u"alice ssm:RemoveTagsFromResource AccessDeniedException"_s,
                          u"alice ssm:AddTagsToResource AccessDeniedException"_s,
                          u"alice ssm:DeleteDocument AccessDeniedException"_s,
                          u"alice ssm:UpdateDocumentDefaultVersion AccessDeniedException"_s,
                          u"alice ssm:UpdateDocument AccessDeniedException"_s,
                          u"alice ssm:CreateDocument AccessDeniedException"_s,
                          u"alice ssm:CreateDocument Success"_s}));
}

void tst_DocumentService::survivesARestart()
{
    QFETCH(QString, database);
    TestDatabase db(database);
    const PagingTokens tokens(SecretBytes("k"), db.clock);
    ScriptedAccess access;
    const Principal who {.name = u"alice"_s, .role = Role::Administrator, .source = u"console"_s};
    DocumentDescription before;
    for (int start = 0; start < 2; ++start) {
        AuditLog audit(*db, db.clock, SecretBytes("a"));
        EventBus events(*db, db.clock, db.random);
        DocumentService service({.database = *db,
                                 .access = access,
                                 .audit = audit,
                                 .events = events,
                                 .tokens = tokens,
                                 .clock = db.clock});
        if (start == 0) {
            const auto made = service.createDocument(who,
                                                     {.content = DocumentStore::shellYaml(u"one"_s),
                                                      .name = u"Doc"_s,
                                                      .documentFormat = u"YAML"_s});
            QVERIFY2(made.has_value(), qPrintable(messageOf(made)));
            before = *made;
            QVERIFY(db->flush());
        } else {
            QCOMPARE(*service.describeDocument(who, {.name = u"Doc"_s}), before);
        }
        if (start == 0)
            db.reopen();
    }
}

FB_TEST(tst_DocumentService)
#include "tst_document_service.moc"
