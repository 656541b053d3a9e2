// The chart card and its time range: keys, zoom, legend, pace, theme, export.
#include "tests/support/test_main.h"
#include "ui/charts/chart_area.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/range_field.h"
#include "ui/theme/flagbridge_style.h"

#include <QAction>
#include <QApplication>
#include <QChart>
#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QLineSeries>
#include <QSignalSpy>
#include <QTest>
#include <QXYSeries>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Charts : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void drawsGapsAndStyles();
    void keysMoveTheCursor();
    void dragZoomsAndDoubleClickResets();
    void updatesAtMostTwiceASecond();
    void legendToggles();
    void followsTheTheme();
    void exportsPictureAndValues();
    void hostileNames();
    void rangeFieldReadsText();

private:
    const Instant m_now = fromMicros(1790000000000000);

    ChartSeries series(const QString &name, double base) const
    {
        ChartSeries series {name, {}};
        for (int minute = 180; minute >= 0; --minute) {
            if (minute < 100 || minute > 110)
                series.points.append({m_now - std::chrono::minutes(minute), base + minute % 7});
        }
        return series;
    }

    std::unique_ptr<LineChart> chart(int count = 1) const
    {
        auto chart
            = std::make_unique<LineChart>(u"chart"_s, u"How busy are the processors?"_s, ChartUnit::Percent);
        chart->resize(700, 260);
        chart->setRange(m_now - 3h, m_now);
        QList<ChartSeries> all;
        for (int i = 0; i < count; ++i)
            all << series(u"node %1"_s.arg(i), 10 + 12 * i);
        chart->setSeries(all);
        chart->show();
        return chart;
    }
};

void tst_Charts::drawsGapsAndStyles()
{
    const auto shown = chart(8);
    QTRY_COMPARE(shown->shownSeries().size(), 6);
    const QList<QAbstractSeries *> lines = shown->area().chart()->series();
    QCOMPARE(lines.size(), 12); // a gap of ten minutes parts each line in two
    QCOMPARE(static_cast<QXYSeries *>(lines[0])->pen().style(), Qt::SolidLine);
    QCOMPARE(static_cast<QXYSeries *>(lines[2])->pen().style(), Qt::SolidLine);
    for (int i = 4; i < 12; ++i) // from the third series on, not by colour alone
        QCOMPARE(static_cast<QXYSeries *>(lines[i])->pen().style(), Qt::CustomDashLine);
    QCOMPARE(shown->area().chart()->animationOptions(), QChart::NoAnimation);
}

void tst_Charts::keysMoveTheCursor()
{
    const auto shown = chart(1);
    ChartArea &area = shown->area();
    QTRY_COMPARE(shown->shownSeries().size(), 1);
    area.setFocus();
    QVERIFY(area.cursorText().isEmpty());
    QTest::keyClick(&area, Qt::Key_End);
    QVERIFY2(area.cursorText().contains(u"10%"_s), qPrintable(area.cursorText()));
    QCOMPARE(area.accessibleDescription(), area.cursorText());
    QTest::keyClick(&area, Qt::Key_Left);
    QVERIFY2(area.cursorText().contains(u"11%"_s), qPrintable(area.cursorText()));
    QTest::keyClick(&area, Qt::Key_Home);
    QVERIFY(area.cursorText().contains(u"15%"_s)); // 180 % 7 = 5
    QTest::keyClick(&area, Qt::Key_Escape);
    QVERIFY(area.cursorText().isEmpty());
    QVERIFY(shown->area().accessibleName().contains(u"between 10% and 16%"_s));
}

void tst_Charts::dragZoomsAndDoubleClickResets()
{
    const auto shown = chart(1);
    QVERIFY(QTest::qWaitForWindowExposed(shown.get()));
    QSignalSpy chosen(shown.get(), &LineChart::rangeChosen);
    QSignalSpy reset(shown.get(), &LineChart::rangeReset);
    ChartArea &area = shown->area();
    const QRectF plot = area.chart()->plotArea();
    const auto at = [&](double share) {
        return QPointF(plot.left() + plot.width() * share, plot.center().y()).toPoint();
    };
    QTest::mousePress(area.viewport(), Qt::LeftButton, {}, at(0.25));
    QTest::mouseMove(area.viewport(), at(0.5));
    QTest::mouseRelease(area.viewport(), Qt::LeftButton, {}, at(0.5));
    QCOMPARE(chosen.size(), 1);
    const auto from = chosen[0][0].value<Instant>();
    const auto to = chosen[0][1].value<Instant>();
    QVERIFY(std::abs(((m_now - 3h + 45min) - from).count()) < 60'000'000);
    QVERIFY(std::abs(((m_now - 90min) - to).count()) < 60'000'000);
    QTest::mouseClick(area.viewport(), Qt::LeftButton, {}, at(0.7)); // no drag
    QCOMPARE(chosen.size(), 1);
    QTest::mouseDClick(area.viewport(), Qt::LeftButton, {}, at(0.5));
    QCOMPARE(reset.size(), 1);
    QTest::keyClick(&area, Qt::Key_Plus);
    QCOMPARE(chosen.size(), 2);
    QTest::keyClick(&area, Qt::Key_Minus);
    QCOMPARE(reset.size(), 2);
}

