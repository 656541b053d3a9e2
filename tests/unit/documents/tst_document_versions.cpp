#include "backend/documents/document_service.h"

#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

// The versions of a document: made one after the other or at once, named, never numbered twice (spec/documents.md 4).
class tst_DocumentVersions : public QObject
{
    Q_OBJECT

private slots:
    void updates_data() { addDatabaseRows(); }
    void updates();
    void refusesUpdates_data() { addDatabaseRows(); }
    void refusesUpdates();
    void updatesOneAfterTheOther_data() { addDatabaseRows(); }
    void updatesOneAfterTheOther();
    void updatesAtOnce_data();
    void updatesAtOnce();
    void numbersAreNotUsedAgain_data() { addDatabaseRows(); }
    void numbersAreNotUsedAgain();
    void versionNames_data() { addDatabaseRows(); }
    void versionNames();
    void contentsAreStoredOnce_data() { addDatabaseRows(); }
    void contentsAreStoredOnce();
};

// [documents 8.2], the store's part: the default stays, and what is resolved without a version is it.
void tst_DocumentVersions::updates()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto second = store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s));
    QVERIFY2(second.has_value(), qPrintable(messageOf(second)));
    QCOMPARE(second->documentVersion, u"2"_s);
    QCOMPARE(second->latestVersion, u"2"_s);
    QCOMPARE(second->defaultVersion, u"1"_s);
    QCOMPARE(store.describe(u"Doc"_s)->documentVersion, u"1"_s);
    QCOMPARE(store.describe(u"Doc"_s, u"$DEFAULT"_s)->description, u"Says one"_s);
    QCOMPARE(store.describe(u"Doc"_s, u"$LATEST"_s)->description, u"Says two"_s);
    QCOMPARE(store.service.resolve(store.db->reader(), {.name = u"Doc"_s})->version.version, 1);
    const auto moved = store.service.updateDocumentDefaultVersion(
        store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s});
    QVERIFY2(moved.has_value(), qPrintable(messageOf(moved)));
    QCOMPARE(moved->defaultVersion, u"2"_s);
    QCOMPARE(store.describe(u"Doc"_s)->documentVersion, u"2"_s);
    QCOMPARE(codeOf(store.service.updateDocumentDefaultVersion(
                 store.who, {.name = u"Doc"_s, .documentVersion = u"3"_s})),
             u"InvalidDocumentVersion"_s);
    QCOMPARE(codeOf(store.service.updateDocumentDefaultVersion(
                 store.who, {.name = u"Doc"_s, .documentVersion = u"$LATEST"_s})),
             u"ValidationException"_s);
    QCOMPARE(codeOf(store.service.updateDocumentDefaultVersion(
                 store.who, {.name = u"None"_s, .documentVersion = u"1"_s})),
             u"InvalidDocument"_s);
}

// [documents 8.3]
void tst_DocumentVersions::refusesUpdates()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s), u"1"_s));
    const auto stale = store.update(u"Doc"_s, DocumentStore::shellYaml(u"three"_s), u"1"_s);
    QCOMPARE(codeOf(stale), u"InvalidDocumentVersion"_s);
    QVERIFY(
        messageOf(stale).contains(u"DocumentVersion is '1', but the latest version of document Doc is 2"_s));
    const auto same = store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s));
    QCOMPARE(codeOf(same), u"DuplicateDocumentContent"_s);
    QCOMPARE(messageOf(same), u"Version 2 of document Doc has the same content."_s);
    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"one"_s), u"$LATEST"_s)),
             u"DuplicateDocumentContent"_s);
    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"three"_s), u"$DEFAULT"_s)),
             u"InvalidDocumentVersion"_s);
    QCOMPARE(codeOf(store.update(u"None"_s, DocumentStore::shellYaml(u"three"_s))), u"InvalidDocument"_s);
    QCOMPARE(codeOf(store.update(u"Doc"_s, u"schemaVersion: '0.3'\nmainSteps: []\n"_s)),
             u"InvalidDocumentSchemaVersion"_s);
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"three"_s), u"2"_s));
}

void tst_DocumentVersions::updatesOneAfterTheOther()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"mine"_s), u"1"_s)), u"Success"_s);
    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"yours"_s), u"1"_s)),
             u"InvalidDocumentVersion"_s);
    QCOMPARE(store.update(u"Doc"_s, DocumentStore::shellYaml(u"a"_s), u"$LATEST"_s)->documentVersion, u"3"_s);
    QCOMPARE(store.update(u"Doc"_s, DocumentStore::shellYaml(u"b"_s), u"$LATEST"_s)->documentVersion, u"4"_s);
}

void tst_DocumentVersions::updatesAtOnce_data()
{
    QTest::addColumn<QString>("asked"); // of both engines
    QTest::addColumn<QString>("secondCode");
    QTest::addColumn<QString>("latest");
    QTest::addRow("[documents 8.26] the same number") << u"1"_s << u"InvalidDocumentVersion"_s << u"2"_s;
    QTest::addRow("[documents 8.26] $LATEST") << u"$LATEST"_s << u"Success"_s << u"3"_s;
}

