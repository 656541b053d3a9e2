#include "tests/gui/page_states_desktops.h"

#include <QLineEdit>
#include <QScopeGuard>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QStringList DesktopStates::names()
{
    return {u"desktops"_s, u"desktops-none"_s, u"desktops-soon"_s, u"desktops-ended"_s, u"desktop-open"_s};
}

void DesktopStates::openDesktops(ConsoleFixture &shown, const QStringList &nodes)
{
    QFile client(shown.folder.filePath(u"xfreerdp3"_s));
    QVERIFY(client.open(QIODevice::WriteOnly));
    client.write("#!/bin/sh\nexec /bin/sleep 600\n");
    client.close();
    QVERIFY(client.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", shown.folder.path().toLocal8Bit());
    const auto restored = qScopeGuard([&path] { qputenv("PATH", path); });
    for (const QString &node : nodes) {
        const auto before = shown.tunnelsSource.opened.size();
        bool isAnswered = false;
        shown.desktops->open({.nodeId = u"mi-"_s + node, .nodeName = node, .user = u"CORP\\m.tanaka"_s},
                             [&isAnswered](const ShownError &) { isAnswered = true; });
        QTRY_COMPARE(shown.tunnelsSource.opened.size(), before + 1);
        TunnelRow row;
        row.id = u"tunnel-1%1"_s.arg(before);
        row.wish = shown.tunnelsSource.opened.last();
        row.nodeName = node;
        row.state = TunnelRow::State::Open;
        row.localPort = row.wish.localPort;
        shown.tunnelsSource.news.arrived({row});
        QTRY_VERIFY(isAnswered);
    }
}

void DesktopStates::open(const QString &name, ConsoleFixture &shown)
{
    shown.window().openAddress(u"sessions?tab=desktops"_s);
    QTRY_VERIFY(shown.visible("desktopsFirst"));
    if (name == u"desktop-open") {
        QTest::mouseClick(shown.visible("desktopsFirst"), Qt::LeftButton);
        static_cast<QLineEdit *>(shown.visible("desktopUser"))->setText(u"CORP\\dave"_s);
    }
    if (name == u"desktop-open" || name == u"desktops-none")
        return;
    openDesktops(shown, {u"win-tyo-01"_s, u"win-tyo-02"_s});
    const auto pass = [&shown](std::chrono::minutes time) {
        shown.clock.advance(time);
        shown.desktops->lookAtTimes();
    };
    pass(9min);
    openDesktops(shown, {u"win-osa-01"_s});
    if (name == u"desktops-soon") // two have been idle for nine minutes
        return;
    for (const DesktopRow &row : shown.desktops->rows())
        shown.desktops->renew(row.number);
    if (name == u"desktops-ended")
        pass(10min);
    else
        pass(7min);
}

}
