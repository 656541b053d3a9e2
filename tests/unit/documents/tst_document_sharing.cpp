#include "backend/documents/built_in_documents.h"
#include "backend/documents/documents_api.h"

#include "backend/api/operation_table.h"
#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_DocumentSharing : public QObject
{
    Q_OBJECT

private slots:
    void sharedOnesStay_data() { addDatabaseRows(); }
    void sharedOnesStay();
    void allAndAccounts_data() { addDatabaseRows(); }
    void allAndAccounts();
    void refusals_data();
    void refusals();
    void quotas();
    void publicSharingSwitchedOff();
    void pages();
    void traces();
    void deniedByAccess();
    void onTheWire();
    void migrated_data() { addDatabaseRows(); }
    void migrated();

private:
    static QString account(int number) { return u"%1"_s.arg(number, 12, 10, QLatin1Char('0')); }
    static QStringList accounts(int count, int first = 1)
    {
        QStringList ids;
        for (int i = 0; i < count; ++i)
            ids.append(account(first + i));
        return ids;
    }
    static Result<void> share(DocumentStore &store, const QStringList &add, const QStringList &remove = {},
                              const QString &version = {}, const QString &name = u"Doc"_s)
    {
        return store.service.sharing().modifyPermission(store.who,
                                                        {.name = name,
                                                         .permissionType = u"Share"_s,
                                                         .accountIdsToAdd = add,
                                                         .accountIdsToRemove = remove,
                                                         .sharedDocumentVersion = version});
    }
    static QStringList sharedWith(DocumentStore &store)
    {
        const auto described = store.service.sharing().describePermission(
            store.who, {.name = u"Doc"_s, .permissionType = u"Share"_s});
        QStringList texts;
        for (const AccountSharingInfo &share :
             described.value_or(DescribeDocumentPermissionResult()).accountSharingInfoList)
            texts.append(share.accountId + u' ' + share.sharedDocumentVersion);
        return texts;
    }
};

// [documents 8.17] 21 ids in one call are refused; shared with all it can't be deleted; unshared it can
void tst_DocumentSharing::sharedOnesStay()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QCOMPARE(codeOf(share(store, accounts(21))), u"ValidationException"_s);
    QCOMPARE(codeOf(share(store, {}, accounts(21))), u"ValidationException"_s);
    QVERIFY(sharedWith(store).isEmpty());
    QVERIFY(share(store, accounts(20)));
    QCOMPARE(sharedWith(store).size(), 20);
    QVERIFY(share(store, {account(1), account(1)})); // twice is once
    QCOMPARE(sharedWith(store).size(), 20);
    QVERIFY(share(store, {u"all"_s}));
    const auto refused = store.service.deleteDocument(store.who, {.name = u"Doc"_s});
    QCOMPARE(codeOf(refused), u"InvalidDocumentOperation"_s);
    QVERIFY(messageOf(refused).contains(u"shared"_s));
    QVERIFY(store.describe(u"Doc"_s));
    QVERIFY(share(store, {}, {u"all"_s}));
    QVERIFY(store.service.deleteDocument(store.who, {.name = u"Doc"_s}));
    QCOMPARE(codeOf(store.describe(u"Doc"_s)), u"InvalidDocument"_s);
}

void tst_DocumentSharing::allAndAccounts()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(share(store, {account(2), account(1)}));
    QCOMPARE(sharedWith(store), QStringList({account(1) + u" $DEFAULT"_s, account(2) + u" $DEFAULT"_s}));
    QVERIFY(share(store, {account(2)}, {}, u"$ALL"_s)); // once more: the version of the last time
    QCOMPARE(sharedWith(store), QStringList({account(1) + u" $DEFAULT"_s, account(2) + u" $ALL"_s}));
    QVERIFY(share(store, {u"all"_s}, {}, u"$LATEST"_s));
    QCOMPARE(sharedWith(store), QStringList {u"all $LATEST"_s}); // replaces the list
    QVERIFY(share(store, {account(3)}));
    QCOMPARE(sharedWith(store), QStringList {account(3) + u" $DEFAULT"_s}); // and an account replaces all
    QVERIFY(share(store, {account(4)}, {account(3), account(9)})); // one that never had it is no fault
    QCOMPARE(sharedWith(store), QStringList {account(4) + u" $DEFAULT"_s});
    QVERIFY(share(store, {}, {account(4)}));
    QVERIFY(sharedWith(store).isEmpty());
    QVERIFY(share(store, {}, {}));
}

