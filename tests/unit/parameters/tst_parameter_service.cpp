// PutParameter and the reads of single parameters, labels, deleting, tags: on both databases.

#include "backend/api/operation_table.h"
#include "backend/applications/parameters/parameter_api.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ParameterService : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void putsAndGets_data() { addDatabaseRows(); }
    void putsAndGets();
    void keepsWhatIsLeftOut_data() { addDatabaseRows(); }
    void keepsWhatIsLeftOut();
    void spellings();
    void labels_data() { addDatabaseRows(); }
    void labels();
    void labelLimits();
    void labelsStayLikeAModel();
    void versionCap_data() { addDatabaseRows(); }
    void versionCap();
    void severalAtOnce();
    void selectors();
    void deletes_data() { addDatabaseRows(); }
    void deletes();
    void tags();
    void permissions();
    void auditAndEvents();
    void overTheWire();
    void publicOnes();
    void references();
};

namespace {

QJsonObject called(const OperationTable &table, const Principal &who, const QString &name,
                   const QJsonObject &input)
{
    QJsonObject answer;
    table.call(name, who, input, [&answer](const Result<QJsonObject> &result) {
        answer = result ? *result : QJsonObject {{u"error"_s, codeOf(result.error())}};
    });
    return answer;
}

}

void tst_ParameterService::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {65});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO operator_account (name, role, created_at) VALUES ('alice', 'Administrator', 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM operator_account"_s), 1);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM parameter"_s), 0);
}

// [parameter-store 8.1] [parameter-store 8.2]
void tst_ParameterService::putsAndGets()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QSignalSpy changed(&b.service(), &ParameterService::parametersChanged);
    const auto made = b.put(u"/app/db"_s, u"v1"_s);
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QCOMPARE(*made, (PutParameterResult {.version = 1, .tier = ParameterTier::Standard}));
    QCOMPARE(changed.count(), 1);
    const auto read = b.get(u"/app/db"_s);
    QVERIFY(read);
    QCOMPARE(*read,
             (Parameter {.name = u"/app/db"_s,
                         .type = ParameterKind::String,
                         .value = u"v1"_s,
                         .version = 1,
                         .selector = {},
                         .modifiedAt = b.db.clock.now(),
                         .arn = u"arn:aws:ssm:xx-local-1:000000000000:parameter/app/db"_s,
                         .dataType = u"text"_s}));
    QCOMPARE(codeOf(b.put(u"/app/db"_s, u"v2"_s)), u"ParameterAlreadyExists"_s);
    QCOMPARE(b.get(u"/app/db"_s)->version, 1);
    QCOMPARE(b.value(u"/nope"_s), u"ParameterNotFound"_s);
}

// [parameter-store 8.3]
void tst_ParameterService::keepsWhatIsLeftOut()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(b.put({.name = u"/app/db"_s,
                   .description = u"the database"_s,
                   .value = u"v1"_s,
                   .type = ParameterKind::String,
                   .allowedPattern = u"v\\d"_s,
                   .tags = {{u"Env"_s, u"prod"_s}}}));
    QCOMPARE(b.overwrite(u"/app/db"_s, u"v2"_s)->version, 2);
    auto history = b.history(u"/app/db"_s);
    QCOMPARE(history.size(), 2);
    QCOMPARE(history[1].type, ParameterKind::String);
    QCOMPARE(history[1].description, u"the database"_s);
    QCOMPARE(history[1].allowedPattern, u"v\\d"_s);
    QCOMPARE(history[0].value, u"v1"_s);
    QCOMPARE(b.service().listTags(b.alice, u"/app/db"_s)->size(), 1);
    // what is given empty is cleared
    QVERIFY(b.put({.name = u"/app/db"_s,
                   .description = QString(u""_s),
                   .value = u"other"_s,
                   .overwrite = true,
                   .allowedPattern = QString(u""_s)}));
    history = b.history(u"/app/db"_s);
    QCOMPARE(history[2].description, QString());
    QCOMPARE(history[2].allowedPattern, QString());
    QCOMPARE(history[1].description, u"the database"_s); // of its version
    // the same value makes a version too; one that is not there is made
    QCOMPARE(b.overwrite(u"/app/db"_s, u"other"_s)->version, 4);
    QVERIFY(b.put({.name = u"/new"_s, .value = u"x"_s, .type = ParameterKind::String, .overwrite = true}));
    // after deleting the numbers begin again
    QVERIFY(b.service().deleteParameter(b.alice, u"/app/db"_s));
    QCOMPARE(b.put(u"/app/db"_s, u"v1"_s)->version, 1);
    QVERIFY(b.service().listTags(b.alice, u"/app/db"_s)->isEmpty());
}

