#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// Sessions > Tunnels, by keys and clicks.
class tst_TunnelsPage : public QObject
{
    Q_OBJECT
private slots:
    void listAndDetail();
    void copiesTheAddress();
    void opensOneByKeyboard();
    void wrongFieldsAreNamed();
    void aPortInUseOffersAFreeOne();
    void otherRefusals();
    void closesOneAfterAsking();
    void emptyOffersTheFirst();
    void problemIsSaid();
    void liveRatesKeepTheSelection();

private:
    static void show(ConsoleFixture &shown, const QString &row = {})
    {
        shown.window().openAddress(u"sessions?tab=tunnels"_s + (row.isEmpty() ? row : u"&row="_s + row));
    }
    static QLineEdit *line(ConsoleFixture &shown, const char *name)
    {
        return static_cast<QLineEdit *>(shown.visible(name));
    }
    static void openSheet(ConsoleFixture &shown)
    {
        show(shown);
        QTRY_VERIFY(shown.visible("tunnelsOpen"));
        QTest::mouseClick(shown.visible("tunnelsOpen"), Qt::LeftButton);
        QTRY_VERIFY(shown.visible("tunnelSheet"));
    }
};

void tst_TunnelsPage::listAndDetail()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown, u"tunnel-1"_s);
    auto *table = shown.find<DataTable>("tunnelsTable");
    QTRY_COMPARE(table->model()->rowCount(), 4);
    QTRY_COMPARE(table->currentId(), u"tunnel-1"_s);
    QStringList texts;
    for (const QLabel *label : shown.window().page()->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts << label->text();
    }
    QVERIFY2(texts.contains(u"Port 51312"_s), qPrintable(texts.join(u'|'))); // its streams
    // [U01] a host with markup is text
    table->select(u"kept-1"_s);
    bool isSeen = false;
    for (const QLabel *label : shown.window().page()->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(u"<b>ldap</b>"_s)) {
            isSeen = true;
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
    QVERIFY(isSeen);
    QVERIFY(!shown.visible("tunnelCopy")->isEnabled()); // it does not listen
}

void tst_TunnelsPage::copiesTheAddress()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown, u"tunnel-1"_s);
    QTRY_VERIFY(shown.visible("tunnelCopy"));
    QTest::mouseClick(shown.visible("tunnelCopy"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"localhost:15432"_s);
    QVERIFY(shown.find<Banner>("tunnelsBanner")->isVisible());
}

void tst_TunnelsPage::opensOneByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    QVERIFY(static_cast<QComboBox *>(shown.visible("tunnelNode"))->hasFocus());
    const QString node = static_cast<QComboBox *>(shown.visible("tunnelNode"))->currentData().toString();
    QVERIFY(!node.isEmpty());
    const auto type = [&](const QString &text) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), text);
    };
    type(u"db.lan"_s);
    type(u"5432"_s);
    type(u"15432"_s);
    type(u"Orders"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QVERIFY(static_cast<QCheckBox *>(shown.visible("tunnelKeepOpen"))->isChecked());
    QTest::keyClick(shown.visible("tunnelName"), Qt::Key_Return);
    QTRY_COMPARE(shown.tunnelsSource.opened.size(), 1);
    QCOMPARE(shown.tunnelsSource.opened[0],
             (TunnelWish {.nodeId = node,
                          .host = u"db.lan"_s,
                          .port = 5432,
                          .localPort = 15432,
                          .name = u"Orders"_s,
                          .keepOpen = true}));
    QTRY_VERIFY(!shown.visible("tunnelSheet"));
}

void tst_TunnelsPage::wrongFieldsAreNamed()
{
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    line(shown, "tunnelHost")->setText(u"a b"_s);
    line(shown, "tunnelPort")->setText(u"70000"_s);
    line(shown, "tunnelLocalPort")->setText(u"ssh"_s);
    QTest::mouseClick(shown.visible("tunnelOpen"), Qt::LeftButton);
    QVERIFY(shown.tunnelsSource.opened.isEmpty());
    QVERIFY(shown.visible("tunnelHost")->hasFocus()); // the first of them
    QVERIFY(shown.visible("tunnelPort")->accessibleDescription().contains(u"65535"_s));
    QVERIFY(shown.visible("tunnelLocalPort")->accessibleDescription().contains(u"65535"_s));
}

