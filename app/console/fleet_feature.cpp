#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/fleet/fleet_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kFleet = u"fleet"_s;

    PageEntry page(Console &console, FleetViewModel &fleet, DemoFleet &demo)
    {
        PageEntry entry {.name = kFleet,
                         .group = Console::tr("Nodes"),
                         .title = Console::tr("Fleet"),
                         .icon = Icon::Fleet,
                         .make = {}};
        entry.make = [&](const QString &rest, QWidget *parent) -> Page * {
            if (!rest.isEmpty())
                return nullptr;
            auto *made = new FleetPage(fleet, demo, parent);
            QObject::connect(made, &FleetPage::runRequested, &console, &Console::openComposer);
            return made;
        };
        return entry;
    }

    FleetPage *openFleetPage(Console &console)
    {
        console.window().openAddress(kFleet);
        return qobject_cast<FleetPage *>(console.window().page());
    }
}

ConsoleFeature fleetFeature(Console &console, FleetViewModel &fleet, DemoFleet &demo)
{
    ConsoleFeature feature;
    feature.pages = {page(console, fleet, demo)};
    const QString nodes = Console::tr("Nodes");
    feature.commands
        = {{u"cmdEnrol"_s, nodes, Console::tr("Enrol a node"), QKeySequence(Qt::CTRL | Qt::Key_N), Icon::Add,
            [&console] {
                if (FleetPage *shown = openFleetPage(console))
                    shown->openEnrolSheet();
            }},
           {u"cmdDemoStart"_s,
            nodes,
            Console::tr("Start the demo fleet"),
            {},
            Icon::Start,
            [&demo] { demo.start(); }},
           {u"cmdDemoStop"_s, nodes, Console::tr("Stop and remove the demo fleet"), {}, Icon::Stop, [&demo] {
                demo.stopAndRemove();
            }}};
    feature.things = [&console, &fleet] {
        QList<PaletteEntry> things;
        for (const NodeRow &node : fleet.nodes().allNodes()) {
            things.append({Icon::Fleet,
                           node.name,
                           u"%1, %2"_s.arg(node.platform, PingWords::word(node.ping)),
                           Console::tr("Node"),
                           {},
                           [&console, id = node.id] {
                               if (FleetPage *shown = openFleetPage(console))
                                   shown->showNode(id);
                           }});
        }
        return things;
    };
    return feature;
}

}