// [parameter-store 8.5]
void tst_ParameterService::spellings()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"with"_s, u"v"_s));
    QCOMPARE(b.get(u"/with"_s)->name, u"with"_s);
    QCOMPARE(b.get(u"/with"_s)->arn, b.get(u"with"_s)->arn);
    QCOMPARE(b.get(b.get(u"with"_s)->arn)->value, u"v"_s); // by its ARN
    QCOMPARE(codeOf(b.put(u"/with"_s, u"w"_s)), u"ParameterAlreadyExists"_s);
    QCOMPARE(b.overwrite(u"/with"_s, u"w"_s)->version, 2);
    QVERIFY(b.label(u"/with"_s, 1, {u"old"_s}));
    QCOMPARE(b.value(u"with:old"_s), u"v"_s);
    QVERIFY(b.put(u"/a/B"_s, u"1"_s));
    QVERIFY(b.put(u"/a/b"_s, u"2"_s));
    QCOMPARE(b.value(u"/a/B"_s), u"1"_s);
    QVERIFY(b.service().deleteParameter(b.alice, u"/with"_s));
    QCOMPARE(b.value(u"with"_s), u"ParameterNotFound"_s);
}

// [parameter-store 8.4] [parameter-store 8.9]
void tst_ParameterService::labels()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(b.put(u"/app/db"_s, u"v1"_s));
    QVERIFY(b.label(u"/app/db"_s, 1, {u"prod"_s}));
    QVERIFY(b.overwrite(u"/app/db"_s, u"v2"_s));
    QCOMPARE(b.value(u"/app/db:prod"_s), u"v1"_s); // stays until it is moved
    QVERIFY(b.label(u"/app/db"_s, 2, {u"prod"_s}));
    const auto history = b.history(u"/app/db"_s);
    QCOMPARE(history[0].labels, QStringList());
    QCOMPARE(history[1].labels, QStringList {u"prod"_s});
    QCOMPARE(b.value(u"/app/db:prod"_s), u"v2"_s);
    QCOMPARE(b.get(u"/app/db:prod"_s)->selector, u":prod"_s);
    QCOMPARE(b.value(u"/app/db:1"_s), u"v1"_s);
    QCOMPARE(b.get(u"/app/db:1"_s)->selector, u":1"_s);
    QCOMPARE(b.get(u"/app/db:1"_s)->name, u"/app/db"_s);
    QCOMPARE(b.value(u"/app/db:9"_s), u"ParameterVersionNotFound"_s);
    QCOMPARE(b.value(u"/app/db:1:2"_s), u"ParameterNotFound"_s);
    const auto nine = b.get(u"/app/db:9"_s);
    QVERIFY(toQString(nine.error().message).contains(u"could not find version 9 of /app/db"_s));
    const auto beta = b.get(u"/app/db:beta"_s);
    QCOMPARE(codeOf(beta), u"ParameterVersionNotFound"_s);
    QVERIFY(toQString(beta.error().message).contains(u"could not find label"_s));
    // taken off
    const auto off = b.service().unlabelParameterVersion(
        b.alice, {.name = u"/app/db"_s, .version = 2, .labels = {u"prod"_s, u"nope"_s}});
    QCOMPARE(off->removedLabels, QStringList {u"prod"_s});
    QCOMPARE(off->invalidLabels, QStringList {u"nope"_s});
    QCOMPARE(b.value(u"/app/db:prod"_s), u"ParameterVersionNotFound"_s);
    QCOMPARE(codeOf(b.service().unlabelParameterVersion(b.alice, {.name = u"/app/db"_s, .labels = {u"a"_s}})),
             u"ValidationException"_s); // it names its version
    QCOMPARE(codeOf(b.label(u"/app/db"_s, 7, {u"x"_s})), u"ParameterVersionNotFound"_s);
    QCOMPARE(codeOf(b.label(u"/nope"_s, 1, {u"x"_s})), u"ParameterNotFound"_s);
}