void tst_DocumentSharing::refusals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("add");
    QTest::addColumn<QStringList>("remove");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("code");
    const QStringList one {account(1)};
    const QStringList none;
    QTest::addRow("no such document")
        << u"None"_s << u"Share"_s << one << none << QString() << u"InvalidDocument"_s;
    QTest::addRow("built in") << u"AWS-RunShellScript"_s << u"Share"_s << one << none << QString()
                              << u"InvalidDocument"_s;
    QTest::addRow("another type") << u"Doc"_s << u"Own"_s << one << none << QString()
                                  << u"InvalidPermissionType"_s;
    QTest::addRow("no type") << u"Doc"_s << QString() << one << none << QString() << u"ValidationException"_s;
    QTest::addRow("no account") << u"Doc"_s << u"Share"_s << QStringList {u"12345"_s} << none << QString()
                                << u"ValidationException"_s;
    QTest::addRow("a version") << u"Doc"_s << u"Share"_s << one << none << u"3"_s << u"ValidationException"_s;
    QTest::addRow("all and one") << u"Doc"_s << u"Share"_s << QStringList {u"all"_s, account(1)} << none
                                 << QString() << u"ValidationException"_s;
    QTest::addRow("both ways") << u"Doc"_s << u"Share"_s << one << one << QString()
                               << u"ValidationException"_s;
    QTest::addRow("itself") << u"Doc"_s << u"Share"_s << QStringList {account(0)} << none << QString()
                            << u"ValidationException"_s;
}

void tst_DocumentSharing::refusals()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QStringList, add);
    QFETCH(QStringList, remove);
    QFETCH(QString, version);
    QFETCH(QString, code);
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.service.bringBuiltIns(*builtInDocuments()));
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto shared = store.service.sharing().modifyPermission(store.who,
                                                                 {.name = name,
                                                                  .permissionType = type,
                                                                  .accountIdsToAdd = add,
                                                                  .accountIdsToRemove = remove,
                                                                  .sharedDocumentVersion = version});
    QCOMPARE(codeOf(shared), code);
    QVERIFY(sharedWith(store).isEmpty());
}

void tst_DocumentSharing::quotas()
{
    DocumentStore store(u"sqlite"_s, {.sharedAccounts = 30, .publicDocuments = 2});
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(share(store, accounts(20)));
    QVERIFY(share(store, accounts(10, 21)));
    QCOMPARE(codeOf(share(store, {account(31)})), u"DocumentPermissionLimit"_s);
    QCOMPARE(sharedWith(store).size(), 30); // undone as a whole
    QVERIFY(share(store, {account(31)}, {account(1)}));
    for (const QString &name : {u"A-1"_s, u"A-2"_s, u"A-3"_s}) {
        QVERIFY(store.create(name, DocumentStore::shellYaml(name)));
        QCOMPARE(share(store, {u"all"_s}, {}, {}, name).has_value(), name != u"A-3"_s);
    }
    QCOMPARE(DocumentLimits().sharedAccounts, 1000);
    QCOMPARE(DocumentLimits().publicDocuments, 5);
}

void tst_DocumentSharing::publicSharingSwitchedOff()
{
    DocumentStore store(u"sqlite"_s, {.publicSharing = false});
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto refused = share(store, {u"all"_s});
    QCOMPARE(codeOf(refused), u"InvalidPermissionType"_s);
    QVERIFY(messageOf(refused).contains(u"/ssm/documents/console/public-sharing-permission"_s));
    QVERIFY(share(store, {account(1)}));
}

