// Settings of the whole fleet: read, switched, changed by fitting fields, put back.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/shared/fleetsettings/fleet_settings_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_FleetSettingsPage : public QObject
{
    Q_OBJECT
private slots:
    void tellsEverySettingInWords();
    void aSwitchIsOneKey();
    void wrongLinesAreNamed();
    void theNumberHasItsRangeAndOff();
    void choosesAProfileThereIs();
    void theEnginesWordStandsAtTheField();
    void resetAsks();
    void minutesKeepTheirRange();
    void sizesTellWhatIsUsed();
    void aSecretIsNotShown();
    void thePaletteFindsOne();

private:
    static FleetSettingsPage *open(ConsoleFixture &shown, const QString &id)
    {
        shown.window().openAddress(u"fleet-settings?row="_s + id);
        return qobject_cast<FleetSettingsPage *>(shown.window().page());
    }
    static void click(ConsoleFixture &shown, const char *name)
    {
        QTest::mouseClick(shown.visible(name), Qt::LeftButton);
    }
    static QString cell(ConsoleFixture &shown, FleetSettingTable::Column column)
    {
        auto *table = shown.find<DataTable>("fleet-settingsTable");
        return table->currentIndex().siblingAtColumn(column).data().toString();
    }

    const QString m_reason = u"/flagbridge/session-manager/reason-required"_s;
    const QString m_strict = u"/flagbridge/managed-instance/strict-hardware"_s;
    const QString m_forwards = u"/flagbridge/session-manager/denied-forwards"_s;
    const QString m_hardware = u"/flagbridge/managed-instance/hardware-similarity-threshold"_s;
    const QString m_profile = u"/ssm/managed-instance/default-ec2-instance-management-role"_s;
};

void tst_FleetSettingsPage::tellsEverySettingInWords()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown, m_reason));
    auto *table = shown.find<DataTable>("fleet-settingsTable");
    QTRY_COMPARE(table->model()->rowCount(), 28);
    QCOMPARE(cell(shown, FleetSettingTable::Title), u"Sessions need a reason"_s);
    QCOMPARE(cell(shown, FleetSettingTable::Value), u"on"_s);
    QCOMPARE(cell(shown, FleetSettingTable::State), u"Customized"_s);
    QCOMPARE(cell(shown, FleetSettingTable::ChangedBy), u"mori"_s);
    for (int i = 0; i < 18; ++i)
        QVERIFY(!table->model()->index(i, FleetSettingTable::Title).data().toString().contains(u'/'));
    open(shown, m_hardware);
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"60%"_s);
}

void tst_FleetSettingsPage::aSwitchIsOneKey()
{
    ConsoleFixture shown(Fleet::Sample);
    FleetSettingsPage *page = open(shown, m_strict);
    const auto button = [&] { return static_cast<QPushButton *>(shown.visible("settingSwitch")); };
    QTRY_VERIFY(button());
    QCOMPARE(button()->text(), u"Turn on"_s);
    button()->setFocus();
    QTest::keyClick(button(), Qt::Key_Space);
    QCOMPARE(shown.fleetSettingsSource.changes, (QList<QPair<QString, QString>> {{m_strict, u"true"_s}}));
    QTRY_COMPARE(page->banner().statement(), u"Refuse nodes whose hardware changed: turned on."_s);
    QTRY_VERIFY(button() && button()->text() == u"Turn off"_s);
    QCOMPARE(cell(shown, FleetSettingTable::State), u"Customized"_s);
    shown.window().setEditable(false); // the engine does not answer
    click(shown, "settingSwitch");
    QCOMPARE(shown.fleetSettingsSource.changes.size(), 1);
}

