#include "tests/gui/page_states_desktops.h"
#include "tests/support/test_main.h"
#include "ui/widgets/banner.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fleet = ConsoleFixture::Fleet;

// A remote desktop: tunnel and client, with a client that writes down how it was called.
class tst_RemoteDesktop : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void opensByKeyboard();
    void theTunnelEndsWithItsClient();
    void aFailureIsSaid();
    void closingTheTunnelEndsTheClient();
    void withoutAClientItSaysWhatToInstall();
    void noMoreThanFive();
    void wrongFieldsAreNamed();
    void thePageListsThem();
    void theirEndIsToldAndRenewed();
    void theyOutliveThePage();
    void theFleetsSettingsHold();

private:
    void writeClient(const QByteArray &script);
    QByteArray said(const QString &file) const
    {
        QFile read(m_folder->filePath(file));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    static void openSheet(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"sessions?tab=desktops"_s);
        QTRY_VERIFY(shown.visible("desktopsFirst"));
        QTest::mouseClick(shown.visible("desktopsFirst"), Qt::LeftButton);
        QTRY_VERIFY(shown.visible("desktopSheet"));
    }
    // The tunnel that was asked for is open now.
    static TunnelRow tunnelComes(ConsoleFixture &shown)
    {
        TunnelRow row;
        row.id = u"tunnel-9"_s;
        row.wish = shown.tunnelsSource.opened.last();
        row.nodeName = u"win-01"_s;
        row.state = TunnelRow::State::Open;
        row.localPort = 45123;
        shown.tunnelsSource.news.arrived({row});
        return row;
    }
    static QLineEdit *line(ConsoleFixture &shown, const char *name)
    {
        return static_cast<QLineEdit *>(shown.visible(name));
    }

    // Those that are shown, in order.
    static QList<QWidget *> heads(ConsoleFixture &shown)
    {
        QList<QWidget *> all = shown.window().findChildren<QWidget *>(u"desktopHead"_s);
        all.removeIf([](QWidget *head) { return !head->isVisible(); });
        return all;
    }
    static QStringList texts(ConsoleFixture &shown, const char *name)
    {
        QStringList all;
        for (QWidget *head : heads(shown))
            all << head->findChild<QLabel *>(QString::fromLatin1(name))->text();
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;
};

void tst_RemoteDesktop::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = qgetenv("PATH");
    qputenv("PATH", m_folder->path().toLocal8Bit()); // without an RDP client that this machine may have
    writeClient("printf '%s\\n' \"$@\" > arguments; head -n 1 > stdin; touch runs; while [ ! -e stop ]; do "
                "sleep 0.05; done\n");
}

void tst_RemoteDesktop::cleanup() { qputenv("PATH", m_path); }

void tst_RemoteDesktop::writeClient(const QByteArray &script)
{
    QFile file(m_folder->filePath(u"xfreerdp3"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("#!/bin/sh\nPATH=/bin:/usr/bin\ncd '" + m_folder->path().toLocal8Bit() + "'\n" + script);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void tst_RemoteDesktop::opensByKeyboard()
{
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    line(shown, "desktopUser")->setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"CORP\\dave"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"desktopPassword"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"s3cret word"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(shown.tunnelsSource.opened.size(), 1);
    const TunnelWish wish = shown.tunnelsSource.opened[0];
    QCOMPARE(wish.port, 3389);
    QVERIFY(wish.localPort >= 61000 && wish.localPort <= 65535);
    QVERIFY(wish.host.isEmpty());
    QVERIFY(!wish.keepOpen);
    QVERIFY(line(shown, "desktopPassword")->text().isEmpty()); // kept nowhere
    tunnelComes(shown);
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"runs"_s)));
    QTRY_VERIFY(!shown.visible("desktopSheet"));
    const QByteArray arguments = said(u"arguments"_s);
    QVERIFY2(arguments.contains("/v:localhost:45123\n"), arguments.constData());
    QVERIFY(arguments.contains("/u:CORP\\dave\n"));
    QVERIFY(!arguments.contains("s3cret")); // [fleet-manager 8.18] not where ps shows it
    QCOMPARE(said(u"stdin"_s), QByteArray("s3cret word\n"));
}

void tst_RemoteDesktop::theTunnelEndsWithItsClient()
{
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    QTest::mouseClick(shown.visible("desktopOpen"), Qt::LeftButton);
    QTRY_COMPARE(shown.tunnelsSource.opened.size(), 1);
    tunnelComes(shown);
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"runs"_s)));
    QVERIFY(shown.tunnelsSource.closed.isEmpty());
    QFile stop(m_folder->filePath(u"stop"_s));
    QVERIFY(stop.open(QIODevice::WriteOnly));
    QTRY_COMPARE(shown.tunnelsSource.closed, QStringList {u"tunnel-9"_s});
    QVERIFY(!shown.find<Banner>("desktopsBanner")->isVisible()); // its operator ended it
}

