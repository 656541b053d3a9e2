#include "models/nodes/sessions/tunnels_feed.h"
#include "models/settings/console_settings.h"
#include "tests/support/live_fleet.h"
#include "tests/support/loopback_server.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"
#include "tests/support/x_screen.h"
#include "ui/nodes/sessions/desktop_screen.h"
#include "ui/nodes/sessions/desktops_page.h"
#include "ui/theme/flagbridge_style.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    XScreen &ownScreen()
    {
        static XScreen screen({1280, 800});
        return screen;
    }

    // Before the application is made, whose windows are there.
    const bool kIsOnOwnScreen
        = qputenv("DISPLAY", ownScreen().display()) && qputenv("QT_QPA_PLATFORM", "xcb");

    constexpr quint32 kGreen = 0x2a9d4f;
    constexpr quint32 kViolet = 0x8040c0;
    const auto kPassword = "c4nary-pass";
    const auto kHash = "ca6768bfd44920a0af6652f80da84bb5"; // of the password, as Windows keeps it

    bool isNear(quint32 one, quint32 other) // a picture loses a little on its way
    {
        for (int shift = 0; shift < 24; shift += 8) {
            if (std::abs(int((one >> shift) & 0xff) - int((other >> shift) & 0xff)) > 12)
                return false;
        }
        return true;
    }

    int xdotool(const QStringList &arguments) { return QProcess::execute(u"xdotool"_s, arguments); }
}

// A desktop from a real RDP server, FreeRDP's, which shows an X screen, through a real engine and agent.
class tst_LiveDesktop : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void standsInTheConsole();
    void standsInAWindowOfItsOwn();
    void aWrongPasswordIsSaid();

private:
    std::optional<ShownError> open(const QByteArray &password);
    QByteArray processWith(const QByteArray &word, const QByteArray &program = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<XScreen> m_remote;
    std::unique_ptr<TestProcess> m_server;
    int m_port = 0;
    std::unique_ptr<LiveFleet> m_fleet;
    std::unique_ptr<ConsoleSettings> m_settings;
    std::unique_ptr<TunnelsFeed> m_feed;
    std::unique_ptr<TunnelsViewModel> m_tunnels;
    SystemClock m_clock;
    std::unique_ptr<RemoteDesktops> m_desktops;
    QList<ShownError> m_ended;
};

void tst_LiveDesktop::initTestCase()
{
    QVERIFY(kIsOnOwnScreen && !ownScreen().display().isEmpty());
    QCOMPARE(QGuiApplication::platformName(), u"xcb"_s);
    QVERIFY(!RemoteDesktops::clientProgram().isEmpty());
    FlagbridgeStyle::install(Scheme::Light);
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_folder->path().toLocal8Bit()); // where the client remembers certificates
    m_remote = std::make_unique<XScreen>(QSize(800, 600));
    QVERIFY(!m_remote->display().isEmpty());
    QFile accounts(m_folder->filePath(u"sam"_s));
    QVERIFY(accounts.open(QIODevice::WriteOnly));
    accounts.write("dave:::" + QByteArray(kHash) + ":::\n");
    accounts.close();
    m_port = LoopbackServer(LoopbackServer::echo()).port(); // free again at once
    m_server = std::make_unique<TestProcess>(
        u"freerdp-shadow-cli"_s,
        QStringList {u"/port:%1"_s.arg(m_port), u"/bind-address:127.0.0.1"_s, u"+auth"_s, u"/sec:nla"_s,
                     u"/sam-file:"_s + accounts.fileName()},
        QStringList {u"DISPLAY="_s + QString::fromLatin1(m_remote->display()), u"HOME="_s + m_folder->path()},
        m_folder->filePath(u"server.log"_s));
    QTRY_VERIFY_WITH_TIMEOUT(LoopbackSocket::connectTo(static_cast<quint16>(m_port)).isOpen(), 20000);

    m_fleet = std::make_unique<LiveFleet>();
    QVERIFY(m_fleet->startEngine());
    QVERIFY(m_fleet->startAgent());
    m_settings = std::make_unique<ConsoleSettings>();
    m_feed = std::make_unique<TunnelsFeed>(m_fleet->engine(), *m_settings);
    m_tunnels = std::make_unique<TunnelsViewModel>(*m_feed, &TunnelTable::idOf, TunnelTable::columns());
    m_tunnels->start();
}

