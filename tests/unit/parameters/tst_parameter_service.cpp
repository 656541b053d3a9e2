// PutParameter and the reads of single parameters, labels, deleting, tags: on both databases.

#include "backend/api/operation_table.h"
#include "backend/applications/parameters/parameter_api.h"
#include "tests/support/failing_disk.h"
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

Q_DECLARE_METATYPE(fb::PutParameterRequest)

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
    void refusedPuts_data();
    void refusedPuts();
    void order();
    void tiers_data();
    void tiers();
    void sizes();
    void quotas();
    void patterns();
    void costlyPattern();
    void dataTypes();
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
    void fullDisk();
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

void tst_ParameterService::refusedPuts_data()
{
    QTest::addColumn<PutParameterRequest>("request");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("said");
    const auto row
        = [](const char *name, const PutParameterRequest &request, const char *code, const QString &said) {
              QTest::addRow("%s", name) << request << QString::fromLatin1(code) << said;
          };
    const PutParameterRequest fine {.name = u"/new"_s, .value = u"v"_s, .type = ParameterKind::String};
    const auto with = [&fine](const auto &change) {
        PutParameterRequest request = fine;
        change(request);
        return request;
    };
    row("no value", with([](auto &r) { r.value.reset(); }), "ValidationException", u"Value is missing"_s);
    row("an empty value", with([](auto &r) { r.value = QString(); }), "ValidationException",
        u"Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1."_s);
    row("a long description", with([](auto &r) { r.description = QString(1025, u'd'); }),
        "ValidationException", u"Description has 1025 characters"_s);
    row("tags on overwriting", with([](auto &r) {
            r.overwrite = true;
            r.tags = {{u"a"_s, u"b"_s}};
        }),
        "ValidationException", u"AddTagsToResource"_s);
    row("51 tags", with([](auto &r) {
            for (int i = 0; i < 51; ++i)
                r.tags.append({u"k%1"_s.arg(i), u"v"_s});
        }),
        "TooManyTagsError", u"51 tags"_s);
    row("a reserved tag", with([](auto &r) {
            r.tags = {{u"aws:x"_s, u"b"_s}};
        }),
        "ValidationException", u"reserved"_s);
    row("no type", with([](auto &r) { r.type.reset(); }), "ValidationException",
        u"A parameter type is required when you create a parameter."_s);
    row("unknown data type", with([](auto &r) { r.dataType = u"Text"_s; }), "ValidationException",
        u"The following data type is not supported: Text (Data type names are all lowercase.)"_s);
    row("a list of images", with([](auto &r) {
            r.type = ParameterKind::StringList;
            r.dataType = u"aws:ec2:image"_s;
        }),
        "ValidationException", u"aws:ec2:image"_s);
    row("a key of a String", with([](auto &r) { r.keyId = u"alias/aws/ssm"_s; }), "ValidationException",
        u"KeyId"_s);
    row("unknown key", with([](auto &r) {
            r.type = ParameterKind::SecureString;
            r.keyId = u"alias/nope"_s;
        }),
        "InvalidKeyId", u"alias/nope does not exist"_s);
    row("another type", with([](auto &r) {
            r.name = u"/old"_s;
            r.type = ParameterKind::StringList;
            r.overwrite = true;
        }),
        "HierarchyTypeMismatchException", u"is a String and cannot become a StringList"_s);
    row("nested", with([](auto &r) { r.value = u"{{ x }}"_s; }), "ValidationException",
        u"nest"_s); // [parameter-store 8.26]
    row("pattern that is none", with([](auto &r) { r.allowedPattern = u"(a"_s; }),
        "InvalidAllowedPatternException", u"missing closing parenthesis"_s);
}

void tst_ParameterService::refusedPuts()
{
    QFETCH(PutParameterRequest, request);
    QFETCH(QString, code);
    QFETCH(QString, said);
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/old"_s, u"v"_s));
    const auto put = b.put(request);
    QCOMPARE(codeOf(put), code);
    QVERIFY2(toQString(put.error().message).contains(said), put.error().message.c_str());
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter"_s), 1); // nothing is written
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version"_s), 1);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), 1);
    QCOMPARE(b.value(u"/old"_s), u"v"_s);
}