// [parameter-store 8.10]
void tst_ParameterService::labelLimits()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    const auto mixed = b.label(u"/x"_s, 1, {u"1a"_s, u"AWSx"_s, u"ok"_s});
    QCOMPARE(mixed->invalidLabels, (QStringList {u"1a"_s, u"AWSx"_s}));
    QCOMPARE(b.history(u"/x"_s)[0].labels, QStringList {u"ok"_s});
    QVERIFY(b.label(u"/x"_s, 1, {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s, u"h"_s, u"i"_s}));
    const auto events = b.eventsOf(u"Parameter Store Change"_s).size();
    QVERIFY(b.label(u"/x"_s, 1, {u"a"_s, u"ok"_s})); // again: nothing happens
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), events);
    QVERIFY(b.overwrite(u"/x"_s, u"w"_s));
    QVERIFY(b.label(u"/x"_s, 2, {u"far"_s}));
    QCOMPARE(codeOf(b.label(u"/x"_s, 1, {u"far"_s, u"new"_s})), u"ParameterVersionLabelLimitExceeded"_s);
    QCOMPARE(b.history(u"/x"_s)[0].labels.size(), 10);
    QCOMPARE(b.history(u"/x"_s)[1].labels, QStringList {u"far"_s}); // not moved
    QCOMPARE(codeOf(b.label(u"/x"_s, 1, {QString(101, u'l')})), u"ValidationException"_s);
    QCOMPARE(codeOf(b.label(u"/x"_s, 1, {})), u"ValidationException"_s);
    // the worked example of the spec
    QVERIFY(b.put(u"/w"_s, u"1"_s) && b.overwrite(u"/w"_s, u"2"_s) && b.overwrite(u"/w"_s, u"3"_s));
    QVERIFY(b.label(u"/w"_s, 1, {u"Test"_s}) && b.label(u"/w"_s, 2, {u"Production"_s}));
    QCOMPARE(b.label(u"/w"_s, 3, {u"Production"_s, u"9bad"_s})->invalidLabels, QStringList {u"9bad"_s});
    const auto history = b.history(u"/w"_s);
    QCOMPARE(history[0].labels, QStringList {u"Test"_s});
    QCOMPARE(history[1].labels, QStringList());
    QCOMPARE(history[2].labels, QStringList {u"Production"_s});
}

// Many random calls against a model: a label is on one version, at most ten are on one, and a refused call changes nothing.
void tst_ParameterService::labelsStayLikeAModel()
{
    ParameterBench b(u"sqlite"_s);
    SeededRandom random {7};
    constexpr qint64 kVersions = 4;
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    for (qint64 i = 1; i < kVersions; ++i)
        QVERIFY(b.overwrite(u"/x"_s, u"v"_s));
    QMap<QString, qint64> model;
    for (int call = 0; call < 150; ++call) {
        const qint64 version = 1 + static_cast<qint64>(random.below(kVersions));
        QStringList labels;
        for (uint64_t i = 0; i <= random.below(6); ++i)
            labels.append(u"l%1"_s.arg(random.below(30)));
        if (random.below(4) == 0) {
            QVERIFY(b.service().unlabelParameterVersion(
                b.alice, {.name = u"/x"_s, .version = version, .labels = labels}));
            model.removeIf([&](auto it) { return labels.contains(it.key()) && it.value() == version; });
        } else {
            QMap<QString, qint64> after = model;
            for (const QString &label : std::as_const(labels))
                after.insert(label, version);
            const bool fits = after.keys(version).size() <= 10;
            QCOMPARE(b.label(u"/x"_s, version, labels).has_value(), fits);
            if (fits)
                model = after;
        }
        for (const ParameterHistory &row : b.history(u"/x"_s))
            QCOMPARE(row.labels, model.keys(row.version));
    }
}