void tst_LiveDesktop::init()
{
    m_remote->paint(kGreen);
    m_desktops = std::make_unique<RemoteDesktops>(*m_tunnels, m_clock);
    m_ended.clear();
    connect(m_desktops.get(), &RemoteDesktops::ended, this,
            [this](const QString &, const ShownError &problem) { m_ended << problem; });
}

void tst_LiveDesktop::cleanup() { m_desktops.reset(); }

void tst_LiveDesktop::cleanupTestCase()
{
    m_tunnels.reset();
    m_fleet.reset();
    m_feed.reset();
    m_server.reset();
    m_remote.reset();
}

// Asks for it, and waits for the answer.
std::optional<ShownError> tst_LiveDesktop::open(const QByteArray &password)
{
    std::optional<ShownError> answer;
    m_desktops->open({.nodeId = m_fleet->nodeId(),
                      .nodeName = u"win-01"_s,
                      .port = m_port,
                      .user = u"dave"_s,
                      .password = password},
                     [&answer](const ShownError &problem) { answer = problem; });
    static_cast<void>(QTest::qWaitFor([&] { return answer.has_value(); }, 20000));
    return answer;
}

// The first process that shows the word in its command line or environment, and runs that program.
QByteArray tst_LiveDesktop::processWith(const QByteArray &word, const QByteArray &program) const
{
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        for (const auto &what : {u"cmdline"_s, u"environ"_s}) {
            QFile shown(u"/proc/"_s + pid + u'/' + what);
            if (!shown.open(QIODevice::ReadOnly))
                continue;
            const QByteArray all = shown.readAll();
            if (all.contains(word) && all.split('\0').first().contains(program))
                return all;
        }
    }
    return {};
}

