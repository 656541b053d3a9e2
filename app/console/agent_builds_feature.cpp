#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/agentbuilds/agent_builds_page.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kAgentBuilds = u"agent-builds"_s;

    // The composer, filled in: what runs is still the operator's choice.
    void openUpdate(Console &console, const QStringList &nodeIds, const QString &version)
    {
        RunRequest request;
        request.documentName = u"AWS-UpdateSSMAgent"_s;
        if (!version.isEmpty())
            request.parameters.insert(u"version"_s, {version});
        request.targets.nodeIds = nodeIds;
        console.openComposerWith(request);
    }
}

ConsoleFeature agentBuildsFeature(Console &console, AgentBuildsViewModel &builds)
{
    ConsoleFeature feature;
    feature.pages = {{.name = kAgentBuilds,
                      .group = Console::tr("Nodes"),
                      .title = Console::tr("Agent builds"),
                      .icon = Icon::AgentBuilds,
                      .make = [&console, &builds](const QString &rest, QWidget *parent) -> Page * {
                          if (!rest.isEmpty())
                              return nullptr;
                          auto *page = new AgentBuildsPage(builds, parent);
                          QObject::connect(page, &AgentBuildsPage::updateRequested, &console,
                                           [&console](const QStringList &nodes, const QString &version) {
                                               openUpdate(console, nodes, version);
                                           });
                          return page;
                      }}};
    feature.commands = {{u"updateAgents"_s,
                         Console::tr("Nodes"),
                         Console::tr("Update outdated agents"),
                         {},
                         Icon::AgentBuilds,
                         [&console, &builds] {
                             const QStringList behind = builds.nodesBehind();
                             if (behind.isEmpty()) // the page says why
                                 console.window().openAddress(kAgentBuilds);
                             else
                                 openUpdate(console, behind, {});
                         },
                         u"ssm:SendCommand"_s}};
    return feature;
}

}