// [parameter-store 8.11]
void tst_ParameterService::versionCap()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(b.put(u"/x"_s, u"1"_s));
    for (int i = 2; i <= 100; ++i)
        QVERIFY(b.service().putParameter(b.alice,
                                         {.name = u"/x"_s, .value = QString::number(i), .overwrite = true}));
    QVERIFY(b.label(u"/x"_s, 1, {u"keep"_s}));
    const auto full = b.overwrite(u"/x"_s, u"101"_s);
    QCOMPARE(codeOf(full), u"ParameterMaxVersionLimitExceeded"_s);
    QVERIFY(toQString(full.error().message).contains(u"/x"_s));
    QVERIFY(toQString(full.error().message).contains(u"version 1,"_s));
    QCOMPARE(b.history(u"/x"_s).size(), 100);
    QVERIFY(b.label(u"/x"_s, 100, {u"keep"_s}));
    QCOMPARE(b.overwrite(u"/x"_s, u"101"_s)->version, 101);
    const auto history = b.history(u"/x"_s);
    QCOMPARE(history.size(), 100);
    QCOMPARE(history.first().version, 2);
    QCOMPARE(history.last().version, 101);
    QCOMPARE(b.value(u"/x:1"_s), u"ParameterVersionNotFound"_s);
}

// [parameter-store 8.18]
void tst_ParameterService::severalAtOnce()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"x"_s, u"v"_s));
    const auto found = b.service().getParameters(b.alice, {.names = {u"x"_s, u"x"_s, u"nope"_s, u"x:7"_s}});
    QCOMPARE(found->parameters.size(), 1);
    QCOMPARE(found->parameters[0].value, u"v"_s);
    QCOMPARE(found->invalidParameters, (QStringList {u"nope"_s, u"x:7"_s}));
    QVERIFY(b.put(u"/a"_s, u"1"_s));
    const auto ordered = b.service().getParameters(b.alice, {.names = {u"x"_s, u"/a:1"_s, u"not one"_s}});
    QCOMPARE(ordered->parameters[1].selector, u":1"_s); // in the order they were asked for
    QCOMPARE(ordered->invalidParameters, QStringList {u"not one"_s});
    QCOMPARE(b.service().getParameters(b.alice, {.names = {u"nope"_s}})->parameters.size(), 0);
    QCOMPARE(codeOf(b.service().getParameters(b.alice, {.names = QStringList(11, u"x"_s)})),
             u"ValidationException"_s);
    QCOMPARE(codeOf(b.service().getParameters(b.alice, {.names = {}})), u"ValidationException"_s);
}

void tst_ParameterService::selectors()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    QCOMPARE(codeOf(b.service().getParameterHistory(b.alice, {.name = u"/x:1"_s})), u"ValidationException"_s);
    QCOMPARE(codeOf(b.service().getParameterHistory(b.alice, {.name = u"/y"_s})), u"ParameterNotFound"_s);
    QCOMPARE(codeOf(b.service().getParameterHistory(b.alice, {.name = u"/x"_s, .maxResults = 51})),
             u"ValidationException"_s);
    const QString arn = b.get(u"/x"_s)->arn;
    QCOMPARE(b.value(arn + u":1"_s), u"v"_s);
    QCOMPARE(b.service().getParameterHistory(b.alice, {.name = arn})->parameters.size(), 1);
    QCOMPARE(codeOf(b.overwrite(arn, u"w"_s)), u"ValidationException"_s); // names only
    QCOMPARE(codeOf(b.service().deleteParameter(b.alice, arn)), u"ValidationException"_s);
    QCOMPARE(codeOf(b.label(arn, 1, {u"l"_s})), u"ValidationException"_s);
    // pages of the history
    for (int i = 2; i <= 7; ++i)
        QVERIFY(b.overwrite(u"/x"_s, QString::number(i)));
    GetParameterHistoryRequest request {.name = u"/x"_s, .maxResults = 3};
    QList<qsizetype> sizes;
    qint64 newest = 0;
    do {
        const auto page = b.service().getParameterHistory(b.alice, request);
        sizes.append(page->parameters.size());
        for (const ParameterHistory &row : page->parameters) {
            QCOMPARE(row.version, newest + 1);
            newest = row.version;
        }
        request.nextToken = page->nextToken;
    } while (!request.nextToken.isEmpty());
    QCOMPARE(sizes, (QList<qsizetype> {3, 3, 1}));
}