// Each request is wrong in all that comes later too; the first fault is told.
void tst_ParameterService::order()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    PutParameterRequest request {.name = u"/a//b"_s,
                                 .value = u"{{x}}"_s + QString(5000, u'y'),
                                 .type = ParameterKind::StringList,
                                 .keyId = u"alias/nope"_s,
                                 .overwrite = true,
                                 .allowedPattern = u"("_s,
                                 .tags = {{u"a"_s, u"b"_s}},
                                 .tier = ParameterTier::Standard,
                                 .policies = u"nonsense"_s,
                                 .dataType = u"none"_s};
    const auto said = [&] {
        const auto put = b.put(request);
        return put ? u"fine"_s : codeOf(put.error()) + u' ' + toQString(put.error().field);
    };
    QCOMPARE(said(), u"ValidationException Tags"_s);
    request.tags.clear();
    QCOMPARE(said(), u"ValidationException Name"_s);
    request.name = u"/x"_s;
    QCOMPARE(said(), u"ValidationException DataType"_s);
    request.dataType.reset();
    request.overwrite = false;
    QCOMPARE(said(), u"ParameterAlreadyExists Name"_s);
    request.overwrite = true;
    QCOMPARE(said(), u"HierarchyTypeMismatchException Type"_s);
    request.type.reset();
    QCOMPARE(said(), u"ValidationException KeyId"_s);
    request.keyId.reset();
    QVERIFY(toQString(b.put(request).error().message).contains(u"4096"_s));
    request.value = u"{{x}}"_s;
    QVERIFY(toQString(b.put(request).error().message).contains(u"nest"_s));
    request.value = u"y"_s;
    QCOMPARE(said(), u"InvalidAllowedPatternException AllowedPattern"_s);
    request.allowedPattern = u"z"_s;
    QCOMPARE(said(), u"ParameterPatternMismatchException Value"_s);
    request.allowedPattern.reset();
    QCOMPARE(said(), u"ValidationException Policies"_s);
    request.policies.reset();
    QCOMPARE(said(), u"fine"_s);
}

void tst_ParameterService::tiers_data()
{
    QTest::addColumn<QString>("requested"); // empty: absent
    QTest::addColumn<QString>("existing");
    QTest::addColumn<QString>("byDefault");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("policies");
    QTest::addColumn<bool>("full");
    QTest::addColumn<QString>("tier"); // or the code
    const auto row = [](const char *name, const char *requested, const char *existing, const char *byDefault,
                        int bytes, bool policies, bool full, const char *tier) {
        QTest::addRow("%s", name) << QString::fromLatin1(requested) << QString::fromLatin1(existing)
                                  << QString::fromLatin1(byDefault) << bytes << policies << full
                                  << QString::fromLatin1(tier);
    };
    row("standard, new", "Standard", "", "Advanced", 1, false, false, "Standard");
    row("standard of advanced", "Standard", "Advanced", "Standard", 1, false, false, "ValidationException");
    row("advanced, new", "Advanced", "", "Standard", 1, false, false, "Advanced");
    row("advanced of standard", "Advanced", "Standard", "Standard", 1, false, false, "Advanced");
    row("intelligent, small", "Intelligent-Tiering", "", "Standard", 4096, false, false, "Standard");
    row("intelligent, large", "Intelligent-Tiering", "", "Standard", 4097, false, false, "Advanced");
    row("intelligent, policies", "Intelligent-Tiering", "Standard", "Standard", 1, true, false, "Advanced");
    row("intelligent, full", "Intelligent-Tiering", "", "Standard", 1, false, true, "Advanced");
    row("intelligent of advanced", "Intelligent-Tiering", "Advanced", "Standard", 1, false, false,
        "Advanced");
    row("absent, new, default", "", "", "Standard", 1, false, false, "Standard");
    row("absent, new, default advanced", "", "", "Advanced", 1, false, false, "Advanced");
    row("absent, new, default intelligent", "", "", "Intelligent-Tiering", 5000, false, false, "Advanced");
    row("absent, of standard, default advanced", "", "Standard", "Advanced", 1, false, false, "Standard");
    row("absent, of standard, default intelligent", "", "Standard", "Intelligent-Tiering", 5000, false, false,
        "Advanced");
    row("absent, of advanced", "", "Advanced", "Standard", 1, false, false, "Advanced");
}

