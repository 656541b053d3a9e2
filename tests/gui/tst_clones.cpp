// Possible clones and changed hardware: both records side by side, and what can be done.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/clones_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/compare_list.h"
#include "ui/widgets/data_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_Clones : public QObject
{
    Q_OBJECT
private slots:
    void showsBothRecords();
    void acceptsAMovedMachineOnlyWhenAsked();
    void changedHardwareIsAcceptedAtOnce();
    void dismisses();
    void aRefusalIsABanner();
    void tellsHowToRegisterAnew();
    void quarantinesTheNode();
    void allIsWell();
    void theNodeSaysSo();

private:
    static constexpr auto kClone = "mi-0a1b2c3d4e5f60718";
    static constexpr auto kChanged = "mi-1122334455667788a";

    static ClonesPage *open(ConsoleFixture &shown, const char *row)
    {
        shown.window().openAddress(u"clones?row="_s + QLatin1String(row));
        return qobject_cast<ClonesPage *>(shown.window().page());
    }
    static DataTable *table(ConsoleFixture &shown) { return shown.find<DataTable>("clonesTable"); }
};

void tst_Clones::showsBothRecords()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown, kClone));
    QTRY_COMPARE(table(shown)->model()->rowCount(), 3);
    const int row = table(shown)->currentIndex().row();
    QCOMPARE(table(shown)->model()->index(row, HardwareTable::Cause).data().toString(), u"Another machine"_s);
    QCOMPARE(table(shown)->model()->index(row, HardwareTable::Differing).data().toString(), u"5 of 9"_s);
    QTRY_VERIFY(shown.visible("cloneAccept"));
    auto *compare = shown.window().page()->findChild<CompareList *>();
    QVERIFY(compare && compare->isVisible());
    QStringList spoken;
    int differing = 0;
    for (const QLabel *label : compare->findChildren<QLabel *>()) {
        spoken << label->accessibleName();
        differing += label->text() == u"differs"_s ? 1 : 0;
    }
    QCOMPARE(differing, 5);
    QVERIFY(spoken.contains(u"Host name, Registered: web-tyo-04"_s));
    QVERIFY(spoken.contains(u"Host name, Seen: web-tyo-04-copy"_s));
    for (int i = 0; i < 3; ++i) // hostile names are shown, not obeyed
        QVERIFY(!table(shown)->model()->index(i, 0).data().toString().contains(QChar(0x202e)));
}

void tst_Clones::acceptsAMovedMachineOnlyWhenAsked()
{
    ConsoleFixture shown(Fleet::Sample);
    ClonesPage *page = open(shown, kClone);
    QTRY_VERIFY(shown.visible("cloneAccept"));
    shown.click("cloneAccept");
    QVERIFY(shown.visible("cloneSheet"));
    shown.click("cloneCancel");
    QVERIFY(shown.hardwareSource.decided.isEmpty());
    shown.click("cloneAccept");
    shown.click("cloneConfirm");
    QCOMPARE(shown.hardwareSource.decided.size(), 1);
    QCOMPARE(shown.hardwareSource.decided[0].second, HardwareWord::Accept);
    QTRY_COMPARE(page->banner().statement(), u"The hardware of web-tyo-04 was accepted."_s);
    QTRY_COMPARE(table(shown)->model()->rowCount(), 2);
}

void tst_Clones::changedHardwareIsAcceptedAtOnce()
{
    ConsoleFixture shown(Fleet::Sample);
    ClonesPage *page = open(shown, kChanged);
    QTRY_VERIFY(shown.visible("cloneAccept"));
    QVERIFY(!shown.visible("cloneRegister")); // it is no other machine
    shown.click("cloneAccept");
    QTRY_COMPARE(page->banner().statement(), u"The hardware of lab-osa-03 was accepted."_s);
    QCOMPARE(shown.hardwareSource.decided[0].first, QString::fromLatin1(kChanged));
}

void tst_Clones::dismisses()
{
    ConsoleFixture shown(Fleet::Sample);
    ClonesPage *page = open(shown, kClone);
    QTRY_VERIFY(shown.visible("cloneDismiss"));
    shown.click("cloneDismiss");
    QCOMPARE(shown.hardwareSource.decided[0].second, HardwareWord::Dismiss);
    QTRY_COMPARE(page->banner().statement(), u"web-tyo-04 was dismissed."_s);
}

void tst_Clones::aRefusalIsABanner()
{
    ConsoleFixture shown(Fleet::Sample);
    ClonesPage *page = open(shown, kChanged);
    QTRY_VERIFY(shown.visible("cloneAccept"));
    shown.hardwareSource.refusal = ShownError {
        .kind = ShownError::Kind::State, .code = u"InvalidInstanceId"_s, .message = u"Nothing differs."_s};
    shown.click("cloneAccept");
    QTRY_COMPARE(page->banner().statement(), u"The hardware of lab-osa-03 was not accepted."_s);
    QCOMPARE(table(shown)->model()->rowCount(), 3);
}

void tst_Clones::tellsHowToRegisterAnew()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, kClone);
    QTRY_VERIFY(shown.visible("cloneRegister"));
    shown.click("cloneRegister");
    QTRY_VERIFY(shown.visible("registerAnewText"));
    shown.click("registerAnewCopy");
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"register --force"_s));
    shown.click("registerAnewMake");
    QTRY_VERIFY(shown.visible("enrolNext")); // the wizard that makes one
}

void tst_Clones::quarantinesTheNode()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.hardwareSource.values[0].id = shown.fleetSource.nodes[7].id; // one that the fleet knows
    const QByteArray id = shown.hardwareSource.values[0].id.toLatin1();
    shown.hardware->start();
    QTRY_VERIFY(shown.hardware->values().value(QString::fromLatin1(id)));
    open(shown, id.constData());
    QTRY_VERIFY(shown.visible("cloneQuarantine"));
    shown.click("cloneQuarantine");
    QVERIFY(shown.visible("quarantineSheet"));
    shown.click("quarantineConfirm");
    QCOMPARE(shown.fleetSource.quarantines.size(), 1);
    QCOMPARE(shown.fleetSource.quarantines[0].first, QStringList {QString::fromLatin1(id)});
}

void tst_Clones::allIsWell()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"clones"_s);
    QTRY_VERIFY(!table(shown)->isVisible()); // words stand in its place
}

// [fleet-manager B8.14] the console's part: the node's page says so, and leads to both records
void tst_Clones::theNodeSaysSo()
{
    ConsoleFixture shown(Fleet::Sample);
    NodeRow row = *shown.fleet->nodes().node(shown.fleet->nodes().idAt(7));
    shown.window().openAddress(u"fleet/"_s + row.id);
    QVERIFY(!shown.visible("nodeHardware"));
    row.hardware = HardwareState::Changed;
    emit shown.fleetSource.nodesArrived({row});
    QTRY_VERIFY(shown.visible("nodeHardware"));
    shown.click("nodeHardware");
    QTRY_COMPARE(shown.window().page()->metaObject()->className(), "fb::ClonesPage");
}

FB_TEST(tst_Clones)

}

#include "tst_clones.moc"