void tst_ParameterService::deletes()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(b.put(u"/a/b"_s, u"v"_s) && b.put(u"x"_s, u"v"_s) && b.overwrite(u"x"_s, u"w"_s));
    QVERIFY(b.label(u"x"_s, 1, {u"l"_s}));
    QVERIFY(b.service().addTags(b.alice, u"x"_s, {{u"k"_s, u"v"_s}}));
    QCOMPARE(codeOf(b.service().deleteParameter(b.alice, u"/nope"_s)), u"ParameterNotFound"_s);
    const auto gone = b.service().deleteParameters(
        b.alice, {.names = {u"/x"_s, u"x"_s, u"/nope"_s, u"/a/b"_s, u"a b"_s}});
    QCOMPARE(gone->deletedParameters, (QStringList {u"x"_s, u"/a/b"_s})); // as they were created
    QCOMPARE(gone->invalidParameters, (QStringList {u"/nope"_s, u"a b"_s}));
    QVERIFY(b.db->flush());
    for (const char *table :
         {"parameter", "parameter_version", "parameter_label", "parameter_tag", "parameter_path"})
        QCOMPARE(b.count(u"SELECT count(*) FROM %1"_s.arg(QLatin1String(table))), 0);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).last().detail[u"operation"_s].toString(), u"Delete"_s);
}

void tst_ParameterService::tags()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    b.db.clock.advance(1h);
    QVERIFY(b.service().addTags(b.alice, u"x"_s, {{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}}));
    QVERIFY(b.service().addTags(b.alice, u"/x"_s, {{u"a"_s, u"3"_s}}));
    QCOMPARE(*b.service().listTags(b.alice, u"/x"_s),
             (QList<ParameterTag> {{u"a"_s, u"3"_s}, {u"b"_s, u"2"_s}}));
    QVERIFY(b.service().removeTags(b.alice, u"/x"_s, {u"a"_s, u"nope"_s}));
    QCOMPARE(*b.service().listTags(b.alice, u"/x"_s), (QList<ParameterTag> {{u"b"_s, u"2"_s}}));
    QVERIFY(b.get(u"/x"_s)->modifiedAt < b.db.clock.now());
    QCOMPARE(codeOf(b.service().listTags(b.alice, u"/y"_s)), u"InvalidResourceId"_s);
    QCOMPARE(codeOf(b.service().addTags(b.alice, u"/y"_s, {{u"a"_s, u"3"_s}})), u"InvalidResourceId"_s);
    QList<ParameterTag> many;
    for (int i = 0; i < 50; ++i)
        many.append({u"k%1"_s.arg(i), u"v"_s});
    QCOMPARE(codeOf(b.service().addTags(b.alice, u"/x"_s, many)), u"TooManyTagsError"_s);
    QCOMPARE(b.service().listTags(b.alice, u"/x"_s)->size(), 1);
}

// [parameter-store 8.25]
void tst_ParameterService::permissions()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/ok"_s, u"v"_s) && b.put(u"/denied"_s, u"v"_s));
    b.rooms->access.denyOn(u"/denied"_s);
    const auto mixed = b.service().getParameters(b.alice, {.names = {u"/ok"_s, u"/denied"_s}});
    QCOMPARE(codeOf(mixed), u"AccessDeniedException"_s);
    QVERIFY(toQString(mixed.error().message).contains(u"parameter /denied"_s));
    QCOMPARE(b.value(u"/denied"_s), u"AccessDeniedException"_s);
    QCOMPARE(b.value(u"/denied:1"_s), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.overwrite(u"denied"_s, u"w"_s)), u"AccessDeniedException"_s); // either spelling
    QCOMPARE(codeOf(b.label(u"/denied"_s, 1, {u"l"_s})), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service().deleteParameter(b.alice, u"/denied"_s)), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service().deleteParameters(b.alice, {.names = {u"/ok"_s, u"/denied"_s}})),
             u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service().addTags(b.alice, u"/denied"_s, {{u"a"_s, u"b"_s}})),
             u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service().getParameterHistory(b.alice, {.name = u"/denied"_s})),
             u"AccessDeniedException"_s);
    QCOMPARE(b.value(u"/ok"_s), u"v"_s);
    QVERIFY(b.db->flush());
    QVERIFY(b.count(u"SELECT count(*) FROM audit_entry WHERE result = 'AccessDeniedException'"_s) >= 8);
    // each operation asks for its own action
    b.rooms->access.deny(actions::kDescribeParameters);
    QCOMPARE(b.described({}), QStringList {u"AccessDeniedException"_s});
    QCOMPARE(codeOf(b.service().paths(b.alice, u"/"_s)), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service().keys().createKey(b.alice, u"alias/x"_s)), u"fine"_s);
    b.rooms->access.deny(actions::kManageParameterKeys);
    QCOMPARE(codeOf(b.service().keys().createKey(b.alice, u"alias/y"_s)), u"AccessDeniedException"_s);
}