// [fleet-manager 8.18] on a free port of the node: the picture arrives, keys and mouse go there, and no process list shows the password
void tst_LiveDesktop::standsInTheConsole()
{
    FakeFleetSource fleetSource;
    FleetViewModel fleet(fleetSource);
    DesktopScreens screens(*m_desktops);
    DesktopsPage page(screens, fleet);
    page.resize(1200, 760);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto answer = open(kPassword);
    QVERIFY(answer);
    QVERIFY2(answer->isEmpty(), qPrintable(answer->message));
    QVERIFY(m_desktops->rows().first().isPlaced);
    auto *screen = page.findChild<DesktopScreen *>();
    QVERIFY(screen);
    const auto shownIn = [screen](double x, double y) {
        return screen->mapToGlobal(QPoint(int(screen->width() * x), int(screen->height() * y)));
    };
    const auto isShown = [&](quint32 color) { return isNear(ownScreen().colorAt(shownIn(0.5, 0.5)), color); };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(kGreen), 30000);
    m_remote->paint(kViolet); // and it is live
    QTRY_VERIFY_WITH_TIMEOUT(isShown(kViolet), 30000);
    // As large as fits: the picture is 4 to 3, the place is wider.
    QVERIFY(isNear(ownScreen().colorAt(shownIn(0.5, 0.02)), kViolet));
    QVERIFY(isNear(ownScreen().colorAt(shownIn(0.5, 0.98)), kViolet));
    QVERIFY(!isNear(ownScreen().colorAt(shownIn(0.02, 0.5)), kViolet));

    // Another one of the same node stands beside it, through a port of its own.
    const auto second = open(kPassword);
    QVERIFY(second && second->isEmpty());
    const QList<DesktopScreen *> both = page.findChildren<DesktopScreen *>();
    QCOMPARE(both.size(), 2);
    for (DesktopScreen *each : both)
        QTRY_VERIFY_WITH_TIMEOUT(
            isNear(ownScreen().colorAt(each->mapToGlobal(each->rect().center())), kViolet), 30000);
    QVERIFY(both[0]->mapToGlobal(QPoint()).y() == both[1]->mapToGlobal(QPoint()).y());
    m_desktops->end(m_desktops->rows().last().number);
    QTRY_COMPARE(page.findChildren<DesktopScreen *>(), QList<DesktopScreen *> {screen});
    QTRY_COMPARE_WITH_TIMEOUT(m_tunnels->table().totalRows(), 1, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(kViolet), 20000);
    m_ended.clear();

    QVERIFY(processWith(kPassword).isEmpty());
    const QByteArray target
        = "/v:localhost:" + QByteArray::number(m_tunnels->values().values().front().localPort);
    QVERIFY(!processWith(target).isEmpty()); // the list is one that shows arguments

    // The mouse over its middle is the mouse over the middle there.
    const QPoint middle = shownIn(0.5, 0.5);
    QCOMPARE(xdotool({u"mousemove"_s, QString::number(middle.x()), QString::number(middle.y())}), 0);
    QTRY_VERIFY_WITH_TIMEOUT((m_remote->pointer() - QPoint(400, 300)).manhattanLength() < 12, 20000);

    // One key there is use, to who counts the bytes of the tunnel.
    const auto sent = [this] { return m_tunnels->values().values().front().toNode; };
    const qint64 before = sent();
    QCOMPARE(xdotool({u"key"_s, u"a"_s}), 0);
    QTRY_VERIFY_WITH_TIMEOUT(sent() - before > DesktopTime::kKeepAliveBytes, 20000);

    // It can be had larger, and comes back, without a new connection.
    const int number = m_desktops->rows().first().number;
    screens.tearOff(number);
    QVERIFY(screen->window() != &page);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(kViolet), 20000);
    screens.bringBack(number);
    QTRY_COMPARE(screen->window(), static_cast<QWidget *>(&page));
    QTRY_VERIFY_WITH_TIMEOUT(isShown(kViolet), 20000);
    QVERIFY(m_ended.isEmpty());

    // Enter gives it the keys, Ctrl+Alt+Home takes them back.
    QCOMPARE(xdotool({u"mousemove"_s, u"2"_s, u"790"_s}), 0);
    page.activateWindow();
    screen->setFocus();
    QTest::keyClick(screen, Qt::Key_Return);
    const quint64 ours = page.winId();
    QTRY_VERIFY(ownScreen().keysGoTo() > 1 && ownScreen().keysGoTo() != ours);
    QCOMPARE(xdotool({u"key"_s, u"ctrl+alt+Home"_s}), 0);
    QTRY_COMPARE(ownScreen().keysGoTo(), ours);

    QTest::mouseClick(page.findChild<QAbstractButton *>(u"desktopEnd"_s), Qt::LeftButton);
    QCOMPARE(m_desktops->count(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_tunnels->table().totalRows(), 0, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(processWith(target).isEmpty(), 20000);
    QCOMPARE(m_ended.size(), 1);
    QVERIFY(m_ended[0].isEmpty());
    QTRY_VERIFY(page.findChildren<DesktopScreen *>().isEmpty());
}

void tst_LiveDesktop::standsInAWindowOfItsOwn()
{
    const auto answer = open(kPassword);
    QVERIFY(answer);
    QVERIFY2(answer->isEmpty(), qPrintable(answer->message));
    QVERIFY(!m_desktops->rows().first().isPlaced);
    QTRY_VERIFY_WITH_TIMEOUT(isNear(ownScreen().colorAt({300, 300}), kGreen), 30000);
    QVERIFY(processWith(kPassword).isEmpty());
    m_desktops->end(m_desktops->rows().first().number);
    QTRY_VERIFY_WITH_TIMEOUT(!isNear(ownScreen().colorAt({300, 300}), kGreen), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(m_tunnels->table().totalRows(), 0, 20000);
}

void tst_LiveDesktop::aWrongPasswordIsSaid()
{
    const auto answer = open("not this one");
    QVERIFY(answer && answer->isEmpty()); // the client runs
    QTRY_COMPARE_WITH_TIMEOUT(m_ended.size(), 1, 30000);
    QCOMPARE(m_ended[0].code, u"ClientFailed"_s);
    QVERIFY2(!m_ended[0].message.contains(u"not this one"_s), qPrintable(m_ended[0].message));
    QTRY_COMPARE_WITH_TIMEOUT(m_tunnels->table().totalRows(), 0, 20000);
}

FB_TEST(tst_LiveDesktop)

}

#include "tst_live_desktop.moc"