void tst_ParameterService::tiers()
{
    QFETCH(QString, requested);
    QFETCH(QString, existing);
    QFETCH(QString, byDefault);
    QFETCH(int, bytes);
    QFETCH(bool, policies);
    QFETCH(bool, full);
    QFETCH(QString, tier);
    const auto named = [](const QString &text) {
        return text.isEmpty() ? std::nullopt : std::optional(*enumNamed<ParameterTier>(text, {}));
    };
    const auto resolved = resolveTier({.requested = named(requested),
                                       .existing = named(existing),
                                       .byDefault = *named(byDefault),
                                       .valueBytes = bytes,
                                       .hasPolicies = policies,
                                       .standardIsFull = full});
    QCOMPARE(resolved ? enumName(*resolved) : codeOf(resolved.error()), tier);
}

// [parameter-store 8.12] and the bytes of section 7
void tst_ParameterService::sizes()
{
    ParameterBench b(u"sqlite"_s);
    PutParameterRequest request {.name = u"/x"_s,
                                 .value = QString(4096, u'v'),
                                 .type = ParameterKind::String,
                                 .tier = ParameterTier::IntelligentTiering};
    QCOMPARE(b.put(request)->tier, ParameterTier::Standard);
    request.overwrite = true;
    request.value = QString(4097, u'v');
    QCOMPARE(b.put(request)->tier, ParameterTier::Advanced);
    request.tier = ParameterTier::Standard;
    request.value = u"v"_s;
    QCOMPARE(codeOf(b.put(request)), u"ValidationException"_s);
    QCOMPARE(b.get(u"/x"_s)->version, 2);
    request.tier.reset();
    request.value = QString(8193, u'v');
    const auto large = b.put(request);
    QCOMPARE(codeOf(large), u"ValidationException"_s);
    QVERIFY(toQString(large.error().message).contains(u"8192 bytes; this value has 8193"_s));
    // bytes count, not characters
    const auto wide = b.put(u"/y"_s, QString(1366, QChar(0x3042)));
    QCOMPARE(codeOf(wide), u"ValidationException"_s);
    QVERIFY(toQString(wide.error().message).contains(u"this value has 4098"_s));
    QVERIFY(toQString(wide.error().message).contains(u"Advanced"_s));
    QVERIFY(b.put(u"/y"_s, QString(1365, QChar(0x3042)) + u'a'));
    QVERIFY(b.put(u"/z"_s, u"{ {x} }"_s)); // [parameter-store 8.26]
    QCOMPARE(b.value(u"/z"_s), u"{ {x} }"_s);
}

void tst_ParameterService::quotas()
{
    ParameterBench b(u"sqlite"_s, {.standard = 2, .advanced = 1});
    QVERIFY(b.put(u"/1"_s, u"v"_s));
    QVERIFY(b.put(u"/2"_s, u"v"_s));
    QCOMPARE(codeOf(b.put(u"/3"_s, u"v"_s)), u"ParameterLimitExceeded"_s);
    QVERIFY(b.overwrite(u"/2"_s, u"w"_s)); // is not one more
    PutParameterRequest request {.name = u"/3"_s,
                                 .value = u"v"_s,
                                 .type = ParameterKind::String,
                                 .tier = ParameterTier::IntelligentTiering};
    QCOMPARE(b.put(request)->tier, ParameterTier::Advanced);
    request.name = u"/4"_s;
    QCOMPARE(codeOf(b.put(request)), u"ParameterLimitExceeded"_s);
    QVERIFY(b.service().deleteParameter(b.alice, u"/3"_s));
    QVERIFY(b.put(request));
}

