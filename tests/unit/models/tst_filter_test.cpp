#include "models/nodes/fleet/node_table_model.h"
#include "models/table/filter_suggest.h"
#include "models/table/filter_test.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QTimeZone>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The operator language of filters (ux.md 3): values are compared as what they are.
class tst_FilterTest : public QObject
{
    Q_OBJECT
private slots:
    void accepts_data();
    void accepts();
    void problems_data();
    void problems();
    void agesMoveOn();
    void anyText();
    void readsTitles_data();
    void readsTitles();
    void suggests_data();
    void suggests();
};

namespace {
const Instant kFilterNow = fromMicros(1'790'000'000'000'000); // 2026-09-21 14:13:20 UTC

FilterToken tokenOf(const QString &text) { return *FilterToken::parse(u"x"_s + text); }

NodeTableModel &fleet()
{
    static NodeTableModel model;
    if (model.totalRows() == 0) {
        model.setNow(kFilterNow);
        model.applyNodes(FakeFleetSource::sampleFleet(kFilterNow));
    }
    return model;
}
}

void tst_FilterTest::accepts_data()
{
    QTest::addColumn<FilterType>("type");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QVariant>("value"); // text, number, or seconds before now
    QTest::addColumn<bool>("accepted");
    const auto row = [](FilterType type, const char *token, const QVariant &value, bool accepted) {
        QTest::addRow("%d %s %s", int(type), token, qPrintable(value.toString()))
            << type << QString::fromUtf8(token) << value << accepted;
    };
    row(FilterType::Text, "=web", u"Web"_s, true);
    row(FilterType::Text, "=web", u"web-1"_s, false);
    row(FilterType::Text, "!=web", u"web-1"_s, true);
    row(FilterType::Text, "~WEB", u"my web-1"_s, true);
    row(FilterType::Text, "!~web", u"my web-1"_s, false);
    row(FilterType::Text, "=a,b", u"b"_s, true);
    row(FilterType::Text, "!=a,b", u"b"_s, false);
    row(FilterType::Number, "<10", 9, true);
    row(FilterType::Number, "<10", 10, false); // as numbers: "10" < "9" as text
    row(FilterType::Number, ">=1,000", 1000, true);
    row(FilterType::Number, "=5", 5, true);
    row(FilterType::Number, "<10", QVariant(), false); // no value is not small
    row(FilterType::Percent, ">80%", 0.81, true);
    row(FilterType::Percent, ">80%", 0.804, false); // shown as 80%
    row(FilterType::Percent, "=80", 0.804, true);
    row(FilterType::Size, ">10 MiB", 10.5 * 1024 * 1024, true);
    row(FilterType::Size, "<1k", 1023, true);
    row(FilterType::Size, "<1k", 1024, false);
    row(FilterType::Version, ">3.9", u"3.10"_s, true);
    row(FilterType::Version, "<3.9", u"3.10"_s, false);
    row(FilterType::Version, "<=3.10", u"3.10"_s, true);
    row(FilterType::Version, "<3.10.1", u"3.10"_s, true);
    row(FilterType::Version, ">10.9.0.1", u"10.10.0.1"_s, true); // an address
    row(FilterType::Version, "=3.10", u"3.10"_s, true);
    row(FilterType::Version, "<1", QString(), false);
    row(FilterType::Time, "<5 min ago", 299, true);
    row(FilterType::Time, "<5 min ago", 300, false);
    row(FilterType::Time, ">5 min ago", 301, true);
    row(FilterType::Time, "<5m", 299, true);
    row(FilterType::Time, ">1 h", 3601, true);
    row(FilterType::Time, ">2 days ago", 86400, false);
    row(FilterType::Time, "<1 week ago", 86400, true);
    row(FilterType::Time, "<5 分前", 299, true);
    row(FilterType::Time, "<in 7 days", -86400, true);
    row(FilterType::Time, "<in 7 days", -8 * 86400, false);
    row(FilterType::Time, ">in 7 days", -8 * 86400, true);
    row(FilterType::Time, "<2026-09-21", 86400, true);
    row(FilterType::Time, "<2026-09-21", 60, false);
    row(FilterType::Time, ">2026-09-20", 60, true);
    row(FilterType::Time, ">2026-09-21", 60, false); // still that day
    row(FilterType::Time, "<=2026-09-21", 60, true);
    row(FilterType::Time, "=2026-09-21", 60, true);
    row(FilterType::Time, "!=2026-09-21", 60, false);
    row(FilterType::Time, "=2026-09-20", 60, false);
    row(FilterType::Time, ">2026-09-21 14:00", 60, true);
    row(FilterType::Time, ">5 min ago", QVariant(), false); // never
}

void tst_FilterTest::accepts()
{
    QFETCH(FilterType, type);
    QFETCH(QString, token);
    QFETCH(QVariant, value);
    QFETCH(bool, accepted);
    const FilterTest test(tokenOf(token), {u"x"_s, u"X"_s, type});
    QVERIFY2(test.problem().isEmpty(), qPrintable(test.problem()));
    FilterValue of;
    if (type == FilterType::Text || type == FilterType::Version)
        of.texts = {value.toString()};
    else if (type == FilterType::Time && value.isValid())
        of.time = kFilterNow - std::chrono::seconds(value.toInt());
    else if (value.isValid())
        of.number = value.toDouble();
    QCOMPARE(test.accepts(of, kFilterNow), accepted);
}

void tst_FilterTest::problems_data()
{
    QTest::addColumn<FilterType>("type");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("says");
    QTest::addRow("words have no order") << FilterType::Text << u"<b"_s << u"X cannot be compared by order"_s;
    QTest::addRow("no number") << FilterType::Number << u"<many"_s << u"\"many\" is not understood"_s;
    QTest::addRow("no share") << FilterType::Percent << u">much"_s << u"80%"_s;
    QTest::addRow("no size") << FilterType::Size << u">10 parsecs"_s << u"10 MiB"_s;
    QTest::addRow("not a time") << FilterType::Time << u"<soon"_s << u"5 min ago"_s;
    QTest::addRow("no such day") << FilterType::Time << u"<2026-02-30"_s << u"is not a time"_s;
    QTest::addRow("equal to an age") << FilterType::Time << u"=5 min ago"_s << u"is not a day"_s;
    QTest::addRow("infinite") << FilterType::Number << u"<inf"_s << u"is not understood"_s;
    QTest::addRow("endless age") << FilterType::Time << u"<99999999999 days ago"_s << u"is not a time"_s;
}

void tst_FilterTest::problems()
{
    QFETCH(FilterType, type);
    QFETCH(QString, token);
    QFETCH(QString, says);
    const FilterTest test(tokenOf(token), {u"x"_s, u"X"_s, type});
    QVERIFY2(test.problem().contains(says), qPrintable(test.problem()));
    QVERIFY(!test.accepts({{u"b"_s}, 1.0, kFilterNow}, kFilterNow));
}

// A row leaves "< 5 min ago" when it is older, without a change of its own.
void tst_FilterTest::agesMoveOn()
{
    NodeTableModel model;
    model.setNow(kFilterNow);
    NodeRow row;
    row.id = u"mi-1"_s;
    row.lastPing = kFilterNow - 4min;
    model.applyNodes({row});
    model.setQuery({{}, {*FilterToken::parse(u"lastping<5 min ago"_s)}});
    QCOMPARE(model.rowCount(), 1);
    model.setNow(kFilterNow + 59s);
    QCOMPARE(model.rowCount(), 1);
    model.setNow(kFilterNow + 61s);
    QCOMPARE(model.rowCount(), 0);
    row.lastPing = kFilterNow + 60s;
    model.applyNodes({row});
    QCOMPARE(model.rowCount(), 1);
}

// Whatever is typed or pasted: an answer, never a crash, and what is kept as text is read back the same.
void tst_FilterTest::anyText()
{
    SeededRandom random(20);
    const QString letters = u"ab1%<>=!~,;\" :.前分tag-"_s;
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        const auto size = random.below(24);
        for (quint64 i = 0; i < size; ++i)
            text += letters[static_cast<qsizetype>(random.below(static_cast<quint64>(letters.size())))];
        const TableQuery query = TableQuery::fromText(text);
        for (const FilterToken &token : query.tokens) {
            QVERIFY2(FilterToken::parse(token.text()) == token, qPrintable(text + u" -> "_s + token.text()));
            for (const FilterType type : {FilterType::Text, FilterType::Number, FilterType::Percent,
                                          FilterType::Size, FilterType::Version, FilterType::Time})
                FilterTest(token, {token.key, u"X"_s, type})
                    .accepts({{u"1.2"_s}, 1.0, kFilterNow}, kFilterNow);
        }
        static_cast<void>(FilterSuggest::next(fleet(), text, 10));
        static_cast<void>(FilterSuggest::read(fleet(), text));
    }
}

