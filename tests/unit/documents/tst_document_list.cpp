#include "tests/support/test_main.h"
#include "tests/unit/documents/document_store.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_DocumentList : public QObject
{
    Q_OBJECT

private slots:
    void pages_data() { addDatabaseRows(); }
    void pages();
    void filters_data();
    void filters();
    void badRequests_data();
    void badRequests();
    void versions_data() { addDatabaseRows(); }
    void versions();

private:
    static QString names(const ListDocumentsResult &result)
    {
        QStringList list;
        for (const DocumentIdentifier &document : result.documentIdentifiers)
            list.append(document.name);
        return list.join(u' ');
    }
};

void tst_DocumentList::pages()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    for (int i = 0; i < 7; ++i)
        QVERIFY(store.create(u"Doc-%1"_s.arg(i), DocumentStore::shellYaml(u"x%1"_s.arg(i))));
    const auto first = store.service.listDocuments(store.who, {.maxResults = 3});
    QVERIFY2(first.has_value(), qPrintable(messageOf(first)));
    QCOMPARE(names(*first), u"Doc-0 Doc-1 Doc-2"_s);
    QVERIFY(!first->nextToken.isEmpty());
    QVERIFY(store.create(
        u"Doc-1a"_s,
        DocumentStore::shellYaml(u"late"_s))); // inserted before the place: the next page does not shift
    const auto second
        = store.service.listDocuments(store.who, {.maxResults = 3, .nextToken = first->nextToken});
    QCOMPARE(names(*second), u"Doc-3 Doc-4 Doc-5"_s);
    const auto third
        = store.service.listDocuments(store.who, {.maxResults = 3, .nextToken = second->nextToken});
    QCOMPARE(names(*third), u"Doc-6"_s);
    QVERIFY(third->nextToken.isEmpty());

    const ListDocumentsRequest other {.filters = {{u"Owner"_s, {u"Self"_s}}}, .nextToken = first->nextToken};
    QCOMPARE(codeOf(store.service.listDocuments(store.who, other)), u"InvalidNextToken"_s);
    QCOMPARE(codeOf(store.service.listDocuments(store.who, {.nextToken = u"abc"_s})), u"InvalidNextToken"_s);
    store.db.clock.advance(std::chrono::hours(25));
    QCOMPARE(codeOf(store.service.listDocuments(store.who, {.maxResults = 3, .nextToken = first->nextToken})),
             u"InvalidNextToken"_s);
}

void tst_DocumentList::filters_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<QStringList>("filters"); // Key=Value,Value
    QTest::addColumn<QString>("expected");
    struct Case {
        const char *title;
        QStringList filters;
        const char *expected;
    };
    const QList<Case> cases {
        {"none", {}, "Apps Build Build-Win Session"},
        {"name prefix", {u"Name=Build"_s}, "Build Build-Win"},
        {"name prefix, case counts", {u"Name=build"_s}, ""},
        {"a prefix is no pattern", {u"Name=%"_s}, ""},
        {"two names", {u"Name=App,Sess"_s}, "Apps Session"},
        {"type", {u"DocumentType=Session"_s}, "Session"},
        {"types", {u"DocumentType=Session,ApplicationConfiguration"_s}, "Apps Session"},
        {"platform", {u"PlatformTypes=Windows"_s}, "Apps Build-Win Session"},
        {"platform in any case", {u"PlatformTypes=macos"_s}, "Apps Build Session"},
        {"keys AND", {u"PlatformTypes=Windows"_s, u"DocumentType=Command"_s}, "Build-Win"},
        {"self", {u"Owner=Self"_s}, "Apps Build Build-Win Session"},
        {"built-ins", {u"Owner=Amazon"_s}, ""},
        {"public", {u"Owner=Public"_s}, ""},
        {"account", {u"Owner=000000000000"_s}, "Apps Build Build-Win Session"},
        {"another account", {u"Owner=123456789012"_s}, ""},
        {"target type", {u"TargetType=/AWS::SSM::ManagedInstance"_s}, "Build"},
        {"keyword in the description", {u"SearchKeyword=SAYS BUILD"_s}, "Build Build-Win"},
        {"keyword in the name", {u"SearchKeyword=-win"_s}, "Build-Win"},
        {"keyword is no pattern", {u"SearchKeyword=b%d"_s}, ""},
        {"keyword with an underscore", {u"SearchKeyword=b_ild"_s}, ""},
        {"tag", {u"tag:Team=web"_s}, "Build"},
        {"tag values", {u"tag:Team=web,db"_s}, "Build Build-Win"},
        {"tag, case counts", {u"tag:team=web"_s}, ""},
        {"two tags", {u"tag:Team=web,db"_s, u"tag:Env=prod"_s}, "Build-Win"},
    };
    for (const char *database : {"sqlite", "postgres"}) {
        for (const Case &one : cases)
            QTest::addRow("%s: %s", database, one.title)
                << QString::fromLatin1(database) << one.filters << QString::fromLatin1(one.expected);
    }
}