void tst_FleetSettingsPage::wrongLinesAreNamed()
{
    ConsoleFixture shown(Fleet::Sample);
    FleetSettingsPage *page = open(shown, m_forwards);
    QTRY_VERIFY(shown.visible("settingChange"));
    click(shown, "settingChange");
    QTRY_VERIFY(shown.visible("settingNetworks") && shown.visible("settingNetworks")->hasFocus());
    auto *lines = static_cast<QPlainTextEdit *>(shown.visible("settingNetworks"));
    QCOMPARE(lines->toPlainText(), u"10.0.0.0/8\n192.0.2.17\nfd00::/8"_s);
    auto *field = qobject_cast<FormField *>(lines->parentWidget());
    QVERIFY(field);
    QTest::keyClick(lines, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(lines, Qt::Key_Return);
    QTest::keyClicks(lines, u"172.16"_s);
    click(shown, "settingSave");
    QVERIFY(shown.fleetSettingsSource.changes.isEmpty());
    QCOMPARE(field->error(), u"Line 4: \"172.16\" is not an address or a network."_s);
    QVERIFY(lines->hasFocus());
    QTest::keyClick(lines, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(lines, u".0.0/12"_s);
    QCOMPARE(field->error(), QString()); // as it is typed
    click(shown, "settingSave");
    QCOMPARE(shown.fleetSettingsSource.changes.value(0).second,
             u"10.0.0.0/8, 192.0.2.17, fd00::/8, 172.16.0.0/12"_s);
    QTRY_COMPARE(page->banner().statement(), u"Addresses blocked for tunnels: changed."_s);
}

void tst_FleetSettingsPage::theNumberHasItsRangeAndOff()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, m_hardware);
    QTRY_VERIFY(shown.visible("settingChange"));
    click(shown, "settingChange");
    auto *percent = static_cast<QSpinBox *>(shown.visible("settingPercent"));
    QCOMPARE(percent->value(), 60);
    QCOMPARE(percent->minimum(), 1);
    QCOMPARE(percent->maximum(), 100);
    auto *isOn = static_cast<QCheckBox *>(shown.visible("settingOn"));
    isOn->setFocus();
    QTest::keyClick(isOn, Qt::Key_Space);
    QVERIFY(!percent->isEnabled());
    click(shown, "settingSave");
    QCOMPARE(shown.fleetSettingsSource.changes, (QList<QPair<QString, QString>> {{m_hardware, u"-1"_s}}));
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"off"_s);
}

void tst_FleetSettingsPage::choosesAProfileThereIs()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, m_profile);
    QTRY_VERIFY(shown.visible("settingChange"));
    click(shown, "settingChange");
    auto *choice = static_cast<QComboBox *>(shown.visible("settingChoice"));
    QCOMPARE(choice->count(), 4); // none, and three
    QCOMPARE(choice->currentData().toString(), u"strict"_s);
    QTest::keyClick(choice, Qt::Key_Home);
    click(shown, "settingSave");
    QCOMPARE(shown.fleetSettingsSource.changes.value(0).second, u"$None"_s);
}

void tst_FleetSettingsPage::theEnginesWordStandsAtTheField()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown, u"/ssm/automation/customer-script-log-group-name"_s);
    QTRY_VERIFY(shown.visible("settingChange"));
    click(shown, "settingChange");
    QTRY_VERIFY(shown.visible("settingText") && shown.visible("settingText")->hasFocus());
    QWidget *text = shown.visible("settingText");
    shown.fleetSettingsSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                                    .code = u"ValidationException"_s,
                                                    .message = u"SettingValue has 5000 characters."_s,
                                                    .field = u"SettingValue"_s};
    QTest::keyClicks(text, u"logs"_s);
    QTest::keyClick(text, Qt::Key_Return);
    auto *field = qobject_cast<FormField *>(text->parentWidget());
    QTRY_COMPARE(field->error(), u"SettingValue has 5000 characters."_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_VERIFY(!shown.visible("settingText"));
    QCOMPARE(shown.fleetSettingsSource.changes.last().second, u"logs"_s);
}

void tst_FleetSettingsPage::resetAsks()
{
    ConsoleFixture shown(Fleet::Sample);
    FleetSettingsPage *page = open(shown, m_strict);
    QTRY_VERIFY(shown.visible("settingReset"));
    QVERIFY(!shown.visible("settingReset")->isEnabled());
    QCOMPARE(shown.visible("settingReset")->toolTip(), u"It already has its default value."_s);
    open(shown, m_forwards);
    QTRY_VERIFY(shown.visible("settingReset") && shown.visible("settingReset")->isEnabled());
    click(shown, "settingReset");
    QVERIFY(shown.fleetSettingsSource.resets.isEmpty());
    click(shown, "settingResetConfirm");
    QCOMPARE(shown.fleetSettingsSource.resets, QStringList {m_forwards});
    QTRY_COMPARE(page->banner().statement(), u"Addresses blocked for tunnels: reset to its default."_s);
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"none"_s);
}

