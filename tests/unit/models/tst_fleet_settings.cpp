// Fleet settings: their words, their values as they are edited, and the engine in this process that keeps them.

#include "backend/documents/document_service.h"
#include "backend/settings/service_settings.h"
#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "models/shared/fleetsettings/fleet_settings_feed.h"
#include "models/shared/fleetsettings/network_lines.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_FleetSettings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void everySettingHasWords();
    void changesComeBack();
    void aChangeElsewhereShows();
    void wrongValuesNameTheField();
    void sharingWithEverybodyIsHeeded();
    void switchesSpeakTheSettingsWords();
    void networks_data();
    void networks();

private:
    const FleetSettingRow *row(const QString &id) { return m_settings->values().value(id); }
    ShownError change(const QString &id, const QString &value)
    {
        std::optional<ShownError> answer;
        m_settings->source().change(id, value, [&](const ShownError &problem) { answer = problem; });
        ShownError none;
        none.code = u"no answer"_s;
        return QTest::qWaitFor([&] { return answer.has_value(); }, 30'000) ? *answer : none;
    }

    fb::test::TestEngine m_engine;
    std::unique_ptr<FleetSettingsFeed> m_feed;
    std::unique_ptr<FleetSettingsViewModel> m_settings;
};

void tst_FleetSettings::initTestCase()
{
    QVERIFY(m_engine.start());
    m_feed = std::make_unique<FleetSettingsFeed>(m_engine.engine());
    m_settings = std::make_unique<FleetSettingsViewModel>(*m_feed, &FleetSettingTable::idOf,
                                                          FleetSettingTable::columns());
    new QAbstractItemModelTester(&m_settings->table(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 m_settings.get());
    m_settings->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_settings->isLoaded(), 30'000);
}

void tst_FleetSettings::cleanupTestCase()
{
    m_settings.reset();
    m_engine.stop();
    m_feed.reset();
}

// A setting that the engine learns is one that the console words too.
void tst_FleetSettings::everySettingHasWords()
{
    QVERIFY(m_settings->values().totalRows() >= 17);
    QCOMPARE(FleetSettingWords::kDesktopMinutes, settings::kDesktopMinutes);
    QCOMPARE(FleetSettingWords::kDesktopIdleMinutes, settings::kDesktopIdleMinutes);
    QCOMPARE(FleetSettingWords::kDesktopsAtOnce, settings::kDesktopsAtOnce);
    for (const FleetSettingRow &each : m_settings->values().values()) {
        QVERIFY2(FleetSettingWords::isKnown(each.id), qPrintable(each.id));
        QVERIFY2(FleetSettingWords::title(each.id) != each.id, qPrintable(each.id));
        const SettingKind kind = FleetSettingWords::kind(each);
        if (kind == SettingKind::Choice)
            QVERIFY2(each.allowed.size() > 1, qPrintable(each.id));
        if (kind == SettingKind::Minutes || kind == SettingKind::Count)
            QVERIFY2(each.least >= 1 && each.most > each.least, qPrintable(each.id));
        if (kind == SettingKind::Switch) {
            QVERIFY2(FleetSettingWords::switched(each, true) != FleetSettingWords::switched(each, false),
                     qPrintable(each.id));
        }
        QVERIFY(!each.isCustomized);
        QCOMPARE(each.value, each.byDefault);
    }
}

void tst_FleetSettings::changesComeBack()
{
    QVERIFY(change(settings::kHardwareThreshold, u"60"_s).isEmpty());
    QTRY_COMPARE(row(settings::kHardwareThreshold)->value, u"60"_s);
    QVERIFY(row(settings::kHardwareThreshold)->isCustomized);
    QVERIFY(!row(settings::kHardwareThreshold)->changedBy.isEmpty());
    QVERIFY(toMicros(row(settings::kHardwareThreshold)->changed) > 0);
    std::optional<ShownError> answer;
    m_feed->reset(settings::kHardwareThreshold, [&](const ShownError &problem) { answer = problem; });
    QTRY_VERIFY(answer && answer->isEmpty());
    QTRY_COMPARE(row(settings::kHardwareThreshold)->value, u"40"_s);
    QVERIFY(!row(settings::kHardwareThreshold)->isCustomized);
    QVERIFY(row(settings::kHardwareThreshold)->changedBy.isEmpty());
}

void tst_FleetSettings::aChangeElsewhereShows()
{
    auto changed = m_engine.engine().post([](Engine &engine) {
        return engine.settings().update(engine.owner(), settings::kSessionReason, u"true"_s);
    });
    QTRY_VERIFY(FleetSettingWords::isOn(row(settings::kSessionReason)->value));
    QVERIFY(changed.result());
}

void tst_FleetSettings::wrongValuesNameTheField()
{
    const QList<QPair<QString, QString>> wrong {{settings::kHardwareThreshold, u"0"_s},
                                                {settings::kHardwareThreshold, u"101"_s},
                                                {settings::kDesktopMinutes, u"1441"_s},
                                                {settings::kDeniedForwards, u"10.0.0.0/8, 10.0.0"_s},
                                                {settings::kDefaultHostManagement, u"no such profile"_s},
                                                {settings::kStrictHardware, u"perhaps"_s}};
    for (const auto &[id, value] : wrong) {
        const ShownError problem = change(id, value);
        QCOMPARE(problem.field, u"SettingValue"_s);
        QCOMPARE(problem.kind, ShownError::Kind::WrongInput);
        QVERIFY2(row(id)->value != value, qPrintable(id));
    }
    QCOMPARE(change(u"/ssm/colour"_s, u"red"_s).code, u"ServiceSettingNotFound"_s);
}

// What the page switches is what the documents go by.
void tst_FleetSettings::sharingWithEverybodyIsHeeded()
{
    const auto share = [&](const QString &name) {
        auto shared = m_engine.engine().post([name](Engine &engine) -> Result<void> {
            CreateDocumentRequest document;
            document.name = name;
            document.documentType = u"Command"_s;
            document.documentFormat = u"YAML"_s;
            document.content
                = u"schemaVersion: '2.2'\nmainSteps:\n- action: aws:runShellScript\n  name: say\n  inputs:\n"
                  "    runCommand: ['echo %1']\n"_s.arg(name);
            if (const auto made = engine.documents().createDocument(engine.owner(), document); !made)
                return made.error();
            ModifyDocumentPermissionRequest everybody;
            everybody.name = name;
            everybody.permissionType = u"Share"_s;
            everybody.accountIdsToAdd = {u"all"_s};
            return engine.documents().sharing().modifyPermission(engine.owner(), everybody);
        });
        shared.waitForFinished();
        return shared.result();
    };
    QVERIFY(share(u"Everybodys"_s));
    QVERIFY(change(settings::kPublicDocumentSharing, u"Disable"_s).isEmpty());
    const auto refused = share(u"Nobodys"_s);
    QVERIFY(!refused);
    QCOMPARE(shownErrorOf(refused.error()).code, u"InvalidPermissionType"_s);
    QVERIFY(change(settings::kPublicDocumentSharing, u"Enable"_s).isEmpty());
    QVERIFY(share(u"Everybodys-2"_s));
}

void tst_FleetSettings::switchesSpeakTheSettingsWords()
{
    FleetSettingRow setting;
    setting.id = u"/ssm/opsinsights/opscenter"_s;
    setting.allowed = {u"Enabled"_s, u"Disabled"_s};
    setting.value = u"Disabled"_s;
    QCOMPARE(FleetSettingWords::switched(setting, true), u"Enabled"_s);
    QCOMPARE(FleetSettingWords::switched(setting, false), u"Disabled"_s);
    setting.allowed = {u"True"_s, u"False"_s};
    QCOMPARE(FleetSettingWords::switched(setting, false), u"False"_s);
    setting.id = u"/ssm/of/tomorrow"_s;
    QCOMPARE(FleetSettingWords::kind(setting), SettingKind::Choice);
    QCOMPARE(FleetSettingWords::title(setting.id), setting.id);
    setting.allowed = {};
    QCOMPARE(FleetSettingWords::kind(setting), SettingKind::Text);
}

void tst_FleetSettings::networks_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QList<int>>("wrong");
    QTest::addRow("nothing") << QString() << u"$None"_s << QList<int> {};
    QTest::addRow("blanks") << u" \n\n ,"_s << u"$None"_s << QList<int> {};
    QTest::addRow("some") << u"10.0.0.0/8\n 192.0.2.17 \n\nfd00::/8"_s
                          << u"10.0.0.0/8, 192.0.2.17, fd00::/8"_s << QList<int> {};
    QTest::addRow("pasted") << u"10.0.0.0/8, fd00::/8"_s << u"10.0.0.0/8, fd00::/8"_s << QList<int> {};
    QTest::addRow("wrong ones") << u"10.0.0.0/8\n10.0.0\n\nfd00::/200\nhost.example"_s
                                << u"10.0.0.0/8, 10.0.0, fd00::/200, host.example"_s << QList<int> {2, 4, 5};
    QStringList many;
    for (int i = 0; i <= NetworkLines::kMost; ++i)
        many << u"192.0.2.%1"_s.arg(i);
    QTest::addRow("too many") << many.join(u'\n') << many.join(u", "_s) << QList<int> {101};
}

void tst_FleetSettings::networks()
{
    QFETCH(QString, lines);
    QFETCH(QString, value);
    QFETCH(QList<int>, wrong);
    QCOMPARE(NetworkLines::toSetting(lines), value);
    QList<int> found;
    for (const NetworkLines::Wrong &each : NetworkLines::wrong(lines)) {
        found << each.line;
        QVERIFY2(each.why.contains(QString::number(each.line)), qPrintable(each.why));
    }
    QCOMPARE(found, wrong);
    QCOMPARE(NetworkLines::toSetting(NetworkLines::ofSetting(value)), value);
    if (wrong.isEmpty()) // the engine thinks so too
        QVERIFY(change(settings::kDeniedForwards, value).isEmpty());
    else
        QCOMPARE(change(settings::kDeniedForwards, value).field, u"SettingValue"_s);
}

FB_TEST(tst_FleetSettings)
#include "tst_fleet_settings.moc"
