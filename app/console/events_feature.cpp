#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/shared/events/events_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature eventsFeature(EventsViewModel &events)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"events"_s,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Events"),
                      .icon = Icon::Events,
                      .make = [&events](const QString &rest, QWidget *parent) -> Page * {
                          return rest.isEmpty() ? new EventsPage(events, parent) : nullptr;
                      }}};
    return feature;
}

}
