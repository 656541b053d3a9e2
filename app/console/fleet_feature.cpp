#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/fleet/fleet_page.h"
#include "ui/nodes/fleet/node_page.h"
#include "ui/widgets/late_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kFleetPage = u"fleet"_s;

    void startStep(Console &console, FleetViewModel &fleet, const QString &step)
    {
        if (step == u"enrol")
            openEnrolWizard(console, fleet);
        else if (step == u"run")
            console.openComposer({});
        else if (step == u"administrator")
            console.openFirstAdministrator();
        else if (step == u"backup")
            console.openKeyBackup();
    }

    // Of a node while the fleet is still being read; nothing once it is known that there is no such node.
    Page *lateNode(FleetViewModel &fleet, const QString &id, QWidget *parent)
    {
        if (fleet.isLoaded())
            return nullptr;
        auto *late = new LatePage(kFleetPage + u'/' + id, id, parent);
        const auto look = [&fleet, late, id] {
            if (fleet.nodes().node(id))
                late->setHere();
            else if (fleet.isLoaded())
                late->setMissing(Console::tr("There is no node %1. It may have been deregistered.").arg(id));
        };
        QObject::connect(&fleet, &FleetViewModel::countsChanged, late, look);
        QObject::connect(&fleet, &FleetViewModel::loadedChanged, late, look);
        return late;
    }

    PageEntry page(Console &console, FleetViewModel &fleet, NodeSource &nodes, const ToolSources &tools,
                   DemoFleet &demo, FirstSteps &firstSteps, DraftStore &drafts)
    {
        PageEntry entry {.name = kFleetPage,
                         .group = Console::tr("Nodes"),
                         .title = Console::tr("Fleet"),
                         .icon = Icon::Fleet,
                         .make = {}};
        entry.make = [&, tools](const QString &rest, QWidget *parent) -> Page * {
            if (!rest.isEmpty()) {
                if (!fleet.nodes().node(rest))
                    return lateNode(fleet, rest, parent);
                auto *one = new NodePage(fleet, nodes, tools, drafts, rest, parent);
                QObject::connect(one, &NodePage::runRequested, &console, &Console::openComposer);
                QObject::connect(one, &NodePage::sessionRequested, &console, &Console::openStartSession);
                return one;
            }
            auto *made = new FleetPage(fleet, nodes, demo, firstSteps, drafts, parent);
            QObject::connect(made, &FleetPage::runRequested, &console, &Console::openComposer);
            QObject::connect(made, &FleetPage::sessionRequested, &console, &Console::openStartSession);
            QObject::connect(made, &FleetPage::enrolRequested, &console,
                             [&] { openEnrolWizard(console, fleet); });
            QObject::connect(made, &FleetPage::stepRequested, &console,
                             [&](const QString &step) { startStep(console, fleet, step); });
            QObject::connect(made, &FleetPage::headlessRequested, &console, &Console::openHeadlessSetUp);
            return made;
        };
        return entry;
    }
}

namespace {

    QList<PaletteEntry> nodesOf(FleetViewModel &fleet, const QString &query, int most)
    {
        QList<PaletteEntry> things;
        for (const NodeRow &node : fleet.nodes().allNodes()) {
            if (things.size() == most)
                break;
            if (!PaletteModel::match(node.name, query) && !node.id.startsWith(query))
                continue;
            things.append({Icon::Fleet,
                           node.name,
                           u"%1, %2, %3"_s.arg(node.platform, PingWords::word(node.ping), node.id),
                           Console::tr("Node"),
                           {},
                           u"fleet/"_s + node.id,
                           {},
                           PaletteGroup::Node});
        }
        return things;
    }

    QList<PaletteEntry> tagsOf(FleetViewModel &fleet, const QString &query, int most)
    {
        QMap<QString, int> nodes; // by tag
        for (const NodeRow &node : fleet.nodes().allNodes()) {
            for (const QString &tag : node.tags) {
                if (tag.contains(query, Qt::CaseInsensitive))
                    ++nodes[tag];
            }
        }
        QList<PaletteEntry> things;
        for (auto tag = nodes.constBegin(); tag != nodes.constEnd() && things.size() < most; ++tag) {
            ViewState view;
            view.setQuery({.text = {},
                           .tokens = {{.key = u"tag:"_s + tag.key().section(u'=', 0, 0),
                                       .values = {tag.key().section(u'=', 1)}}}});
            things.append({Icon::Tag,
                           tag.key(),
                           Console::tr("%n node(s)", nullptr, tag.value()),
                           Console::tr("Tag"),
                           {},
                           u"fleet?"_s + view.text(),
                           {},
                           PaletteGroup::Tag});
        }
        return things;
    }
}

ConsoleFeature fleetFeature(Console &console, FleetViewModel &fleet, NodeSource &nodes,
                            const ToolSources &tools, DemoFleet &demo, FirstSteps &firstSteps,
                            DraftStore &drafts)
{
    ConsoleFeature feature;
    feature.pages = {page(console, fleet, nodes, tools, demo, firstSteps, drafts)};
    const QString group = Console::tr("Nodes");
    feature.commands
        = {{u"cmdEnrol"_s, group, Console::tr("Enrol nodes"), QKeySequence(Qt::CTRL | Qt::Key_N), Icon::Add,
            [&console, &fleet] { openEnrolWizard(console, fleet); }, u"ssm:CreateActivation"_s},
           {u"cmdDemoStart"_s,
            group,
            Console::tr("Start the demo fleet"),
            {},
            Icon::Start,
            [&demo] { demo.start(); }},
           {u"cmdDemoStop"_s, group, Console::tr("Stop and remove the demo fleet"), {}, Icon::Stop, [&demo] {
                demo.stopAndRemove();
            }}};
    feature.things = [&fleet](const QString &query, int most) {
        return nodesOf(fleet, query, most) + tagsOf(fleet, query, most);
    };
    return feature;
}

}
