// PutParameter: what it refuses and in which order, tiers, sizes, quotas, patterns.

#include "tests/support/failing_disk.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(fb::PutParameterRequest)

class tst_ParameterPut : public QObject
{
    Q_OBJECT

private slots:
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
    void fullDisk();
};

void tst_ParameterPut::refusedPuts_data()
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

void tst_ParameterPut::refusedPuts()
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
void tst_ParameterPut::order()
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

void tst_ParameterPut::tiers_data()
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

void tst_ParameterPut::tiers()
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
void tst_ParameterPut::sizes()
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

void tst_ParameterPut::quotas()
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
void tst_ParameterPut::patterns()
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

void tst_ParameterPut::costlyPattern()
{
    ParameterBench b(u"sqlite"_s);
    const auto put = b.put({.name = u"/x"_s,
                            .value = QString(60, u'a') + u'!',
                            .type = ParameterKind::String,
                            .allowedPattern = u"(a+)+$"_s});
    QCOMPARE(codeOf(put), u"InvalidAllowedPatternException"_s);
    QCOMPARE(b.value(u"/x"_s), u"ParameterNotFound"_s);
}

void tst_ParameterPut::dataTypes()
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

// Nothing is left of a write that the disk refused: no version, no event, no entry.
void tst_ParameterPut::fullDisk()
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

FB_TEST(tst_ParameterPut)
#include "tst_parameter_put.moc"