void tst_FleetSettingsPage::minutesKeepTheirRange()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = u"/flagbridge/fleet-manager/desktop-minutes"_s;
    QVERIFY(open(shown, id));
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"60 min"_s);
    QTRY_VERIFY(shown.visible("settingChange"));
    QTest::mouseClick(shown.visible("settingChange"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("settingNumber") && shown.visible("settingNumber")->hasFocus());
    auto *number = qobject_cast<QSpinBox *>(shown.visible("settingNumber"));
    QCOMPARE(number->minimum(), 5);
    QCOMPARE(number->maximum(), 1440);
    number->selectAll();
    QTest::keyClicks(number, u"90"_s);
    QTest::mouseClick(shown.visible("settingSave"), Qt::LeftButton);
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"90 min"_s);
    QCOMPARE(shown.fleetSettingsSource.changes.last().second, u"90"_s);
}

// [R12] limits of the artifact store: shown with what is used, edited in MiB
void tst_FleetSettingsPage::sizesTellWhatIsUsed()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = u"/flagbridge/artifacts/outputs-mib"_s;
    open(shown, id);
    QTRY_COMPARE(cell(shown, FleetSettingTable::Value), u"32.0 GiB"_s);
    const auto facts = FleetSettingTable::facts(*shown.fleetSettings->values().value(id), {});
    QVERIFY(facts.contains({u"Used now"_s, u"28.2 GiB"_s}));
    QTRY_VERIFY(shown.visible("settingChange"));
    click(shown, "settingChange");
    auto *size = qobject_cast<QSpinBox *>(shown.visible("settingNumber"));
    QVERIFY(size);
    QCOMPARE(size->value(), 32768);
    size->setValue(40'000);
    click(shown, "settingSave");
    QTRY_COMPARE(shown.fleetSettingsSource.changes, (QList<QPair<QString, QString>> {{id, u"40000"_s}}));
}

void tst_FleetSettingsPage::aSecretIsNotShown()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = u"/flagbridge/s3/secret-access-key"_s;
    open(shown, id);
    QTRY_VERIFY(shown.visible("settingChange"));
    QCOMPARE(cell(shown, FleetSettingTable::Value), u"set, not shown"_s);
    click(shown, "settingChange");
    QTRY_VERIFY(shown.visible("settingSecret") && shown.visible("settingSecret")->hasFocus());
    auto *secret = static_cast<QLineEdit *>(shown.visible("settingSecret"));
    QCOMPARE(secret->text(), QString());
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    QTest::keyClick(secret, Qt::Key_Return); // nothing is no secret
    QVERIFY(secret->hasFocus());
    QVERIFY(!qobject_cast<FormField *>(secret->parentWidget())->error().isEmpty());
    QTest::keyClicks(secret, u"s3cr3t"_s);
    QTest::keyClick(secret, Qt::Key_Return);
    QTRY_COMPARE(shown.fleetSettingsSource.changes, (QList<QPair<QString, QString>> {{id, u"s3cr3t"_s}}));
}

void tst_FleetSettingsPage::thePaletteFindsOne()
{
    ConsoleFixture shown(Fleet::Sample);
    QTRY_COMPARE(shown.fleetSettings->values().totalRows(), 28);
    shown.window().openPalette();
    QWidget *edit = shown.visible("paletteEdit");
    QTest::keyClicks(edit, u"need a reason"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(shown.window().page()->address(), u"fleet-settings"_s);
    QTRY_COMPARE(shown.find<DataTable>("fleet-settingsTable")->currentId(), m_reason);
}

FB_TEST(tst_FleetSettingsPage)

}

#include "tst_fleet_settings_page.moc"
