#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/sessions_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kPlay = u"/play"_s; // sessions/<id>/play
}

ConsoleFeature sessionsFeature(Console &console, SessionsViewModel &sessions, TerminalThread &terminals)
{
    ConsoleFeature feature;
    feature.pages
        = {{.name = u"sessions"_s,
            .group = Console::tr("Nodes"),
            .title = Console::tr("Sessions"),
            .icon = Icon::Sessions,
            .make = [&sessions, &terminals](const QString &rest, QWidget *parent) -> Page * {
                if (rest.isEmpty())
                    return new SessionsPage(sessions, parent);
                if (rest.endsWith(kPlay) && rest.count(u'/') == 1 && rest.size() > kPlay.size())
                    return new PlayerPage(sessions.source(), terminals, rest.chopped(kPlay.size()), parent);
                return nullptr;
            }}};
    feature.commands = {{u"cmdRecordings"_s,
                         Console::tr("Nodes"),
                         Console::tr("Show recordings of sessions"),
                         {},
                         Icon::Start,
                         [&console] { console.window().openAddress(SessionsPage::recordingsAddress()); }}};
    return feature;
}

}