void tst_RemoteDesktop::aFailureIsSaid()
{
    writeClient("echo '[10:40:51:123] [1:2] [ERROR][com.freerdp.core] - ERRCONNECT_LOGON_FAILURE "
                "[0x00020014]'; exit 132\n");
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    QTest::mouseClick(shown.visible("desktopOpen"), Qt::LeftButton);
    QTRY_COMPARE(shown.tunnelsSource.opened.size(), 1);
    tunnelComes(shown);
    auto *banner = shown.find<Banner>("desktopsBanner");
    QTRY_VERIFY(banner->isVisible());
    QStringList texts;
    for (const QLabel *label : banner->findChildren<QLabel *>())
        texts << label->text();
    QVERIFY2(texts.join(u'|').contains(u"ERRCONNECT_LOGON_FAILURE"_s), qPrintable(texts.join(u'|')));
    QTRY_COMPARE(shown.tunnelsSource.closed, QStringList {u"tunnel-9"_s});
}

void tst_RemoteDesktop::closingTheTunnelEndsTheClient()
{
    writeClient("trap 'touch ended; exit 0' TERM; touch runs; while :; do sleep 0.05; done\n");
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    QTest::mouseClick(shown.visible("desktopOpen"), Qt::LeftButton);
    QTRY_COMPARE(shown.tunnelsSource.opened.size(), 1);
    const TunnelRow row = tunnelComes(shown);
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"runs"_s)));
    shown.tunnelsSource.news.removed({row.id});
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"ended"_s)));
}

void tst_RemoteDesktop::withoutAClientItSaysWhatToInstall()
{
    QVERIFY(QFile::remove(m_folder->filePath(u"xfreerdp3"_s)));
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    QVERIFY(!shown.visible("desktopOpen")->isEnabled());
    QVERIFY(shown.visible("desktopBanner"));
}

void tst_RemoteDesktop::noMoreThanFive()
{
    ConsoleFixture shown(Fleet::Sample);
    RemoteDesktops desktops(*shown.tunnels, shown.clock);
    const auto open = [&] {
        std::optional<ShownError> answer;
        desktops.open({.nodeId = u"mi-1"_s, .nodeName = u"one"_s},
                      [&](const ShownError &problem) { answer = problem; });
        QTest::qWait(20);
        return answer;
    };
    for (int i = 0; i < DesktopLimits().most; ++i)
        QVERIFY(!open()); // waits for its tunnel
    const auto refused = open();
    QVERIFY(refused && refused->kind == ShownError::Kind::Limit);
}

void tst_RemoteDesktop::wrongFieldsAreNamed()
{
    ConsoleFixture shown(Fleet::Sample);
    openSheet(shown);
    line(shown, "desktopPort")->setText(u"70000"_s);
    QTest::mouseClick(shown.visible("desktopOpen"), Qt::LeftButton);
    QVERIFY(shown.visible("desktopPort")->accessibleDescription().contains(u"65535"_s));
    line(shown, "desktopPort")->setText(u"3389"_s);
    line(shown, "desktopHost")->setText(u"a b"_s);
    QTest::mouseClick(shown.visible("desktopOpen"), Qt::LeftButton);
    QVERIFY(shown.visible("desktopHost")->hasFocus());
    QVERIFY(shown.tunnelsSource.opened.isEmpty());
}

void tst_RemoteDesktop::thePageListsThem()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=desktops"_s);
    QTRY_VERIFY(shown.visible("desktopsEmpty"));
    DesktopStates::openDesktops(shown, {u"win-01"_s, u"win-02"_s});
    QVERIFY(!shown.visible("desktopsEmpty"));
    QCOMPARE(texts(shown, "desktopTime"), (QStringList {u"60 min left"_s, u"60 min left"_s}));
    QCOMPARE(texts(shown, "desktopWhere").size(), 2);
    shown.clock.advance(7min);
    shown.desktops->lookAtTimes();
    QCOMPARE(texts(shown, "desktopTime").first(), u"53 min left"_s);
    QTest::mouseClick(heads(shown)[0]->findChild<QPushButton *>(u"desktopRenew"_s), Qt::LeftButton);
    QTRY_COMPARE(texts(shown, "desktopTime"), (QStringList {u"60 min left"_s, u"53 min left"_s}));
    QTest::mouseClick(heads(shown)[1]->findChild<QPushButton *>(u"desktopEnd"_s), Qt::LeftButton);
    QCOMPARE(heads(shown).size(), 1);
    QTRY_COMPARE(shown.tunnelsSource.closed.size(), 1);
    QVERIFY(!shown.find<Banner>("desktopsBanner")->isVisible()); // its operator ended it
    DesktopStates::openDesktops(shown, {u"a"_s, u"b"_s, u"c"_s, u"d"_s});
    QVERIFY(!shown.visible("desktopsOpen")->isEnabled()); // five
    QVERIFY(shown.visible("desktopsOpen")->toolTip().contains(u'5'));
}

