// Light, dark and high contrast as the desktop's portal says, from the start and while the console runs (ux.md 10).
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/theme/color_scheme_watch.h"
#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    // The portal, as far as the console asks it.
    class FakePortal final : public QObject
    {
        Q_OBJECT
        Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
    public:
        QHash<QString, uint> values; // a key that is not there is an error
        QStringList asked;

        void change(const QString &group, const QString &key, uint value)
        {
            values[key] = value;
            emit SettingChanged(group, key, QDBusVariant(value));
        }

    public slots:
        QDBusVariant Read(const QString &group, const QString &key, const QDBusMessage &message)
        {
            asked << key;
            if (group == u"org.freedesktop.appearance" && values.contains(key))
                return QDBusVariant(QVariant::fromValue(QDBusVariant(values.value(key))));
            message.setDelayedReply(true);
            QDBusConnection(u"portal"_s)
                .send(message.createErrorReply(u"org.freedesktop.portal.Error.NotFound"_s,
                                               u"Requested setting not found"_s));
            return {};
        }

    signals:
        void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
    };

    const auto kGroup = u"org.freedesktop.appearance"_s;
}

class tst_ColorSchemeWatch : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void atTheStart_data();
    void atTheStart();
    void whileItRuns();
    void consoleFollows();

private:
    QProcess m_bus;
    FakePortal m_portal;
};

void tst_ColorSchemeWatch::initTestCase()
{
    m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s});
    QVERIFY2(m_bus.waitForStarted(5000), "dbus-daemon is needed");
    QVERIFY(m_bus.waitForReadyRead(5000));
    const QByteArray address = m_bus.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLatin1(address), u"portal"_s);
    QVERIFY(bus.isConnected());
    QVERIFY(bus.registerObject(u"/org/freedesktop/portal/desktop"_s, &m_portal,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.registerService(u"org.freedesktop.portal.Desktop"_s));
}

void tst_ColorSchemeWatch::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"portal"_s);
    m_bus.kill();
    m_bus.waitForFinished(5000);
}

void tst_ColorSchemeWatch::atTheStart_data()
{
    QTest::addColumn<int>("wish"); // -1: the desktop does not know the key
    QTest::addColumn<int>("contrast");
    QTest::addColumn<Scheme>("scheme");
    QTest::addRow("nothing known") << -1 << -1 << Scheme::Light;
    QTest::addRow("no wish") << 0 << 0 << Scheme::Light;
    QTest::addRow("dark") << 1 << 0 << Scheme::Dark;
    QTest::addRow("light") << 2 << 0 << Scheme::Light;
    QTest::addRow("dark, contrast unknown") << 1 << -1 << Scheme::Dark;
    QTest::addRow("high contrast") << 0 << 1 << Scheme::HighContrast;
    QTest::addRow("dark and high contrast") << 1 << 1 << Scheme::HighContrast;
    QTest::addRow("high contrast alone") << -1 << 1 << Scheme::HighContrast;
    QTest::addRow("of a later portal") << 7 << 7 << Scheme::Light;
}

void tst_ColorSchemeWatch::atTheStart()
{
    QFETCH(int, wish);
    QFETCH(int, contrast);
    QFETCH(Scheme, scheme);
    FlagbridgeStyle::install(Scheme::Light);
    m_portal.values.clear();
    m_portal.asked.clear();
    if (wish >= 0)
        m_portal.values[u"color-scheme"_s] = static_cast<uint>(wish);
    if (contrast >= 0)
        m_portal.values[u"contrast"_s] = static_cast<uint>(contrast);
    ColorSchemeWatch watch;
    QTRY_COMPARE(m_portal.asked.size(), 2);
    QTRY_COMPARE(watch.scheme(), scheme);
}

void tst_ColorSchemeWatch::whileItRuns()
{
    FlagbridgeStyle::install(Scheme::Light);
    m_portal.values.clear();
    m_portal.asked.clear();
    ColorSchemeWatch watch;
    QTRY_COMPARE(m_portal.asked.size(), 2);
    QSignalSpy changed(&watch, &ColorSchemeWatch::schemeChanged);
    const auto tell = [&](const QString &key, uint value) {
        changed.clear();
        m_portal.change(kGroup, key, value);
        return changed.count() == 1 || changed.wait(5000);
    };
    QVERIFY(tell(u"color-scheme"_s, 1));
    QCOMPARE(watch.scheme(), Scheme::Dark);
    QVERIFY(tell(u"contrast"_s, 1));
    QCOMPARE(watch.scheme(), Scheme::HighContrast);
    QCOMPARE(changed[0][0].value<Scheme>(), Scheme::HighContrast);
    m_portal.change(kGroup, u"color-scheme"_s, 2); // has its effect when the contrast is as usual again
    m_portal.change(kGroup, u"accent-color"_s, 1);
    m_portal.change(u"org.gnome.desktop.interface"_s, u"contrast"_s, 0); // of another group
    QVERIFY(tell(u"contrast"_s, 0));
    QCOMPARE(watch.scheme(), Scheme::Light);
    QVERIFY(tell(u"color-scheme"_s, 1));
    QVERIFY(tell(u"color-scheme"_s, 0)); // no wish any more: as the program found it
    QCOMPARE(watch.scheme(), Scheme::Light);
}

// A console whose theme is "as the system" changes with it; one with a theme of its own does not.
void tst_ColorSchemeWatch::consoleFollows()
{
    FlagbridgeStyle::install(Scheme::Light);
    m_portal.values = {{u"color-scheme"_s, 0}, {u"contrast"_s, 1}};
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample, u"en"_s, SchemeChoice::System);
    const auto scheme
        = [] { return qobject_cast<FlagbridgeStyle *>(QApplication::style())->theme().scheme(); };
    QTRY_COMPARE(scheme(), Scheme::HighContrast);
    m_portal.change(kGroup, u"contrast"_s, 0);
    QTRY_COMPARE(scheme(), Scheme::Light);
    m_portal.change(kGroup, u"color-scheme"_s, 1);
    QTRY_COMPARE(scheme(), Scheme::Dark);
    shown.console->setScheme(SchemeChoice::Light);
    QCOMPARE(scheme(), Scheme::Light);
    m_portal.change(kGroup, u"contrast"_s, 1);
    QTest::qWait(100); // nothing is to come
    QCOMPARE(scheme(), Scheme::Light);
}

FB_TEST(tst_ColorSchemeWatch)

}

#include "tst_color_scheme_watch.moc"
