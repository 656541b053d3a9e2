#include "backend/base/field_table.h"

#include "backend/base/csv.h"
#include "backend/core/ids.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace fb {

enum class Mood { Calm, Busy };
constexpr auto namesOf(const Mood *)
{
    return std::array {EnumName<Mood> {Mood::Calm, "Calm"}, EnumName<Mood> {Mood::Busy, "VeryBusy"}};
}

struct SampleTarget {
    QString key;
    QStringList values;
    bool operator==(const SampleTarget &) const = default;
};
constexpr auto fieldsOf(const SampleTarget *)
{
    return fieldTable(field("Key", &SampleTarget::key).required().length(1, 8),
                      field("Values", &SampleTarget::values).items(0, 3).length(0, 5));
}

struct SampleRequest {
    QString name;
    bool active = true;
    int count = 1;
    qint64 bytes = 0;
    double share = 0.5;
    Mood mood = Mood::Calm;
    NodeId node;
    std::optional<Instant> at;
    std::chrono::seconds timeout {3600};
    QList<SampleTarget> targets;
    QMap<QString, QStringList> parameters;
    QString secret;
    QString comment;
    bool operator==(const SampleRequest &) const = default;
};
constexpr auto fieldsOf(const SampleRequest *)
{
    return fieldTable(
        field("Name", &SampleRequest::name).required().pattern("[a-z]+"),
        field("Active", &SampleRequest::active), field("Count", &SampleRequest::count).range(1, 50),
        field("Bytes", &SampleRequest::bytes), field("Share", &SampleRequest::share).range(0, 1),
        field("Mood", &SampleRequest::mood),
        field("InstanceId", &SampleRequest::node).omitEmpty().pattern("mi-[0-9a-f]{17}"),
        field("At", &SampleRequest::at), field("TimeoutSeconds", &SampleRequest::timeout).range(30, 2592000),
        field("Targets", &SampleRequest::targets).items(0, 2),
        field("Parameters", &SampleRequest::parameters).items(0, 2).length(0, 10),
        field("Secret", &SampleRequest::secret).secret(),
        field("Comment", &SampleRequest::comment).omitEmpty().oneOf("yes", "no"));
}

}

class tst_FieldTable : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void missingMembersKeepTheirDefaults();
    void refusals_data();
    void refusals();
    void validatesWithoutJson();
    void enums();
    void unknownMembers();
    void csv();
    void diff();
};

namespace {
SampleRequest sample()
{
    SampleRequest request;
    request.name = u"patch"_s;
    request.active = false;
    request.count = 7;
    request.bytes = 1LL << 50;
    request.share = 0.25;
    request.mood = Mood::Busy;
    request.node = NodeId("mi-0123456789abcdef0");
    request.at = fromMicros(1'764'067'327'123'457);
    request.timeout = 10min;
    request.targets = {{.key = u"tag:Env"_s, .values = {u"prod"_s, u"日本"_s}}};
    request.parameters = {{u"commands"_s, {u"ls"_s}}};
    request.secret = u"s3cret"_s;
    request.comment = u"yes"_s;
    return request;
}

QJsonObject json(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }
}

void tst_FieldTable::roundTrip()
{
    const QJsonObject written = toJson(sample());
    QCOMPARE(written.value(u"Mood"_s).toString(), u"VeryBusy"_s);
    QCOMPARE(written.value(u"TimeoutSeconds"_s).toInt(), 600);
    QVERIFY(
        qFuzzyCompare(written.value(u"At"_s).toDouble(), 1764067327.123457)); // seconds, as AWS writes times
    const QByteArray text = QJsonDocument(written).toJson();
    const auto back = fromJson<SampleRequest>(json(text));
    QVERIFY2(back, back ? "" : back.error().message.c_str());
    QVERIFY(*back == sample());
    const QJsonObject plain = toJson(SampleRequest());
    QVERIFY(!plain.contains(u"At"_s));
    QVERIFY(!plain.contains(u"Comment"_s));
    QVERIFY(!plain.contains(u"InstanceId"_s));
    QVERIFY(plain.contains(u"Targets"_s));
}

void tst_FieldTable::missingMembersKeepTheirDefaults()
{
    const auto read = fromJson<SampleRequest>(json(R"({"Name":"a","At":null,"Mystery":1})"));
    QVERIFY(read);
    QCOMPARE(read->timeout, std::chrono::seconds(3600));
    QVERIFY(!read->at);
    QVERIFY(read->active);
}

void tst_FieldTable::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *member, const char *field, const char *message) {
        QTest::addRow("%s", name) << QByteArray(R"({"Name":"a",)") + member + '}' << QString::fromUtf8(field)
                                  << QString::fromUtf8(message);
    };
    QTest::addRow("missing") << QByteArray("{}") << u"Name"_s << u"Name is missing; it is required."_s;
    QTest::addRow("empty") << QByteArray(R"({"Name":""})") << u"Name"_s
                           << u"Name is missing; it is required."_s;
    QTest::addRow("pattern") << QByteArray(R"({"Name":"A1"})") << u"Name"_s
                             << u"Name is 'A1'; it must match [a-z]+."_s;
    QTest::addRow("pattern and a newline")
        << QByteArray(R"({"Name":"a\n"})") << u"Name"_s << u"Name is 'a\n'; it must match [a-z]+."_s;
    row("below", R"("TimeoutSeconds":29)", "TimeoutSeconds",
        "TimeoutSeconds is 29; it must be 30 to 2592000.");
    row("above", R"("Count":51)", "Count", "Count is 51; it must be 1 to 50.");
    row("fraction for a whole number", R"("Count":1.5)", "Count", "Count is 1.5; it must be a whole number.");
    row("beyond int", R"("Count":3000000000)", "Count",
        "Count is 3000000000; it must be -2147483648 to 2147483647.");
    row("beyond double", R"("Bytes":1e300)", "Bytes", nullptr);
    row("share", R"("Share":1.25)", "Share", "Share is 1.25; it must be 0 to 1.");
    row("text for a number", R"("Count":"7")", "Count", "Count is the text '7'; it must be a whole number.");
    row("number for a text", R"("Secret":7)", "Secret", "Secret is 7; it must be a text.");
    row("text for a flag", R"("Active":"true")", "Active",
        "Active is the text 'true'; it must be true or false.");
    row("enum", R"("Mood":"busy")", "Mood", "Mood is 'busy'; it must be one of Calm, VeryBusy.");
    row("choice", R"("Comment":"maybe")", "Comment", "Comment is 'maybe'; it must be one of yes, no.");
    row("time", R"("At":"today")", "At", "At is the text 'today'; it must be a time in seconds since 1970.");
    row("id", R"("InstanceId":"mi-../../etc")", "InstanceId",
        "InstanceId is 'mi-../../etc'; it must match mi-[0-9a-f]{17}.");
    row("list", R"("Targets":{})", "Targets", "Targets is an object; it must be a list.");
    row("too many", R"("Targets":[{"Key":"a"},{"Key":"b"},{"Key":"c"}])", "Targets",
        "Targets has 3 items; it must have 0 to 2.");
    row("inside a list", R"("Targets":[{"Key":"a"},{"Key":"123456789"}])", "Targets[1].Key",
        "Targets[1].Key has 9 characters; it must have 1 to 8.");
    row("inside a list in a list", R"("Targets":[{"Key":"a","Values":["12345","123456"]}])",
        "Targets[0].Values[1]", "Targets[0].Values[1] has 6 characters; it must have 0 to 5.");
    row("wrong type inside", R"("Targets":[{"Key":"a","Values":["x",{}]}])", "Targets[0].Values[1]",
        "Targets[0].Values[1] is an object; it must be a text.");
    row("map", R"("Parameters":{"commands":["ls","12345678901"]})", "Parameters.commands[1]",
        "Parameters.commands[1] has 11 characters; it must have 0 to 10.");
    row("map of the wrong type", R"("Parameters":{"commands":"ls"})", "Parameters.commands",
        "Parameters.commands is the text 'ls'; it must be a list.");
    row("too large a map", R"("Parameters":{"a":[],"b":[],"c":[]})", "Parameters",
        "Parameters has 3 items; it must have 0 to 2.");
}

