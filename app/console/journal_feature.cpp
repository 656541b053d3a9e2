#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/fleet/journal_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature journalFeature(FleetViewModel &fleet, const ToolSources &tools)
{
    ConsoleFeature feature;
    feature.pages
        = {{.name = u"journal"_s,
            .group = Console::tr("Nodes"),
            .title = Console::tr("Journals"),
            .icon = Icon::Journal,
            .make = [&fleet, &journal = tools.journal](const QString &rest, QWidget *parent) -> Page * {
                return rest.isEmpty() ? new JournalPage(fleet, journal, parent) : nullptr;
            }}};
    return feature;
}

}