void tst_TunnelsPage::aPortInUseOffersAFreeOne()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.tunnelsSource.refusal = {.kind = ShownError::Kind::Unavailable,
                                   .code = u"ServiceUnavailable"_s,
                                   .message = u"Port 15432 is in use by postgres (process 812)."_s,
                                   .field = u"localPortNumber"_s};
    shown.tunnelsSource.freePort = 40123;
    openSheet(shown);
    line(shown, "tunnelPort")->setText(u"5432"_s);
    line(shown, "tunnelLocalPort")->setText(u"15432"_s);
    QTest::mouseClick(shown.visible("tunnelOpen"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("tunnelUseFree"));
    QVERIFY(shown.visible("tunnelLocalPort")->accessibleDescription().contains(u"postgres (process 812)"_s));
    QTest::mouseClick(shown.visible("tunnelUseFree"), Qt::LeftButton);
    QCOMPARE(line(shown, "tunnelLocalPort")->text(), u"40123"_s);
    QVERIFY(!shown.visible("tunnelUseFree"));
    shown.tunnelsSource.refusal = {};
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // the button that opens has the focus
    QTRY_VERIFY(!shown.visible("tunnelSheet"));
    QCOMPARE(shown.tunnelsSource.opened.last().localPort, 40123);
}

void tst_TunnelsPage::otherRefusals()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.tunnelsSource.refusal = {.kind = ShownError::Kind::Limit,
                                   .code = u"ThrottlingException"_s,
                                   .message = u"too many"_s,
                                   .field = {}};
    openSheet(shown);
    line(shown, "tunnelPort")->setText(u"80"_s);
    QTest::mouseClick(shown.visible("tunnelOpen"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("tunnelBanner"));
    QVERIFY(shown.visible("tunnelOpen")->isEnabled());
}

void tst_TunnelsPage::closesOneAfterAsking()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown, u"tunnel-1"_s);
    QTRY_VERIFY(shown.visible("tunnelClose"));
    QTest::mouseClick(shown.visible("tunnelClose"), Qt::LeftButton);
    QVERIFY(shown.tunnelsSource.closed.isEmpty()); // two connections would break
    QTest::mouseClick(shown.visible("tunnelConfirm"), Qt::LeftButton);
    QCOMPARE(shown.tunnelsSource.closed, QStringList {u"tunnel-1"_s});
    shown.find<DataTable>("tunnelsTable")->select(u"tunnel-2"_s); // nothing is lost with it
    QTest::mouseClick(shown.visible("tunnelClose"), Qt::LeftButton);
    QCOMPARE(shown.tunnelsSource.closed, (QStringList {u"tunnel-1"_s, u"tunnel-2"_s}));
}

void tst_TunnelsPage::emptyOffersTheFirst()
{
    ConsoleFixture shown(Fleet::Empty);
    show(shown);
    QTRY_VERIFY(shown.visible("tunnelsEmpty"));
    QTest::mouseClick(shown.visible("tunnelsOpenFirst"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("tunnelSheet"));
    line(shown, "tunnelPort")->setText(u"80"_s);
    QTest::mouseClick(shown.visible("tunnelOpen"), Qt::LeftButton);
    QVERIFY(shown.tunnelsSource.opened.isEmpty()); // no node is online
    QVERIFY(!shown.visible("tunnelNode")->accessibleDescription().isEmpty());
}

void tst_TunnelsPage::problemIsSaid()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown);
    shown.tunnelsSource.news.failed({.kind = ShownError::Kind::Unavailable,
                                     .code = u"ServiceUnavailable"_s,
                                     .message = u"gone"_s,
                                     .field = {}});
    QTRY_VERIFY(shown.find<Banner>("tunnelsBanner")->isVisible());
}

void tst_TunnelsPage::liveRatesKeepTheSelection()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown, u"tunnel-2"_s);
    auto *table = shown.find<DataTable>("tunnelsTable");
    QTRY_COMPARE(table->currentId(), u"tunnel-2"_s);
    TunnelRow moving = *shown.tunnels->values().value(u"tunnel-1"_s);
    moving.fromNodeRate = 9'000'000;
    moving.fromNode += 9'000'000;
    shown.tunnelsSource.news.arrived({moving});
    QCOMPARE(table->currentId(), u"tunnel-2"_s);
    QCOMPARE(shown.tunnels->values().value(u"tunnel-1"_s)->fromNodeRate, 9'000'000);
}

FB_TEST(tst_TunnelsPage)

}

#include "tst_tunnels_page.moc"