void tst_RemoteDesktop::theirEndIsToldAndRenewed()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=desktops"_s);
    QTRY_VERIFY(shown.visible("desktopsEmpty"));
    DesktopStates::openDesktops(shown, {u"win-01"_s});
    const auto pass = [&shown](std::chrono::seconds time) {
        shown.clock.advance(time);
        shown.desktops->lookAtTimes();
    };
    auto *notice = shown.find<Banner>("desktopNotice");
    pass(8min - 1s);
    QVERIFY(!notice->isVisible());
    const auto noticesBefore = shown.console->notices().all().size();
    pass(1s);
    QCOMPARE(notice->statement(), u"Ends in 2:00."_s);
    QCOMPARE(shown.console->notices().all().size(), noticesBefore + 1);
    QCOMPARE(shown.console->notices().all().first().address, u"sessions?tab=desktops"_s);
    pass(31s);
    QCOMPARE(notice->statement(), u"Ends in 1:29."_s);
    for (QPushButton *button : notice->findChildren<QPushButton *>()) {
        if (button->text() == u"Renew")
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(!notice->isVisible());
    QCOMPARE(texts(shown, "desktopTime"), QStringList {u"60 min left"_s});
    pass(10min);
    auto *banner = shown.find<Banner>("desktopsBanner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->statement(), u"The remote desktop of win-01 has ended."_s);
    QVERIFY(shown.visible("desktopsEmpty"));
    QTRY_COMPARE(shown.tunnelsSource.closed.size(), 1);
}

void tst_RemoteDesktop::theyOutliveThePage() // which is made anew with each change of the language
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=desktops"_s);
    QTRY_VERIFY(shown.visible("desktopsEmpty"));
    DesktopStates::openDesktops(shown, {u"win-01"_s, u"win-02"_s});
    shown.console->setLanguage(u"ja"_s);
    QTRY_COMPARE(heads(shown).size(), 2);
    QCOMPARE(texts(shown, "desktopTime").first(), u"残り 60 分"_s);
    QCOMPARE(shown.desktops->count(), 2);
    shown.desktops->end(shown.desktops->rows().first().number);
    QCOMPARE(heads(shown).size(), 1);
}

// Longest, idle and how many are settings of the fleet; a renewal that the engine does not note is none.
void tst_RemoteDesktop::theFleetsSettingsHold()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=desktops"_s);
    QTRY_VERIFY(shown.visible("desktopsEmpty"));
    const auto set = [&shown](const QString &id, const QString &value) {
        shown.fleetSettings->source().change(id, value, [](const ShownError &) {});
    };
    QTRY_VERIFY(shown.fleetSettings->isLoaded());
    set(u"/flagbridge/fleet-manager/desktop-minutes"_s, u"90"_s);
    set(u"/flagbridge/fleet-manager/desktop-idle-minutes"_s, u"30"_s);
    set(u"/flagbridge/fleet-manager/desktops-at-once"_s, u"2"_s);
    QTRY_COMPARE(shown.desktops->limits(), (DesktopLimits {.longest = 90min, .idle = 30min, .most = 2}));
    DesktopStates::openDesktops(shown, {u"win-01"_s, u"win-02"_s});
    QCOMPARE(texts(shown, "desktopTime").first(), u"90 min left"_s);
    QVERIFY(!shown.visible("desktopsOpen")->isEnabled()); // two
    set(u"/flagbridge/fleet-manager/desktops-at-once"_s, u"3"_s);
    QTRY_VERIFY(shown.visible("desktopsOpen")->isEnabled());
    shown.clock.advance(20min);
    shown.desktops->lookAtTimes();
    shown.tunnelsSource.renewRefusal = {.kind = ShownError::Kind::Denied,
                                        .code = u"AccessDeniedException"_s,
                                        .message = u"no"_s,
                                        .field = {}};
    QPushButton *renew = heads(shown)[0]->findChild<QPushButton *>(u"desktopRenew"_s);
    auto *notice = heads(shown)[0]->findChild<Banner *>(u"desktopNotice"_s);
    QTest::mouseClick(renew, Qt::LeftButton);
    QTRY_COMPARE(notice->statement(), u"It was not renewed."_s);
    shown.desktops->lookAtTimes();
    QCOMPARE(texts(shown, "desktopTime").first(), u"70 min left"_s);
    QCOMPARE(notice->statement(), u"It was not renewed."_s); // until it goes well
    shown.tunnelsSource.renewRefusal = {};
    set(u"/flagbridge/fleet-manager/desktop-minutes"_s, u"45"_s);
    QTRY_COMPARE(shown.desktops->limits().longest, 45min);
    QTest::mouseClick(renew, Qt::LeftButton);
    QTRY_COMPARE(texts(shown, "desktopTime").first(), u"45 min left"_s); // the new setting
    QVERIFY(!notice->isVisible());
    QCOMPARE(shown.tunnelsSource.renewed.last().second, 45min);
}

FB_TEST(tst_RemoteDesktop)

}

#include "tst_remote_desktop.moc"