void tst_ParameterService::auditAndEvents()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put({.name = u"/s"_s,
                   .description = u"why"_s,
                   .value = u"very-secret-7731"_s,
                   .type = ParameterKind::SecureString}));
    QVERIFY(b.overwrite(u"/s"_s, u"very-secret-7732"_s));
    QVERIFY(b.label(u"/s"_s, 1, {u"l"_s}));
    QCOMPARE(b.value(u"/s"_s), u"very-secret-7732"_s);
    QVERIFY(b.service().deleteParameter(b.alice, u"/s"_s));
    const auto events = b.eventsOf(u"Parameter Store Change"_s);
    QStringList operations;
    for (const Event &event : events) {
        operations.append(event.detail[u"operation"_s].toString());
        QCOMPARE(event.resources, QStringList {u"arn:aws:ssm:xx-local-1:000000000000:parameter/s"_s});
        QCOMPARE(event.detail[u"name"_s].toString(), u"/s"_s);
        QCOMPARE(event.detail[u"type"_s].toString(), u"SecureString"_s);
        QCOMPARE(event.detail[u"description"_s].toString(), u"why"_s);
        QVERIFY(!QString::fromUtf8(QJsonDocument(event.detail).toJson()).contains(u"very-secret"_s));
    }
    QCOMPARE(operations, (QStringList {u"Create"_s, u"Update"_s, u"LabelParameterVersion"_s, u"Delete"_s}));
    const auto entries = b.rooms->audit.entries(b.db->reader(), 0, 50);
    QStringList said;
    for (const AuditEntry &entry : *entries) {
        said.prepend(entry.action);
        QVERIFY(!QString::fromUtf8(QJsonDocument(entry.diff).toJson()).contains(u"very-secret"_s));
    }
    QCOMPARE(said,
             (QStringList {u"ssm:PutParameter"_s, u"ssm:PutParameter"_s, u"ssm:LabelParameterVersion"_s,
                           u"ssm:GetParameter"_s, u"ssm:DeleteParameter"_s}));
    QVERIFY(b.rooms->audit.verify(b.db->reader())->intact);
}

void tst_ParameterService::overTheWire()
{
    ParameterBench b(u"sqlite"_s);
    OperationTable table;
    bindParameters(table, b.service());
    const auto call = [&](const char *name, const QJsonObject &input) {
        return called(table, b.alice, QString::fromLatin1(name), input);
    };
    QCOMPARE(call("PutParameter", {{u"Name"_s, u"/x"_s}, {u"Value"_s, u"1"_s}, {u"Type"_s, u"String"_s}}),
             (QJsonObject {{u"Version"_s, 1}, {u"Tier"_s, u"Standard"_s}}));
    const QJsonObject read = call("GetParameter", {{u"Name"_s, u"/x"_s}})[u"Parameter"_s].toObject();
    QCOMPARE(read.keys(),
             (QStringList {u"ARN"_s, u"DataType"_s, u"LastModifiedDate"_s, u"Name"_s, u"Type"_s, u"Value"_s,
                           u"Version"_s}));
    QCOMPARE(
        call("PutParameter", {{u"Name"_s, u"/x"_s}, {u"Value"_s, u"1"_s}, {u"Type"_s, u"Blob"_s}})[u"error"_s]
            .toString(),
        u"ValidationException"_s);
    QCOMPARE(call("GetParameters", {{u"Names"_s, QJsonArray {u"/x"_s, u"/y"_s}}})[u"InvalidParameters"_s]
                 .toArray(),
             QJsonArray {u"/y"_s});
    QCOMPARE(call("LabelParameterVersion", {{u"Name"_s, u"/x"_s}, {u"Labels"_s, QJsonArray {u"l"_s}}}),
             (QJsonObject {{u"InvalidLabels"_s, QJsonArray()}, {u"ParameterVersion"_s, 1}}));
    QCOMPARE(call("GetParametersByPath", {{u"Path"_s, u"/"_s}})[u"Parameters"_s].toArray().size(), 1);
    QCOMPARE(call("GetParameterHistory", {{u"Name"_s, u"/x"_s}})[u"Parameters"_s].toArray().size(), 1);
    QCOMPARE(call("DescribeParameters", {})[u"Parameters"_s].toArray().size(), 1);
    QCOMPARE(call("DescribeParameters", {{u"Shared"_s, true}})[u"Parameters"_s].toArray().size(), 0);
    QCOMPARE(
        call("CreateParameterKey", {{u"KeyId"_s, u"alias/k"_s}})[u"Key"_s].toObject()[u"State"_s].toString(),
        u"Enabled"_s);
    QCOMPARE(call("DescribeParameterKeys", {})[u"Keys"_s].toArray().size(), 2);
    QVERIFY(b.db->flush());
    QCOMPARE(call("DescribeParameterPaths", {})[u"Paths"_s].toArray().size(), 0); // no path below the root
    QCOMPARE(call("DeleteParameter", {{u"Name"_s, u"/x"_s}}), QJsonObject());
    QCOMPARE(call("DeleteParameters", {{u"Names"_s, QJsonArray {u"/x"_s}}})[u"InvalidParameters"_s]
                 .toArray()
                 .size(),
             1);
}