void tst_FilterTest::readsTitles_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("problem");
    QTest::addRow("a title with a blank")
        << u"Last ping < 5 min ago"_s << u"lastping<5 min ago"_s << QString();
    QTest::addRow("its key") << u"lastping<5 min ago"_s << u"lastping<5 min ago"_s << QString();
    QTest::addRow("a tag") << u"tag:Env = prod"_s << u"tag:Env=prod"_s << QString();
    QTest::addRow("free text") << u"web tyo"_s << QString() << QString();
    QTest::addRow("an arrow in free text") << u"a->b"_s << QString() << QString();
    QTest::addRow("no such property") << u"colour = red"_s << QString() << u"Filter by one of: Name"_s;
    QTest::addRow("value missing") << u"Ping = "_s << QString() << u"A value is missing"_s;
    QTest::addRow("wrong value") << u"CPU > a lot"_s << QString() << u"\"a lot\" is not understood"_s;
}

void tst_FilterTest::readsTitles()
{
    QFETCH(QString, typed);
    QFETCH(QString, token);
    QFETCH(QString, problem);
    const auto read = FilterSuggest::read(fleet(), typed);
    QCOMPARE(read.token ? read.token->text() : QString(), token);
    QVERIFY2(read.problem.contains(problem) && read.problem.isEmpty() == problem.isEmpty(),
             qPrintable(read.problem));
}