void tst_Charts::updatesAtMostTwiceASecond()
{
    const auto shown = chart(1);
    const int before = shown->updates();
    QElapsedTimer time;
    time.start();
    int calls = 0;
    while (time.elapsed() < 1200) {
        shown->setSeries({series(u"node"_s, ++calls % 50)});
        QTest::qWait(5);
    }
    QVERIFY(calls > 20);
    const int most = static_cast<int>(time.elapsed() / 500) + 1;
    QVERIFY2(shown->updates() - before <= most, qPrintable(QString::number(shown->updates() - before)));
    QTRY_COMPARE(shown->shownSeries()[0].points[0].value, series({}, calls % 50).points[0].value);
}

void tst_Charts::legendToggles()
{
    const auto shown = chart(3);
    QTRY_COMPARE(shown->shownSeries().size(), 3);
    const auto entries = shown->findChildren<QAbstractButton *>();
    QAbstractButton *second = nullptr;
    for (QAbstractButton *entry : entries)
        second = entry->text() == u"node 1" ? entry : second;
    QVERIFY(second && !second->accessibleName().isEmpty());
    QTest::keyClick(second, Qt::Key_Space);
    QCOMPARE(shown->shownSeries().size(), 2);
    QCOMPARE(shown->shownSeries()[1].name, u"node 2"_s);
    // The others keep their colours.
    QCOMPARE(static_cast<QXYSeries *>(shown->area().chart()->series()[2])->pen().color(),
             themeOf(shown.get()).series(2));
    QTest::keyClick(second, Qt::Key_Space);
    QCOMPARE(shown->shownSeries().size(), 3);
}

void tst_Charts::followsTheTheme()
{
    const auto shown = chart(1);
    QTRY_COMPARE(shown->shownSeries().size(), 1);
    auto *style = qobject_cast<FlagbridgeStyle *>(QApplication::style());
    const auto color
        = [&] { return static_cast<QXYSeries *>(shown->area().chart()->series()[0])->pen().color(); };
    const QColor light = color();
    style->setTheme(Theme(Scheme::Dark, style->theme().interfaceFont()));
    QTRY_VERIFY(color() != light);
    QCOMPARE(color(), style->theme().series(0));
    style->setTheme(Theme(Scheme::Light, style->theme().interfaceFont()));
    QTRY_COMPARE(color(), light);
}

void tst_Charts::exportsPictureAndValues()
{
    const auto shown = chart(2);
    QTRY_COMPARE(shown->shownSeries().size(), 2);
    QVERIFY(QTest::qWaitForWindowExposed(shown.get()));
    QCOMPARE(shown->picture().size(), shown->size() * 2);
    shown->findChild<QAction *>(u"chartCopyCsv"_s)->trigger();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + series({}, 0).points.size());
    QVERIFY(lines[0].contains(u"node 1"_s));
}

void tst_Charts::hostileNames()
{
    // [U01] markup, text direction, ten thousand characters
    auto shown = std::make_unique<LineChart>(u"chart"_s, u"Disks"_s, ChartUnit::Percent);
    shown->resize(600, 260);
    shown->setRange(m_now - 3h, m_now);
    shown->setSeries(
        {series(u"<b>/data</b>"_s, 10), series(u"a\u202eb\nc"_s, 20), series(QString(10000, u'x'), 30)});
    shown->show();
    QTRY_COMPARE(shown->shownSeries().size(), 3);
    QTest::keyClick(&shown->area(), Qt::Key_End);
    const QString said = shown->area().cursorText();
    QVERIFY(said.contains(u"<b>/data</b>"_s));
    QVERIFY(!said.contains(QChar(0x202e)));
    QVERIFY(said.size() < 400);
    QVERIFY(shown->sizeHint().width() < 3000);
    QVERIFY(!shown->picture().isNull());
}

void tst_Charts::rangeFieldReadsText()
{
    RangeField field(u"range"_s, [this] { return m_now; });
    field.show();
    QSignalSpy changed(&field, &RangeField::rangeChanged);
    auto *edit = field.findChild<QLineEdit *>(u"rangeEdit"_s);
    QCOMPARE(edit->text(), u"last 3 h"_s);
    edit->selectAll();
    QTest::keyClicks(edit, u"last 30 min"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(field.range().last, Microseconds(30min));
    edit->selectAll();
    QTest::keyClicks(edit, u"last 30 moons"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(field.problem().contains(u"moons"_s));
    QCOMPARE(edit->accessibleDescription(), field.problem());
    QCOMPARE(field.range().last, Microseconds(30min)); // the last good one stays
    QCOMPARE(changed.size(), 1);
}

FB_TEST(tst_Charts)

}

#include "tst_charts.moc"
