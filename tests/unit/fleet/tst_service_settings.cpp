// Settings of the whole fleet by their AWS ids (fleet-manager 2.3).
#include "tests/unit/fleet/fleet_rooms.h"

#include "backend/security/vault.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_ServiceSettings : public QObject
{
    Q_OBJECT

private slots:
    void aSettingComesAndGoes_data() { addDatabaseRows(); }
    void aSettingComesAndGoes();
    void badValues_data();
    void badValues();
    void strangersChangeNothing();
    void secrets_data() { addDatabaseRows(); }
    void secrets();
};

void tst_ServiceSettings::aSettingComesAndGoes()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const QString id = u"/ssm/managed-instance/activation-tier"_s;
    const auto before = rooms.settings->get(rooms.owner, id);
    QVERIFY(before);
    QCOMPARE(before->value, u"standard"_s);
    QCOMPARE(before->status, SettingStatus::Default);
    QVERIFY(!before->modifiedAt);
    QVERIFY2(before->arn.endsWith(u":servicesetting"_s + id), qPrintable(before->arn));

    QSignalSpy changes(rooms.settings.get(), &ServiceSettings::changed);
    QVERIFY(rooms.settings->update(rooms.owner, before->arn, u"advanced"_s)); // the ARN names it too
    QVERIFY(rooms.db->flush());
    QCOMPARE(changes.size(), 1);
    rooms.restart();
    QVERIFY(rooms.settings->start());
    const auto changed = rooms.settings->get(rooms.owner, id);
    QCOMPARE(changed->value, u"advanced"_s);
    QCOMPARE(changed->status, SettingStatus::Customized);
    QCOMPARE(changed->modifiedBy, u"owner"_s);
    QCOMPARE(changed->modifiedAt, std::optional(rooms.db.clock.now()));

    const auto reset = rooms.settings->reset(rooms.owner, id);
    QCOMPARE(reset->value, u"standard"_s);
    QCOMPARE(reset->status, SettingStatus::Default);
    QVERIFY(rooms.db->flush());
    rooms.restart();
    QVERIFY(rooms.settings->start());
    QCOMPARE(rooms.settings->value(id), u"standard"_s);
}

void tst_ServiceSettings::badValues_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &id, const QString &value, const char *code) {
        QTest::addRow("%s", name) << id << value << QString::fromLatin1(code);
    };
    const QString tier = u"/ssm/managed-instance/activation-tier"_s;
    row("unknown", u"/ssm/colour"_s, u"red"_s, "ServiceSettingNotFound");
    row("another fleet's kind of ARN", u"arn:aws:ssm:eu:1:parameter/ssm/x"_s, u"x"_s,
        "ServiceSettingNotFound");
    row("empty", tier, {}, "ValidationException");
    row("too long", tier, QString(4097, u'x'), "ValidationException");
    row("not in the list", tier, u"Standard"_s, "ValidationException");
    row("threshold 0", settings::kHardwareThreshold, u"0"_s, "ValidationException");
    row("threshold 101", settings::kHardwareThreshold, u"101"_s, "ValidationException");
    row("4 minutes of a desktop", settings::kDesktopMinutes, u"4"_s, "ValidationException");
    row("more than a day of a desktop", settings::kDesktopMinutes, u"1441"_s, "ValidationException");
    row("half a minute idle", settings::kDesktopIdleMinutes, u"2.5"_s, "ValidationException");
    row("no desktop at once", settings::kDesktopsAtOnce, u"0"_s, "ValidationException");
    row("a number with a sign", settings::kDesktopsAtOnce, u"-3"_s, "ValidationException");
    row("an endpoint with a path", settings::kS3Endpoint, u"https://s3.lan/bucket"_s, "ValidationException");
    row("an endpoint with a password", settings::kS3Endpoint, u"https://joe:x@s3.lan"_s,
        "ValidationException");
    row("an endpoint of another kind", settings::kS3Endpoint, u"ftp://s3.lan"_s, "ValidationException");
    row("a region in capitals", settings::kS3Region, u"EU"_s, "ValidationException");
    row("a key with a blank", settings::kS3AccessKeyId, u"AK ID"_s, "ValidationException");
    row("a secret's stand-in", settings::kS3SecretAccessKey, settings::kSecretSet, "ValidationException");
    row("a secret without a vault", settings::kS3SecretAccessKey, u"s3cr3t"_s, "ValidationException");
    row("threshold of words", settings::kHardwareThreshold, u"forty"_s, "ValidationException");
}