// [parameter-store 8.13]
void tst_ParameterService::patterns()
{
    ParameterBench b(u"sqlite"_s);
    PutParameterRequest request {
        .name = u"/n"_s, .value = u"12a"_s, .type = ParameterKind::String, .allowedPattern = u"\\d+"_s};
    const auto mismatch = b.put(request);
    QCOMPARE(codeOf(mismatch), u"ParameterPatternMismatchException"_s);
    QVERIFY(toQString(mismatch.error().message).contains(u"\\d+"_s));
    QVERIFY(toQString(mismatch.error().message).contains(u"/n"_s));
    QVERIFY(!toQString(mismatch.error().message).contains(u"12a"_s));
    request.value = u"12"_s;
    QVERIFY(b.put(request));
    QCOMPARE(codeOf(b.overwrite(u"/n"_s, u"x"_s)), u"ParameterPatternMismatchException"_s);
    QCOMPARE(codeOf(b.overwrite(u"/n"_s, u"12\n"_s)), u"ParameterPatternMismatchException"_s); // a full match
    QCOMPARE(b.overwrite(u"/n"_s, u"13"_s)->version, 2);
    // each item of a list
    request = {
        .name = u"/l"_s, .value = u"1,2,x"_s, .type = ParameterKind::StringList, .allowedPattern = u"\\d*"_s};
    QCOMPARE(codeOf(b.put(request)), u"ParameterPatternMismatchException"_s);
    request.value = u"1,,3"_s;
    QVERIFY(b.put(request));
    QCOMPARE(b.value(u"/l"_s), u"1,,3"_s);
    // the wider alternative is not cut off by the anchors
    QVERIFY(b.put(
        {.name = u"/alt"_s, .value = u"ab"_s, .type = ParameterKind::String, .allowedPattern = u"a|ab"_s}));
}

void tst_ParameterService::costlyPattern()
{
    ParameterBench b(u"sqlite"_s);
    const auto put = b.put({.name = u"/x"_s,
                            .value = QString(60, u'a') + u'!',
                            .type = ParameterKind::String,
                            .allowedPattern = u"(a+)+$"_s});
    QCOMPARE(codeOf(put), u"InvalidAllowedPatternException"_s);
    QCOMPARE(b.value(u"/x"_s), u"ParameterNotFound"_s);
}

void tst_ParameterService::dataTypes()
{
    ParameterBench b(u"sqlite"_s);
    PutParameterRequest request {.name = u"/image"_s,
                                 .value = u"ami-12345678"_s,
                                 .type = ParameterKind::String,
                                 .dataType = u"aws:ec2:image"_s};
    QVERIFY(b.put(request));
    request.overwrite = true;
    for (const QString &wrong :
         {u"ami-1234567"_s, u"ami-1234567G"_s, u"AMI-12345678"_s, u"ami-123456789"_s}) {
        request.value = wrong;
        QCOMPARE(codeOf(b.put(request)), u"ValidationException"_s);
    }
    QVERIFY(b.overwrite(u"/image"_s, u"ami-0123456789abcdef0"_s)); // the data type is kept
    QCOMPARE(b.get(u"/image"_s)->dataType, u"aws:ec2:image"_s);
    QCOMPARE(codeOf(b.overwrite(u"/image"_s, u"none"_s)), u"ValidationException"_s);
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

// Nothing is left of a write that the disk refused: no version, no event, no entry.
void tst_ParameterService::fullDisk()
{
    FailingDisk disk;
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    disk.failAfter(0, FailingDisk::Fault::Full);
    QVERIFY(!b.overwrite(u"/x"_s, QString(4000, u'w')));
    disk.heal();
    QTRY_VERIFY(!b.db->isReadOnly());
    QCOMPARE(b.value(u"/x"_s), u"v"_s);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), 1);
    QCOMPARE(b.overwrite(u"/x"_s, u"w"_s)->version, 2);
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