void tst_FilterTest::suggests_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first"); // label and what is in the line then
    QTest::addRow("properties") << u"pla"_s << u"Platform|Platform = "_s;
    QTest::addRow("a time begins with <") << u"last"_s << u"Last ping|Last ping < "_s;
    QTest::addRow("tags that exist") << u"tag:r"_s << u"tag:role|tag:role = "_s;
    QTest::addRow("operators") << u"Platform "_s << u"Platform =|Platform = "_s;
    QTest::addRow("values, the most common first")
        << u"Platform = "_s << u"Debian GNU/Linux 12|Platform = Debian GNU/Linux 12"_s;
    QTest::addRow("values that hold it")
        << u"Platform = rocky"_s << u"Rocky Linux 9.5|Platform = Rocky Linux 9.5"_s;
    QTest::addRow("a second value") << u"tag:env = dev,pr"_s << u"prod|tag:env = dev, prod"_s;
    QTest::addRow("ages") << u"Last ping < "_s << u"5 min ago|Last ping < 5 min ago"_s;
    QTest::addRow("nothing of the kind") << u"zzz"_s << QString();
}

void tst_FilterTest::suggests()
{
    QFETCH(QString, typed);
    QFETCH(QString, first);
    const auto found = FilterSuggest::next(fleet(), typed, 10);
    QCOMPARE(found.isEmpty() ? QString() : found[0].label + u'|' + found[0].typed, first);
    QVERIFY(found.size() <= 10);
}

FB_TEST(tst_FilterTest)
#include "tst_filter_test.moc"