void tst_FieldTable::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, field);
    QFETCH(QString, message);
    const auto read = fromJson<SampleRequest>(json(text));
    QVERIFY(!read);
    QVERIFY(read.error().code == errors::kValidation);
    QCOMPARE(toQString(read.error().field), field);
    if (!message.isEmpty())
        QCOMPARE(toQString(read.error().message), message);
}

void tst_FieldTable::validatesWithoutJson()
{
    SampleRequest request = sample();
    QVERIFY(validate(request));
    request.targets[0].key = u"日本日本日本日本"_s; // characters, not bytes
    QVERIFY(validate(request));
    request.targets[0].key = QString(100, u'x');
    const auto refused = validate(request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().field, std::string("Targets[0].Key"));
}

void tst_FieldTable::enums()
{
    QCOMPARE(enumName(Mood::Busy), u"VeryBusy"_s);
    QVERIFY(*enumNamed<Mood>(u"Calm"_s, u"Mood"_s) == Mood::Calm);
    QCOMPARE(enumNamed<Mood>(u"calm"_s, u"Mood"_s).error().field, std::string("Mood"));
    QCOMPARE(enumName(static_cast<Mood>(9)), QString());
}

void tst_FieldTable::unknownMembers()
{
    QCOMPARE(unknownMember<SampleTarget>(json(R"({"Key":"a","Vales":[]})")), u"Vales"_s);
    QCOMPARE(unknownMember<SampleTarget>(json(R"({"Key":"a"})")), QString());
}

void tst_FieldTable::csv()
{
    const QStringList header = csvHeader<SampleRequest>();
    const QStringList row = csvRow(sample());
    QCOMPARE(header.size(), row.size());
    QVERIFY(!header.contains(u"Secret"_s));
    QVERIFY(!row.contains(u"s3cret"_s));
    QCOMPARE(row.at(header.indexOf(u"Mood"_s)), u"VeryBusy"_s);
    QCOMPARE(row.at(header.indexOf(u"Count"_s)), u"7"_s);
    QCOMPARE(row.at(header.indexOf(u"Targets"_s)),
             u"[{\"Key\":\"tag:Env\",\"Values\":[\"prod\",\"日本\"]}]"_s);
}

void tst_FieldTable::diff()
{
    SampleRequest after = sample();
    QVERIFY(auditDiff(sample(), after).isEmpty());
    after.count = 8;
    after.secret = u"other"_s;
    const QJsonObject changes = auditDiff(sample(), after);
    QCOMPARE(QJsonDocument(changes).toJson(QJsonDocument::Compact),
             QByteArray(R"({"Count":{"from":7,"to":8},"Secret":{"from":"***","to":"***"}})"));
}

FB_TEST(tst_FieldTable)
#include "tst_field_table.moc"
