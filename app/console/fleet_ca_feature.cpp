#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/rollover/fleet_ca_page.h"

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature fleetCaFeature(CaRollOverViewModel &rollOver)
{
    ConsoleFeature feature;
    feature.pages = {{.name = u"fleet-ca"_s,
                      .group = Console::tr("Nodes"),
                      .title = Console::tr("Fleet CA"),
                      .icon = Icon::FleetCa,
                      .make = [&rollOver](const QString &rest, QWidget *parent) -> Page * {
                          return rest.isEmpty() ? new FleetCaPage(rollOver, parent) : nullptr;
                      }}};
    return feature;
}

}