void tst_ServiceSettings::badValues()
{
    QFETCH(QString, id);
    QFETCH(QString, value);
    QFETCH(QString, code);
    FleetRooms rooms(u"sqlite"_s);
    const auto refused = rooms.settings->update(rooms.owner, id, value);
    QVERIFY(!refused);
    QCOMPARE(toQString(refused.error().code.name()), code);
    for (const char *good : {"1", "100", "-1"})
        QVERIFY(rooms.settings->update(rooms.owner, settings::kHardwareThreshold, QString::fromLatin1(good)));
    for (const char *good : {"1", "20"})
        QVERIFY(rooms.settings->update(rooms.owner, settings::kDesktopsAtOnce, QString::fromLatin1(good)));
}

void tst_ServiceSettings::strangersChangeNothing()
{
    FleetRooms rooms(u"sqlite"_s);
    const QString id = settings::kStrictHardware;
    QCOMPARE(rooms.settings->list(rooms.stranger).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.settings->get(rooms.stranger, id).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.settings->update(rooms.stranger, id, u"true"_s).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.settings->reset(rooms.stranger, id).error().code, errors::kAccessDenied);
    QVERIFY(!rooms.settings->isOn(id));
}

// A secret is in the vault and nowhere else: not in the setting, the audit log, or in the open in the store.
void tst_ServiceSettings::secrets()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const auto vault
        = Vault::open(*rooms.db, SecretBytes(std::string(32, 'm')), rooms.db.clock, rooms.db.random);
    QVERIFY(vault);
    ServiceSettings kept({*rooms.db, *rooms.audit, rooms.access, rooms.db.clock, vault->get()});
    const QString id = settings::kS3SecretAccessKey;
    QVERIFY(!*kept.secret(id));
    QVERIFY(kept.update(rooms.owner, id, u"s3cr3t/of+mine="_s));
    QCOMPARE(kept.get(rooms.owner, id)->value, settings::kSecretSet);
    QVERIFY(rooms.db->flush());
    ServiceSettings again({*rooms.db, *rooms.audit, rooms.access, rooms.db.clock, vault->get()});
    QVERIFY(again.start());
    const auto secret = again.secret(id);
    QVERIFY(secret && *secret);
    QCOMPARE((*secret)->view(), std::string_view("s3cr3t/of+mine="));
    const auto all = again.list(rooms.owner);
    for (const KnownSetting &each : *all) {
        QCOMPARE(each.isSecret, each.setting.id == id);
        QVERIFY(!each.setting.value.contains(u"s3cr3t"_s));
    }
    const auto entries = rooms.audit->entries(rooms.db->reader(), 0, 10);
    QCOMPARE(entries->size(), 1);
    QVERIFY(!QJsonDocument(entries->first().diff).toJson().contains("s3cr3t"));
    QVERIFY(!QJsonDocument(entries->first().diff).isEmpty());
    if (database == u"sqlite"_s) {
        for (const char *suffix : {"", "-wal"}) {
            QFile file(rooms.db.sqliteFile() + QLatin1String(suffix));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("s3cr3t"));
        }
    }
    QVERIFY(again.reset(rooms.owner, id));
    QVERIFY(!*again.secret(id));
    QCOMPARE(
        *rooms.db->reader().number(u"SELECT count(*) FROM vault_item WHERE purpose = 'service-setting'"_s),
        0);
    QVERIFY(again.update(rooms.owner, id, u"another"_s));
    QVERIFY(again.update(rooms.owner, id, settings::kNone));
    QVERIFY(!*again.secret(id));
    QVERIFY(rooms.db->flush());
}

FB_TEST(tst_ServiceSettings)
#include "tst_service_settings.moc"
