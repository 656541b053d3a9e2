#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/session_desk.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/nodes/sessions/watch_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kSessions = u"sessions"_s;
    const auto kPlay = u"/play"_s; // sessions/<id>/play
    const auto kWatch = u"/watch"_s; // sessions/<id>/watch

    SessionDesk *deskOf(Console &console) { return qobject_cast<SessionDesk *>(console.window().page()); }

    PageEntry page(Console &console, SessionsViewModel &sessions, RecordingSearchViewModel &recordings,
                   TunnelsViewModel &tunnels, DesktopScreens &screens, FleetViewModel &fleet,
                   ConsoleSettings &settings, TerminalThread &terminals)
    {
        PageEntry entry {.name = kSessions,
                         .group = Console::tr("Nodes"),
                         .title = Console::tr("Sessions"),
                         .icon = Icon::Sessions,
                         .make = {}};
        entry.make = [&](const QString &rest, QWidget *parent) -> Page * {
            if (rest.endsWith(kPlay) && rest.count(u'/') == 1 && rest.size() > kPlay.size())
                return new PlayerPage(sessions.source(), terminals, rest.chopped(kPlay.size()), parent);
            if (rest.endsWith(kWatch) && rest.count(u'/') == 1 && rest.size() > kWatch.size())
                return new WatchPage(sessions, console.desk().source(), terminals,
                                     rest.chopped(kWatch.size()), parent);
            if (!rest.isEmpty())
                return nullptr;
            const DeskActions::Ways ways {
                .keysOf
                = [&console](const QString &command) { return console.window().commands().keysOf(command); },
                .openPalette = [&console] { console.window().openPalette(); },
                .viewOf = {}};
            auto *desk = new SessionDesk(console.desk(), sessions, recordings, tunnels, screens, fleet,
                                         settings, ways, parent);
            QObject::connect(desk, &SessionDesk::keysGoTo, &console, &Console::setKeysGoTo);
            return desk;
        };
        return entry;
    }

    // What has no effect while the desk is not in front leaves other pages alone.
    QList<ShellCommand> commands(Console &console)
    {
        const QString menu = Console::tr("Sessions");
        const auto command = [&](const QString &name, const QString &text, const QString &keys, Icon icon) {
            return ShellCommand {name, menu, text, QKeySequence(keys), icon, [&console, name] {
                                     if (SessionDesk *desk = deskOf(console))
                                         desk->run(name);
                                 }};
        };
        return {
            {u"sessionStart"_s, menu, Console::tr("Open a shell"), QKeySequence(u"Ctrl+Shift+T"_s),
             Icon::Sessions, [&console] { console.openStartSession({}); }, u"ssm:StartSession"_s},
            command(u"sessionSplitRight"_s, Console::tr("Split right"), u"Ctrl+Shift+E"_s, Icon::SplitRight),
            command(u"sessionSplitBelow"_s, Console::tr("Split below"), u"Ctrl+Shift+O"_s, Icon::SplitBelow),
            command(u"sessionNext"_s, Console::tr("Next tab"), u"Ctrl+PgDown"_s, Icon::NextTab),
            command(u"sessionPrevious"_s, Console::tr("Previous tab"), u"Ctrl+PgUp"_s, Icon::PreviousTab),
            command(u"sessionRename"_s, Console::tr("Rename the tab"), {}, Icon::Edit),
            command(u"sessionTearOff"_s, Console::tr("Tear off the tab"), {}, Icon::TearOff),
            command(u"sessionBroadcast"_s, Console::tr("Start or end input broadcast"), {}, Icon::Broadcast),
            command(u"sessionFind"_s, Console::tr("Find in scrollback"), {}, Icon::Search),
            command(u"sessionSave"_s, Console::tr("Save scrollback..."), {}, Icon::Save),
            command(u"sessionEnd"_s, Console::tr("End session"), u"Ctrl+Shift+W"_s, Icon::Stop),
            {u"sessionPalette"_s, menu, Console::tr("Search or run, from a terminal"),
             QKeySequence(u"Ctrl+Shift+K"_s), Icon::SearchRun,
             [&console] { console.window().openPalette(); }},
            {u"cmdTunnels"_s,
             menu,
             Console::tr("Show tunnels"),
             {},
             Icon::Tunnel,
             [&console] { console.window().openAddress(u"sessions?tab=tunnels"_s); }},
            {u"cmdOpenTunnel"_s,
             menu,
             Console::tr("Open a tunnel"),
             {},
             Icon::Tunnel,
             [&console] {
                 console.window().openAddress(u"sessions?tab=tunnels"_s);
                 if (SessionDesk *desk = deskOf(console))
                     desk->openTunnel();
             },
             u"ssm:StartSession"_s},
            {u"cmdDesktops"_s,
             menu,
             Console::tr("Show remote desktops"),
             {},
             Icon::Desktop,
             [&console] { console.window().openAddress(u"sessions?tab=desktops"_s); }},
            {u"cmdOpenDesktop"_s,
             menu,
             Console::tr("Open a remote desktop"),
             {},
             Icon::Desktop,
             [&console] {
                 console.window().openAddress(u"sessions?tab=desktops"_s);
                 if (SessionDesk *desk = deskOf(console))
                     desk->openDesktop();
             },
             u"ssm:StartSession"_s},
            {u"cmdSearchRecordings"_s,
             menu,
             Console::tr("Search the screens of all recordings"),
             {},
             Icon::Search,
             [&console] { console.window().openAddress(u"sessions?tab=recordings"_s); }},
            {u"cmdRecordings"_s,
             menu,
             Console::tr("Show recorded sessions"),
             {},
             Icon::Start,
             [&console] { console.window().openAddress(SessionsPage::recordingsAddress()); }},
        };
    }
}

ConsoleFeature sessionsFeature(Console &console, SessionsViewModel &sessions,
                               RecordingSearchViewModel &recordings, TunnelsViewModel &tunnels,
                               DesktopScreens &screens, FleetViewModel &fleet, ConsoleSettings &settings,
                               TerminalThread &terminals)
{
    ConsoleFeature feature;
    feature.pages = {page(console, sessions, recordings, tunnels, screens, fleet, settings, terminals)};
    feature.commands = commands(console);
    return feature;
}

}