// Two engines on one PostgreSQL: the second update waits for the first one's commit and then sees its version.
void tst_DocumentVersions::updatesAtOnce()
{
    QFETCH(QString, asked);
    QFETCH(QString, secondCode);
    QFETCH(QString, latest);
    DocumentStore store(u"postgres"_s);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.db->flush());

    QCOMPARE(codeOf(store.update(u"Doc"_s, DocumentStore::shellYaml(u"mine"_s), asked)),
             u"Success"_s); // its batch is open
    QTemporaryDir folder;
    DatabaseOptions options = store.db.options();
    options.dataDir = folder.path();
    QString code;
    std::thread other([&] {
        SeededRandom random {7};
        auto database = Database::open(options, store.db.clock, random);
        if (!database)
            return;
        AuditLog audit(**database, store.db.clock, SecretBytes("fedcba9876543210fedcba9876543210"));
        EventBus events(**database, store.db.clock, random);
        DocumentService service({.database = **database,
                                 .access = store.access,
                                 .audit = audit,
                                 .events = events,
                                 .tokens = store.tokens,
                                 .clock = store.db.clock});
        code = codeOf(service.updateDocument(store.who,
                                             {.content = DocumentStore::shellYaml(u"yours"_s),
                                              .name = u"Doc"_s,
                                              .documentVersion = asked,
                                              .documentFormat = u"YAML"_s}));
        if (auto kept = (*database)->flush(); !kept)
            code = codeOf(kept);
        database->reset();
    });
    // No turn of the event loop here: it would commit the batch. A lock that is not granted is the other engine's.
    bool isWaiting = false;
    for (int i = 0; i < 2'000 && !isWaiting; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        isWaiting
            = store.db->reader().number(u"SELECT count(*) FROM pg_locks WHERE NOT granted"_s).value_or(0) > 0;
    }
    const auto kept = store.db->flush();
    other.join();
    QVERIFY(kept);
    QVERIFY(isWaiting);
    QCOMPARE(code, secondCode);
    QCOMPARE(store.describe(u"Doc"_s, u"$LATEST"_s)->documentVersion, latest);
    QCOMPARE(store.describe(u"Doc"_s, u"2"_s)->description, u"Says mine"_s);
}

// [documents 8.4]
void tst_DocumentVersions::numbersAreNotUsedAgain()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"two"_s)));
    const auto isDefault
        = store.service.deleteDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"1"_s});
    QCOMPARE(codeOf(isDefault), u"InvalidDocumentOperation"_s);
    QVERIFY(messageOf(isDefault).contains(u"Version 1 of document Doc is its default version"_s));
    QVERIFY(
        store.service.updateDocumentDefaultVersion(store.who, {.name = u"Doc"_s, .documentVersion = u"2"_s}));
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"1"_s}));
    QCOMPARE(codeOf(store.describe(u"Doc"_s, u"1"_s)), u"InvalidDocumentVersion"_s);
    QCOMPARE(store.update(u"Doc"_s, DocumentStore::shellYaml(u"one"_s))->documentVersion,
             u"3"_s); // its old text may come again
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s, .documentVersion = u"3"_s}));
    QCOMPARE(store.describe(u"Doc"_s, u"$LATEST"_s)->documentVersion, u"2"_s);
    QCOMPARE(store.update(u"Doc"_s, DocumentStore::shellYaml(u"four"_s), u"2"_s)->documentVersion, u"4"_s);
}

void tst_DocumentVersions::versionNames()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto named = store.service.updateDocument(store.who,
                                                    {.content = DocumentStore::shellYaml(u"two"_s),
                                                     .name = u"Doc"_s,
                                                     .versionName = u"spring"_s,
                                                     .documentFormat = u"YAML"_s});
    QVERIFY2(named.has_value(), qPrintable(messageOf(named)));
    const auto twice = store.service.updateDocument(store.who,
                                                    {.content = DocumentStore::shellYaml(u"three"_s),
                                                     .name = u"Doc"_s,
                                                     .versionName = u"spring"_s,
                                                     .documentFormat = u"YAML"_s});
    QCOMPARE(codeOf(twice), u"DuplicateDocumentVersionName"_s);
    QCOMPARE(store.service.describeDocument(store.who, {.name = u"Doc"_s, .versionName = u"spring"_s})
                 ->documentVersion,
             u"2"_s);
    QCOMPARE(store.service
                 .describeDocument(store.who,
                                   {.name = u"Doc"_s, .documentVersion = u"2"_s, .versionName = u"spring"_s})
                 ->documentVersion,
             u"2"_s);
    QCOMPARE(codeOf(store.service.describeDocument(
                 store.who, {.name = u"Doc"_s, .documentVersion = u"1"_s, .versionName = u"spring"_s})),
             u"InvalidDocumentVersion"_s);
    QCOMPARE(
        codeOf(store.service.describeDocument(store.who, {.name = u"Doc"_s, .versionName = u"autumn"_s})),
        u"InvalidDocumentVersion"_s);
}

void tst_DocumentVersions::contentsAreStoredOnce()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    const auto contents
        = [&] { return *store.db->reader().number(u"SELECT count(*) FROM document_content"_s); };
    QVERIFY(store.create(u"Doc1"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(store.create(u"Doc2"_s, DocumentStore::shellYaml(u"one"_s)));
    QCOMPARE(contents(), 1);
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc1"_s}));
    store.db.clock.advance(std::chrono::hours(31 * 24));
    QCOMPARE(*store.service.prune(), 0); // the other one holds it
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc2"_s}));
    QCOMPARE(*store.service.prune(), 0);
    QCOMPARE(contents(), 1); // kept for the histories that name it
    store.db.clock.advance(std::chrono::hours(31 * 24));
    QCOMPARE(*store.service.prune(), 1);
    QCOMPARE(contents(), 0);
    QVERIFY(store.create(u"Doc3"_s, DocumentStore::shellYaml(u"one"_s)));
    QCOMPARE(contents(), 1);
}

FB_TEST(tst_DocumentVersions)
#include "tst_document_versions.moc"
