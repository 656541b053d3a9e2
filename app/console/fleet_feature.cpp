#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/fleet/fleet_page.h"
#include "ui/nodes/fleet/node_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kFleet = u"fleet"_s;

    PageEntry page(Console &console, FleetViewModel &fleet, NodeSource &nodes, DemoFleet &demo)
    {
        PageEntry entry {.name = kFleet,
                         .group = Console::tr("Nodes"),
                         .title = Console::tr("Fleet"),
                         .icon = Icon::Fleet,
                         .make = {}};
        entry.make = [&](const QString &rest, QWidget *parent) -> Page * {
            if (!rest.isEmpty()) {
                if (!fleet.nodes().node(rest))
                    return nullptr;
                auto *one = new NodePage(fleet, nodes, rest, parent);
                QObject::connect(one, &NodePage::runRequested, &console, &Console::openComposer);
                return one;
            }
            auto *made = new FleetPage(fleet, nodes, demo, parent);
            QObject::connect(made, &FleetPage::runRequested, &console, &Console::openComposer);
            QObject::connect(made, &FleetPage::enrolRequested, &console,
                             [&] { openEnrolWizard(console, fleet); });
            return made;
        };
        return entry;
    }
}

ConsoleFeature fleetFeature(Console &console, FleetViewModel &fleet, NodeSource &nodes, DemoFleet &demo)
{
    ConsoleFeature feature;
    feature.pages = {page(console, fleet, nodes, demo)};
    const QString group = Console::tr("Nodes");
    feature.commands
        = {{u"cmdEnrol"_s, group, Console::tr("Enrol nodes"), QKeySequence(Qt::CTRL | Qt::Key_N), Icon::Add,
            [&console, &fleet] { openEnrolWizard(console, fleet); }},
           {u"cmdDemoStart"_s,
            group,
            Console::tr("Start the demo fleet"),
            {},
            Icon::Start,
            [&demo] { demo.start(); }},
           {u"cmdDemoStop"_s, group, Console::tr("Stop and remove the demo fleet"), {}, Icon::Stop, [&demo] {
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
                           [&console, id = node.id] { console.window().openAddress(u"fleet/"_s + id); }});
        }
        return things;
    };
    return feature;
}

}
