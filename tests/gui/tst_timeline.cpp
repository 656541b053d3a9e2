// The timeline: its texts, keys and live growth.
#include "tests/support/test_main.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/timeline.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Timeline : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void copiesAndOpens();
    void newEntriesKeepTheCurrentOne();
    void hostileTexts();

private:
    TimelineEntry entry(int minute, const QString &text, const QString &address = {}) const
    {
        return {
            m_start + std::chrono::minutes(minute), Icon::Success, Tone::Success, text, u"by a"_s, address};
    }

    const Instant m_start = fromMicros(1790000000000000);
};

void tst_Timeline::copiesAndOpens()
{
    Timeline list(u"history"_s);
    list.resize(500, 300);
    list.setEntries({entry(3, u"third"_s, u"run-command/x"_s), entry(2, u"second"_s), entry(1, u"first"_s)});
    list.show();
    list.setFocus();
    QSignalSpy opened(&list, &Timeline::opened);
    list.setCurrentIndex(list.model()->index(1, 0));
    QTest::keyClick(&list, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"second  by a"_s));
    QTest::keyClick(&list, Qt::Key_Return); // leads nowhere
    QTest::keyClick(&list, Qt::Key_Up);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].toString(), u"run-command/x"_s);
    QVERIFY(list.model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"third by a"_s));
}

void tst_Timeline::newEntriesKeepTheCurrentOne()
{
    Timeline list(u"history"_s);
    list.setEntries({entry(2, u"second"_s), entry(1, u"first"_s)});
    list.setCurrentIndex(list.model()->index(1, 0));
    list.setEntries(
        {entry(4, u"fourth"_s), entry(3, u"third"_s), entry(2, u"second"_s), entry(1, u"first"_s)});
    QCOMPARE(list.count(), 4);
    QCOMPARE(list.currentIndex().row(), 3);
    QCOMPARE(list.currentIndex().data().toString(), u"first"_s);
    list.setEntries({});
    QCOMPARE(list.count(), 0);
}

void tst_Timeline::hostileTexts()
{
    // [U01] [U04]
    Timeline list(u"history"_s);
    list.resize(400, 300);
    list.setEntries({entry(3, u"<img src=x>\u202eevil\nline"_s), entry(2, QString(10000, u'w'))});
    list.show();
    const QString shown = list.model()->index(0, 0).data().toString();
    QVERIFY(shown.startsWith(u"<img"_s));
    QVERIFY(!shown.contains(QChar(0x202e)) && !shown.contains(u'\n'));
    QVERIFY(list.visualRect(list.model()->index(1, 0)).height() < 200);
    QVERIFY(!list.grab().isNull());
}

FB_TEST(tst_Timeline)

}

#include "tst_timeline.moc"