void tst_DocumentSharing::pages()
{
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(share(store, accounts(5)));
    DescribeDocumentPermissionRequest request {
        .name = u"Doc"_s, .permissionType = u"Share"_s, .maxResults = 2, .nextToken = {}};
    QStringList seen;
    int calls = 0;
    do {
        const auto page = store.service.sharing().describePermission(store.who, request);
        QVERIFY(page);
        seen += page->accountIds;
        request.nextToken = page->nextToken;
        ++calls;
    } while (!request.nextToken.isEmpty());
    QCOMPARE(seen, accounts(5));
    QCOMPARE(calls, 3);
    request.nextToken = u"made up"_s;
    QCOMPARE(codeOf(store.service.sharing().describePermission(store.who, request)), u"InvalidNextToken"_s);
    request.nextToken.clear();
    request.maxResults = 201;
    QCOMPARE(codeOf(store.service.sharing().describePermission(store.who, request)),
             u"ValidationException"_s);
    request.maxResults = 200;
    request.permissionType = u"Own"_s;
    QCOMPARE(codeOf(store.service.sharing().describePermission(store.who, request)),
             u"InvalidPermissionType"_s);
}

void tst_DocumentSharing::traces()
{
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    QVERIFY(share(store, {account(1)}));
    QVERIFY(share(store, {account(1)})); // nothing changes, and nothing is told
    QCOMPARE(store.eventTexts(), QStringList({u"Create Doc 1 Active"_s, u"Share Doc 1 Active"_s}));
    QCOMPARE(store.auditTexts(),
             QStringList(
                 {u"alice ssm:ModifyDocumentPermission Success"_s, u"alice ssm:CreateDocument Success"_s}));
}

void tst_DocumentSharing::deniedByAccess()
{
    DocumentStore store(u"sqlite"_s);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    store.access.deny(actions::kModifyDocumentPermission);
    store.access.deny(actions::kDescribeDocumentPermission);
    QCOMPARE(codeOf(share(store, {account(1)})), u"AccessDeniedException"_s);
    QCOMPARE(store.auditTexts().first(), u"alice ssm:ModifyDocumentPermission AccessDeniedException"_s);
    QCOMPARE(codeOf(store.service.sharing().describePermission(
                 store.who, {.name = u"Doc"_s, .permissionType = u"Share"_s})),
             u"AccessDeniedException"_s);
}

void tst_DocumentSharing::onTheWire()
{
    DocumentStore store(u"sqlite"_s);
    OperationTable table;
    bindDocumentOperations(table, store.service);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"one"_s)));
    const auto call = [&](const QString &operation, const QJsonObject &input) {
        std::optional<Result<QJsonObject>> answer;
        table.call(operation, store.who, input, [&](const Result<QJsonObject> &reply) { answer = reply; });
        return answer.value_or(Result<QJsonObject>(makeError(errors::kInternal, "no reply")));
    };
    QCOMPARE(call(u"ModifyDocumentPermission"_s,
                  {{u"Name"_s, u"Doc"_s},
                   {u"PermissionType"_s, u"Share"_s},
                   {u"AccountIdsToAdd"_s, QJsonArray {account(7)}},
                   {u"SharedDocumentVersion"_s, u"$LATEST"_s}})
                 .value(),
             QJsonObject());
    QCOMPARE(call(u"DescribeDocumentPermission"_s, {{u"Name"_s, u"Doc"_s}, {u"PermissionType"_s, u"Share"_s}})
                 .value(),
             (QJsonObject {{u"AccountIds"_s, QJsonArray {account(7)}},
                           {u"AccountSharingInfoList"_s,
                            QJsonArray {QJsonObject {{u"AccountId"_s, account(7)},
                                                     {u"SharedDocumentVersion"_s, u"$LATEST"_s}}}}}));
}

// A store of the program before sharing keeps its documents and gets the table.
void tst_DocumentSharing::migrated()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {59});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO document (name, owner, document_type, default_version, latest_version, "
            "highest_version, changed_at) VALUES ('Doc', '000000000000', 'Command', 1, 1, 1, 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM document"_s), 1);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM document_share"_s), 0);
    QVERIFY(!db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO document_share (document_name, account_id, shared_version) VALUES ('None', 'all', '$ALL')"_s);
    }));
}

FB_TEST(tst_DocumentSharing)
#include "tst_document_sharing.moc"