void tst_DocumentList::filters()
{
    QFETCH(QString, database);
    QFETCH(QStringList, filters);
    QFETCH(QString, expected);
    static std::map<QString, std::unique_ptr<DocumentStore>>
        stores; // one store a database: the rows only read
    auto &store = stores[database];
    if (!store) {
        store = std::make_unique<DocumentStore>(database);
        const auto create = [&](const CreateDocumentRequest &request) {
            const auto made = store->service.createDocument(store->who, request);
            QVERIFY2(made.has_value(), qPrintable(messageOf(made)));
        };
        create({.content = DocumentStore::shellYaml(u"Build"_s),
                .name = u"Build"_s,
                .documentFormat = u"YAML"_s,
                .targetType = u"/AWS::SSM::ManagedInstance"_s,
                .tags = {{u"Team"_s, u"web"_s}}});
        create(
            {.content
             = u"schemaVersion: '2.2'\ndescription: Says Build\nmainSteps: [{action: 'aws:psModule', name: a, inputs: {source: x}}]\n"_s,
             .name = u"Build-Win"_s,
             .documentFormat = u"YAML"_s,
             .tags = {{u"Team"_s, u"db"_s}, {u"Env"_s, u"prod"_s}}});
        create({.content = u"schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs: {}\n"_s,
                .name = u"Session"_s,
                .documentFormat = u"YAML"_s});
        create({.content = u"[1]"_s, .name = u"Apps"_s, .documentType = u"ApplicationConfiguration"_s});
    }
    ListDocumentsRequest request;
    for (const QString &filter : filters)
        request.filters.append({filter.section(u'=', 0, 0), filter.section(u'=', 1).split(u',')});
    const auto found = store->service.listDocuments(store->who, request);
    QVERIFY2(found.has_value(), qPrintable(messageOf(found)));
    QCOMPARE(names(*found), expected);
    if (QLatin1StringView(QTest::currentDataTag()).endsWith("two tags"_L1)) {
        QCOMPARE(found->documentIdentifiers[0].tags,
                 QList<DocumentTag>({{u"Env"_s, u"prod"_s}, {u"Team"_s, u"db"_s}}));
        stores.erase(database); // the last row of this database
    }
}

void tst_DocumentList::badRequests_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("oldForm");
    QTest::addColumn<QString>("code");
    QTest::addRow("unknown key") << u"Colour"_s << u"red"_s << false << u"InvalidFilterKey"_s;
    QTest::addRow("unknown key, old form") << u"TargetType"_s << u"/x"_s << true << u"InvalidFilterKey"_s;
    QTest::addRow("tag without a key") << u"tag:"_s << u"x"_s << false << u"InvalidFilterKey"_s;
    QTest::addRow("unknown owner") << u"Owner"_s << u"Me"_s << false << u"ValidationException"_s;
    QTest::addRow("unknown type") << u"DocumentType"_s << u"Recipe"_s << false << u"ValidationException"_s;
    QTest::addRow("unknown platform") << u"PlatformTypes"_s << u"BeOS"_s << true << u"ValidationException"_s;
    QTest::addRow("old form") << u"Name"_s << u"Doc"_s << true << u"Success"_s;
}

void tst_DocumentList::badRequests()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(bool, oldForm);
    QFETCH(QString, code);
    DocumentStore store(u"sqlite"_s);
    ListDocumentsRequest request;
    if (oldForm)
        request.documentFilterList.append({key, value});
    else
        request.filters.append({key, {value}});
    QCOMPARE(codeOf(store.service.listDocuments(store.who, request)), code);
    request.filters.append({u"Name"_s, {u"Doc"_s}});
    request.documentFilterList.append({u"Name"_s, u"Doc"_s});
    QCOMPARE(codeOf(store.service.listDocuments(store.who, request)),
             u"InvalidFilterKey"_s); // both forms at once
    QCOMPARE(codeOf(store.service.listDocuments(store.who, {.maxResults = 51})), u"ValidationException"_s);
    QCOMPARE(codeOf(store.service.listDocuments(store.who, {.maxResults = 0})), u"ValidationException"_s);
}

void tst_DocumentList::versions()
{
    QFETCH(QString, database);
    DocumentStore store(database);
    QVERIFY(store.create(u"Doc"_s, DocumentStore::shellYaml(u"x1"_s)));
    for (int i = 2; i <= 5; ++i)
        QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"x%1"_s.arg(i))));
    const auto first = store.service.listDocumentVersions(store.who, {.name = u"Doc"_s, .maxResults = 3});
    QVERIFY2(first.has_value(), qPrintable(messageOf(first)));
    QCOMPARE(first->documentVersions.size(), 3);
    QCOMPARE(first->documentVersions[0].documentVersion, u"5"_s); // newest first
    QVERIFY(!first->documentVersions[0].isDefaultVersion);
    QVERIFY(store.update(u"Doc"_s, DocumentStore::shellYaml(u"x6"_s)));
    const auto second = store.service.listDocumentVersions(
        store.who, {.name = u"Doc"_s, .maxResults = 3, .nextToken = first->nextToken});
    QCOMPARE(second->documentVersions.size(), 2);
    QCOMPARE(second->documentVersions[1].documentVersion, u"1"_s);
    QVERIFY(second->documentVersions[1].isDefaultVersion);
    QVERIFY(second->nextToken.isEmpty());
    QVERIFY(store.create(u"Doc2"_s, DocumentStore::shellYaml(u"x"_s)));
    QCOMPARE(codeOf(store.service.listDocumentVersions(store.who,
                                                       {.name = u"Doc2"_s, .nextToken = first->nextToken})),
             u"InvalidNextToken"_s);
    QCOMPARE(codeOf(store.service.listDocumentVersions(store.who, {.name = u"None"_s})),
             u"InvalidDocument"_s);
}

FB_TEST(tst_DocumentList)
#include "tst_document_list.moc"
