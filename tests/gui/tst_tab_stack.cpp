#include "tests/support/test_main.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/tab_stack.h"

#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;

// Tabs by mouse, key and address.
class tst_TabStack : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void clicksAndKeys();
    void addresses();
    void foldsInANarrowWindow();

private:
    static QLabel *part(const QString &name)
    {
        auto *label = new QLabel(name);
        label->setObjectName(name);
        return label;
    }
    static void fill(TabStack &tabs)
    {
        tabs.addTab(u"summary"_s, u"Summary"_s, part(u"summary"_s));
        tabs.addTab(u"nodes"_s, u"Nodes"_s, part(u"nodes"_s));
        tabs.addTab(u"raw"_s, u"Raw"_s, part(u"raw"_s));
    }
};

void tst_TabStack::clicksAndKeys()
{
    TabStack tabs(u"bar"_s, u"Parts"_s);
    QSignalSpy changes(&tabs, &TabStack::currentChanged);
    fill(tabs);
    tabs.resize(400, 200);
    tabs.show();
    QCOMPARE(tabs.current(), u"summary"_s);
    changes.clear();
    auto *bar = tabs.findChild<QTabBar *>(u"bar"_s);
    QCOMPARE(bar->accessibleName(), u"Parts"_s);
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
    QCOMPARE(tabs.current(), u"nodes"_s);
    QVERIFY(tabs.findChild<QLabel *>(u"nodes"_s)->isVisible());
    bar->setFocus();
    QTest::keyClick(bar, Qt::Key_Right);
    QCOMPARE(changes.last().value(0).toString(), u"raw"_s);
    QVERIFY(!tabs.findChild<QLabel *>(u"nodes"_s)->isVisible());
    tabs.setTitle(u"nodes"_s, u"Nodes (3)"_s);
    QCOMPARE(bar->tabText(1), u"Nodes (3)"_s);
}

void tst_TabStack::addresses()
{
    TabStack tabs(u"bar"_s, u"Parts"_s);
    fill(tabs);
    ViewState view;
    tabs.writeTo(view);
    QCOMPARE(view.text(), QString()); // as it opens by itself
    tabs.setUsual(u"nodes"_s);
    QCOMPARE(tabs.current(), u"nodes"_s);
    tabs.writeTo(view);
    QCOMPARE(view.text(), QString());
    tabs.readFrom(ViewState::parse(u"tab=summary"_s));
    QCOMPARE(tabs.current(), u"summary"_s);
    tabs.writeTo(view);
    QCOMPARE(view.text(), u"tab=summary"_s);
    tabs.readFrom(ViewState::parse(u"tab=gone"_s)); // of an older version
    QCOMPARE(tabs.current(), u"nodes"_s);
}

// What has no room is in a menu; the tab that is shown always has room.
void tst_TabStack::foldsInANarrowWindow()
{
    TabStack tabs(u"bar"_s, u"Parts"_s);
    for (int i = 0; i < 12; ++i)
        tabs.addTab(u"part%1"_s.arg(i), u"Part number %1"_s.arg(i), part(u"content%1"_s.arg(i)));
    auto *bar = tabs.findChild<QTabBar *>(u"bar"_s);
    auto *more = tabs.findChild<QToolButton *>(u"barMore"_s);
    tabs.resize(4000, 200);
    tabs.show();
    QVERIFY(!more->isVisible());
    tabs.resize(500, 200);
    QTRY_VERIFY(more->isVisible());
    QVERIFY(bar->isTabVisible(0) && !bar->isTabVisible(11));
    emit more->menu()->aboutToShow();
    more->menu()->actions().constLast()->trigger();
    QCOMPARE(tabs.current(), u"part11"_s);
    QVERIFY(bar->isTabVisible(11));
    QTRY_VERIFY(bar->width() + more->width() <= tabs.width());
    tabs.resize(4000, 200);
    QTRY_VERIFY(!more->isVisible());
    QVERIFY(bar->isTabVisible(5));
}

FB_TEST(tst_TabStack)

}

#include "tst_tab_stack.moc"