void tst_ParameterService::publicOnes()
{
    ParameterBench b(u"sqlite"_s);
    b.service().publicParameters().setAgents([] {
        return QList<OfferedAgent> {{.platform = u"linux"_s,
                                     .architecture = u"x86_64"_s,
                                     .version = u"2.0"_s,
                                     .url = u"u"_s,
                                     .sha256 = u"s"_s},
                                    {.platform = u"linux"_s,
                                     .architecture = u"x86_64"_s,
                                     .version = u"1.0"_s,
                                     .url = u"o"_s,
                                     .sha256 = u"o"_s}};
    });
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    const QString version = u"/aws/service/flagbridge/agent/linux/x86_64/version"_s;
    QCOMPARE(b.value(version), u"2.0"_s);
    QCOMPARE(b.value(version + u":1"_s), u"2.0"_s);
    QCOMPARE(b.value(version + u":2"_s), u"ParameterVersionNotFound"_s);
    QCOMPARE(b.value(u"/aws/service/global-infrastructure/regions/xx-local-1/longName"_s), u"xx-local-1"_s);
    QCOMPARE(b.value(u"/aws/reference/secretsmanager/x"_s), u"ParameterNotFound"_s);
    QCOMPARE(b.byPath(u"/aws/service/flagbridge"_s, true).size(), 3);
    QCOMPARE(b.byPath(u"/aws/service/flagbridge/agent/linux/x86_64"_s).size(), 3);
    QCOMPARE(b.byPath(u"/"_s, true), QStringList {u"/x"_s}); // never beside a fleet's own
    QCOMPARE(b.described({}), QStringList {u"/x"_s});
    QCOMPARE(
        b.described({{.key = u"Path"_s, .option = u"Recursive"_s, .values = {u"/aws/service"_s}}}).size(), 4);
    QCOMPARE(b.described({{.key = u"Name"_s, .option = u"BeginsWith"_s, .values = {u"/aws"_s}}}).size(), 4);
    QCOMPARE(codeOf(b.overwrite(version, u"x"_s)), u"AccessDeniedException"_s);
}

void tst_ParameterService::references()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/app/greeting"_s, u"hello"_s) && b.overwrite(u"/app/greeting"_s, u"bye"_s));
    QVERIFY(b.put(u"/secret"_s, u"s"_s, ParameterKind::SecureString));
    const auto value = [&](const QString &name, const QString &selector = {}) {
        const auto read = b.service().referencedValue(b.alice, name, selector);
        return read ? *read : codeOf(read.error()) + u' ' + toQString(read.error().message);
    };
    QCOMPARE(value(u"/app/greeting"_s), u"bye"_s);
    QCOMPARE(value(u"/app/greeting"_s, u"1"_s), u"hello"_s);
    QCOMPARE(value(u"/nope"_s), u"InvalidParameters Parameter /nope not found."_s);
    QCOMPARE(value(u"/app/greeting"_s, u"9"_s), u"InvalidParameters Parameter /app/greeting:9 not found."_s);
    QVERIFY(value(u"/secret"_s).startsWith(u"InvalidParameters Parameter /secret is a SecureString"_s));
    b.rooms->access.denyOn(u"/app/greeting"_s);
    QVERIFY(value(u"/app/greeting"_s).startsWith(u"AccessDeniedException"_s));
}

FB_TEST(tst_ParameterService)
#include "tst_parameter_service.moc"
