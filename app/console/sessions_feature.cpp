#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/sessions/sessions_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature sessionsFeature(SessionsViewModel &sessions)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"sessions"_s,
                      .group = Console::tr("Nodes"),
                      .title = Console::tr("Sessions"),
                      .icon = Icon::Sessions,
                      .make = [&sessions](const QString &rest, QWidget *parent) -> Page * {
                          return rest.isEmpty() ? new SessionsPage(sessions, parent) : nullptr;
                      }}};
    return feature;
}

}
