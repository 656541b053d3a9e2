#include "models/nodes/sessions/remote_desktop.h"
#include "tests/support/manual_clock.h"
#include "tests/support/models/fake_tunnels_source.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Remote desktops in the time of a clock that the test moves, with a client that only waits for its end.
class tst_RemoteDesktops : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void theHourEndsClientAndTunnel();
    void renewingIsInTime();
    void anIdleOneEnds();
    void eachHasItsOwnTime();
    void goesWhereItIsPut();
    void oneThatDoesNotListenIsKilled();
    void theSameDesktopHasTheSamePort();
    void aPortThatIsTakenIsLeft();

private:
    void writeClient(const QByteArray &script)
    {
        QFile file(m_folder.filePath(u"xfreerdp3"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!/bin/sh\nPATH=/bin:/usr/bin\ncd '" + m_folder.path().toLocal8Bit() + "'\n" + script);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    // And its client runs. Its number.
    int open(const QString &node)
    {
        std::optional<ShownError> answer;
        m_desktops->open({.nodeId = u"mi-"_s + node, .nodeName = node},
                         [&answer](const ShownError &problem) { answer = problem; });
        const int number = m_desktops->rows().last().number;
        if (!QTest::qWaitFor([&] { return m_source.opened.size() == number; }))
            return 0;
        tell(number, 4000);
        if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !answer->isEmpty())
            return 0;
        return number;
    }
    void tell(int number, qint64 toNode) // the tunnel's news
    {
        TunnelRow row;
        row.id = u"tunnel-%1"_s.arg(number);
        row.wish = m_source.opened[number - 1];
        row.state = TunnelRow::State::Open;
        row.localPort = 45000 + number;
        row.sessionId = u"session-%1"_s.arg(number);
        row.toNode = toNode;
        m_source.news.arrived({row});
    }
    // A second at a time, with somebody at the keyboard of `busy`.
    void pass(std::chrono::seconds time, const QList<int> &busy = {})
    {
        for (std::chrono::seconds passed {}; passed < time; passed += 1s) {
            m_clock.advance(1s);
            if (passed.count() % 30 == 0) {
                m_bytes += 500;
                for (const int number : busy)
                    tell(number, m_bytes);
            }
            m_desktops->lookAtTimes();
        }
    }
    DesktopRow row(int number) const
    {
        for (const DesktopRow &each : m_desktops->rows()) {
            if (each.number == number)
                return each;
        }
        return {};
    }

    QTemporaryDir m_folder;
    QByteArray m_path;
    ManualClock m_clock;
    FakeTunnelsSource m_source;
    qint64 m_bytes = 4000;
    std::unique_ptr<TunnelsViewModel> m_tunnels;
    std::unique_ptr<RemoteDesktops> m_desktops;
    std::unique_ptr<QSignalSpy> m_ended;
    std::unique_ptr<QSignalSpy> m_soon;
};

void tst_RemoteDesktops::initTestCase() { m_path = qgetenv("PATH"); }

void tst_RemoteDesktops::init()
{
    qputenv("PATH", m_folder.path().toLocal8Bit());
    QFile::remove(m_folder.filePath(u"arguments"_s)); // of the test before
    writeClient("printf '%s\\n' \"$@\" > arguments.part; mv arguments.part arguments\nexec sleep 600\n");
    m_source.opened.clear();
    m_source.closed.clear();
    m_source.renewed.clear();
    m_tunnels = std::make_unique<TunnelsViewModel>(m_source, &TunnelTable::idOf, TunnelTable::columns());
    m_tunnels->start();
    m_desktops = std::make_unique<RemoteDesktops>(*m_tunnels, m_clock);
    m_ended = std::make_unique<QSignalSpy>(m_desktops.get(), &RemoteDesktops::ended);
    m_soon = std::make_unique<QSignalSpy>(m_desktops.get(), &RemoteDesktops::endsSoon);
}

void tst_RemoteDesktops::cleanup()
{
    m_desktops.reset();
    m_tunnels.reset();
    qputenv("PATH", m_path);
}

void tst_RemoteDesktops::theHourEndsClientAndTunnel()
{
    const int number = open(u"win-01"_s);
    QVERIFY(number != 0);
    QCOMPARE(row(number).left, std::chrono::seconds(60min));
    QCOMPARE(row(number).endsIn, std::chrono::seconds(10min)); // unless it is used
    pass(55min - 1s, {number});
    QCOMPARE(m_soon->size(), 0);
    pass(1s, {number});
    QCOMPARE(m_soon->size(), 1);
    QCOMPARE(row(number).endsSoon, DesktopEnd::Time);
    QCOMPARE(row(number).left, std::chrono::seconds(5min));
    pass(5min - 1s, {number});
    QCOMPARE(row(number).left, 1s); // counts down
    QCOMPARE(m_soon->size(), 1); // told once
    QVERIFY(m_source.closed.isEmpty());
    pass(1s);
    QCOMPARE(m_desktops->count(), 0);
    QCOMPARE(m_source.closed, QStringList {u"tunnel-%1"_s.arg(number)});
    QCOMPARE(m_ended->size(), 1);
    QCOMPARE(m_ended->at(0).at(0).toString(), u"win-01"_s);
    QCOMPARE(m_ended->at(0).at(1).value<ShownError>().code, u"TimeIsOver"_s);
    QVERIFY(RemoteDesktops::isTimeOver(m_ended->at(0).at(1).value<ShownError>()));
}

void tst_RemoteDesktops::renewingIsInTime()
{
    const int number = open(u"win-01"_s);
    pass(57min, {number});
    QCOMPARE(m_soon->size(), 1);
    m_desktops->renew(number);
    QTRY_COMPARE(row(number).endsSoon, DesktopEnd::None); // once the engine has noted it
    QCOMPARE(m_source.renewed.size(), 1);
    QCOMPARE(m_source.renewed[0].first, u"session-1"_s);
    pass(59min, {number});
    QCOMPARE(m_desktops->count(), 1);
    QCOMPARE(m_soon->size(), 2); // once more, for the second hour
    pass(1min, {number});
    QCOMPARE(m_desktops->count(), 0);
    m_desktops->renew(number); // too late: it is gone
    QCOMPARE(m_desktops->count(), 0);
}

void tst_RemoteDesktops::anIdleOneEnds()
{
    const int number = open(u"win-01"_s);
    pass(8min);
    QCOMPARE(row(number).endsSoon, DesktopEnd::Idle);
    QCOMPARE(m_soon->size(), 1);
    pass(2min);
    QCOMPARE(m_desktops->count(), 0);
    QCOMPARE(m_ended->at(0).at(1).value<ShownError>().code, u"Idle"_s);
    QCOMPARE(m_source.closed, QStringList {u"tunnel-%1"_s.arg(number)});
}

void tst_RemoteDesktops::eachHasItsOwnTime()
{
    const int first = open(u"win-01"_s);
    const int second = open(u"win-02"_s);
    QVERIFY(first != 0 && second != 0);
    pass(11min, {second});
    QCOMPARE(m_desktops->count(), 1);
    QCOMPARE(m_desktops->rows().first().nodeName, u"win-02"_s);
    m_desktops->end(second);
    QCOMPARE(m_desktops->count(), 0);
    QCOMPARE(m_ended->size(), 2);
    QVERIFY(m_ended->at(1).at(1).value<ShownError>().isEmpty()); // by its operator
}

void tst_RemoteDesktops::goesWhereItIsPut()
{
    m_desktops->setPlaces([](int) { return DesktopPlace {.window = 0x2a00007, .pixels = {800, 600}}; });
    const int number = open(u"win-01"_s);
    QVERIFY(row(number).isPlaced);
    QByteArrayList all;
    const auto isWritten = [&] { // it comes line by line
        QFile arguments(m_folder.filePath(u"arguments"_s));
        all = arguments.open(QIODevice::ReadOnly) ? arguments.readAll().split('\n') : QByteArrayList();
        return all.contains("/smart-sizing");
    };
    QTRY_VERIFY(isWritten());
    QVERIFY(all.contains("/parent-window:44040199"));
    QVERIFY(all.contains("/size:800x600"));
    QVERIFY(all.contains("/smart-sizing"));
    QVERIFY(!all.contains("/dynamic-resolution"));
}

void tst_RemoteDesktops::oneThatDoesNotListenIsKilled()
{
    writeClient("trap '' TERM\necho $$ > pid\nwhile :; do sleep 0.1; done\n");
    const int number = open(u"win-01"_s);
    QFile pid(m_folder.filePath(u"pid"_s));
    QTRY_VERIFY(pid.exists() && pid.size() > 0);
    QVERIFY(pid.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromLatin1(pid.readAll().trimmed());
    QVERIFY(QFile::exists(process));
    m_desktops->end(number);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(process), 20000);
}

// By which the client remembers its certificate.
void tst_RemoteDesktops::theSameDesktopHasTheSamePort()
{
    const int first = open(u"win-01"_s);
    const int other = open(u"win-02"_s);
    m_desktops->end(first);
    const int again = open(u"win-01"_s);
    QVERIFY(first != 0 && other != 0 && again != 0);
    QCOMPARE(m_source.opened[again - 1].localPort, m_source.opened[first - 1].localPort);
    QVERIFY(m_source.opened[other - 1].localPort != m_source.opened[first - 1].localPort);
}

void tst_RemoteDesktops::aPortThatIsTakenIsLeft()
{
    m_source.refusal = {.kind = ShownError::Kind::WrongInput,
                        .code = u"ValidationException"_s,
                        .message = u"Port 61234 of this machine is in use."_s,
                        .field = u"localPortNumber"_s};
    std::optional<ShownError> answer;
    m_desktops->open({.nodeId = u"mi-1"_s, .nodeName = u"win-01"_s},
                     [&answer](const ShownError &problem) { answer = problem; });
    QTRY_COMPARE(m_source.opened.size(), 2);
    QVERIFY(m_source.opened[0].localPort != 0);
    QCOMPARE(m_source.opened[1].localPort, 0);
    QTRY_VERIFY(answer); // it is refused once more: no third time
    QCOMPARE(answer->field, u"localPortNumber"_s);
    QCOMPARE(m_source.opened.size(), 2);
    QCOMPARE(m_desktops->count(), 0);
    m_source.refusal = {};
}

FB_TEST(tst_RemoteDesktops)

}

#include "tst_remote_desktops.moc"
