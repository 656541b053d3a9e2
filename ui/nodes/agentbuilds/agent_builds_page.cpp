#include "ui/nodes/agentbuilds/agent_builds_page.h"

#include "models/nodes/agentbuilds/build_commands.h"
#include "models/table/visible_text.h"
#include "ui/nodes/agentbuilds/publish_sheet.h"
#include "ui/nodes/agentbuilds/release_key_line.h"
#include "ui/nodes/agentbuilds/release_key_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct BuildDeeds { // of a row
        std::function<void(const QString &)> update;
        std::function<void(const QString &)> go; // to an address
        std::function<void(const QString &)> remove;
    };

    // Only of machines that can take the build: another one's builds have versions of their own.
    QString nodesAddress(const AgentBuildRow &build, FilterOperator op)
    {
        QList<FilterToken> tokens {{.key = u"agent"_s, .op = op, .values = {build.version}},
                                   {.key = u"machine"_s, .values = {build.machine()}}};
        if (op == FilterOperator::Less) // one in quarantine takes none, and is not counted
            tokens.append({.key = u"ping"_s,
                           .op = FilterOperator::NotEquals,
                           .values = {PingWords::key(PingState::Quarantined)}});
        ViewState view;
        view.setQuery({.text = {}, .tokens = tokens});
        return u"fleet?"_s + view.text();
    }

    QString whyNoUpdate(const AgentBuildRow &row)
    {
        if (!row.newer.isEmpty())
            return AgentBuildsPage::tr("%1 is published for the same machines.").arg(visibleText(row.newer));
        return row.behind == 0 ? AgentBuildsPage::tr("No node runs an older version.") : QString();
    }

    QList<RecordAction> actionsOf(const AgentBuildRow &row, const BuildDeeds &deeds)
    {
        const QString id = AgentBuildTable::idOf(row);
        QList<RecordAction> actions {
            {.name = u"buildUpdate"_s,
             .text = row.behind > 0 ? AgentBuildsPage::tr("Update %n node(s)...", nullptr, row.behind)
                                    : AgentBuildsPage::tr("Update nodes..."),
             .icon = Icon::RunCommand,
             .run = [deeds, id] { deeds.update(id); },
             .forbidden = whyNoUpdate(row),
             .changes = true,
             .action = "ssm:SendCommand"},
            {.name = u"buildNodes"_s,
             .text = AgentBuildsPage::tr("Show its nodes"),
             .icon = Icon::Fleet,
             .run = [deeds, address = nodesAddress(row, FilterOperator::Equals)] { deeds.go(address); },
             .forbidden = row.nodes == 0 ? AgentBuildsPage::tr("No node runs this build.") : QString()}};
        if (row.behind > 0)
            actions.append(
                {.name = u"buildBehind"_s,
                 .text = AgentBuildsPage::tr("Show nodes behind"),
                 .icon = Icon::Fleet,
                 .run = [deeds, address = nodesAddress(row, FilterOperator::Less)] { deeds.go(address); },
                 .forbidden = {}});
        actions.append({.name = u"buildRemove"_s,
                        .text = AgentBuildsPage::tr("Remove..."),
                        .icon = Icon::Delete,
                        .run = [deeds, id] { deeds.remove(id); },
                        .forbidden = {},
                        .changes = true,
                        .action = "flagbridge:RemoveAgentBuild"});
        return actions;
    }

    RecordPageSetup setup(AgentBuildsViewModel &builds, const BuildDeeds &deeds)
    {
        using Column = AgentBuildTable::Column;
        return {.address = u"agent-builds"_s,
                .title = AgentBuildsPage::tr("Agent builds"),
                .tableName = AgentBuildsPage::tr("Agent builds"),
                .placeholder = AgentBuildsPage::tr("Filter: type a word, or architecture=x86_64"),
                .emptyText = AgentBuildsPage::tr(
                    "No agent build is published yet. Nodes install a published build when the document "
                    "AWS-UpdateSSMAgent runs on them, if it is signed with the release key. Set the key, "
                    "sign the program where the private key is kept, and publish both:"),
                .problemText = AgentBuildsPage::tr("The agent builds could not be read."),
                .subtitle = [](int total) { return AgentBuildsPage::tr("%n build(s)", nullptr, total); },
                .columns = {{Column::Version, CellKind::Name, 6.5},
                            {Column::Platform, CellKind::Text, 6},
                            {Column::Architecture, CellKind::Text, 6, true},
                            {Column::Size, CellKind::Number, 5.5},
                            {Column::Signed, CellKind::State, 9},
                            {Column::Nodes, CellKind::Number, 4.5},
                            {Column::Behind, CellKind::Number, 5},
                            {Column::Added, CellKind::Number, 6},
                            {Column::AddedBy, CellKind::Text, 7, false, false},
                            {Column::Sha256, CellKind::Id, 14, false, false}},
                .sortColumn = Column::Version,
                .detail = [&builds, deeds](const QString &id) -> std::optional<RecordDetail> {
                    const AgentBuildRow *row = builds.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = AgentBuildTable::title(*row),
                                         .id = row->sha256,
                                         .state = AgentBuildTable::signedKind(*row),
                                         .stateWord = row->isSigned
                                             ? AgentBuildsPage::tr("Signed by the release key")
                                             : AgentBuildsPage::tr("Signed by another key"),
                                         .facts = AgentBuildTable::facts(*row, builds.now()),
                                         .tags = {},
                                         .actions = actionsOf(*row, deeds),
                                         .raw = {}};
                }};
    }
}

AgentBuildsPage::AgentBuildsPage(AgentBuildsViewModel &builds, QWidget *parent)
    : RecordPage(builds,
                 setup(builds,
                       {.update =
                            [this](const QString &id) {
                                const AgentBuildRow *row = m_builds.values().value(id);
                                if (row)
                                    emit updateRequested(m_builds.nodesBehind(id), row->version);
                            },
                        .go = [this](const QString &address) { emit navigate(address); },
                        .remove = [this](const QString &id) { askRemove(id); }}),
                 parent),
      m_builds(builds),
      m_publish(makeButton(u"buildsPublish"_s, tr("Publish a build..."), Icon::Upload, ButtonKind::Primary)),
      m_update(makeButton(u"buildsUpdate"_s, tr("Update nodes..."), Icon::RunCommand))
{
    markChange(m_publish, "flagbridge:PublishAgentBuild");
    markChange(m_update, "ssm:SendCommand");
    connect(m_publish, &QPushButton::clicked, this, &AgentBuildsPage::openPublish);
    connect(m_update, &QPushButton::clicked, this,
            [this] { emit updateRequested(m_builds.nodesBehind(), {}); });
    addAction(m_publish);
    addAction(m_update);
    auto *key = new ReleaseKeyLine(m_builds, this); // without a parent it would be a window
    connect(key, &ReleaseKeyLine::setClicked, this, &AgentBuildsPage::openKey);
    connect(key, &ReleaseKeyLine::auditClicked, this, [this] {
        ViewState view;
        view.setQuery({.text = {}, .tokens = {{.key = u"target"_s, .values = {u"release-key"_s}}}});
        emit navigate(u"audit?"_s + view.text());
    });
    addUnderHead(key);
    addEmptyAction(
        new CommandText(u"buildsKeyCommands"_s, tr("commands that create a key"), BuildCommands::makeKey()));
    addEmptyAction(new CommandText(u"buildsSignCommand"_s, tr("the command that signs a build"),
                                   BuildCommands::sign({})));
    connect(&m_builds, &AgentBuildsViewModel::releaseKeyChanged, this, &AgentBuildsPage::updateHead);
    connect(&m_builds, &ListViewModel::valuesChanged, this, &AgentBuildsPage::updateHead);
    findChild<DataTable *>()->horizontalHeader()->setSortIndicator(AgentBuildTable::Version,
                                                                   Qt::DescendingOrder); // the highest first
    updateHead();
}

void AgentBuildsPage::updateHead()
{
    m_publish->setEnabled(!m_builds.releaseKey().hex.isEmpty());
    m_publish->setToolTip(m_builds.releaseKey().hex.isEmpty() ? tr("Set the release key first.") : QString());
    int behind = 0;
    for (const AgentBuildRow &row : m_builds.values().values())
        behind += row.behind;
    m_update->setEnabled(behind > 0);
    m_update->setText(behind > 0 ? tr("Update %n node(s)...", nullptr, behind) : tr("Update nodes..."));
    m_update->setToolTip(behind > 0 ? QString()
                                    : tr("No node runs an older version than the one published for it."));
}

void AgentBuildsPage::openPublish()
{
    auto *sheet = new PublishSheet(m_builds, window());
    connect(sheet, &PublishSheet::published, this, [this](const QString &title) {
        banner().showMessage(Tone::Success, Icon::Success, tr("The build %1 was published.").arg(title),
                             tr("Nodes install it when they are updated."));
        banner().setAction({});
    });
    sheet->open();
}

void AgentBuildsPage::openKey()
{
    auto *sheet = new ReleaseKeySheet(m_builds, window());
    connect(sheet, &ReleaseKeySheet::saved, this, [this] {
        banner().showMessage(Tone::Success, Icon::Success, tr("The release key was set."),
                             tr("Nodes registered from now on trust it."));
        banner().setAction({});
    });
    sheet->open();
}

void AgentBuildsPage::askRemove(const QString &id)
{
    const AgentBuildRow *row = m_builds.values().value(id);
    if (!row)
        return;
    const QString title = AgentBuildTable::title(*row);
    auto *sheet
        = new ConfirmSheet({.name = u"buildRemove"_s,
                            .question = tr("Remove the build %1?").arg(title),
                            .consequence = tr("Nodes can no longer install it. Nodes that already run it are "
                                              "not affected; updates to it that are under way may fail."),
                            .targets = {title},
                            //: verb, on the button
                            .verb = tr("Remove")},
                           window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, build = *row, title] {
        m_builds.source().remove(
            build,
            told(tr("The build %1 was removed.").arg(title), tr("The build %1 was not removed.").arg(title)));
    });
    sheet->ask();
}

AgentBuildsSource::Done AgentBuildsPage::told(const QString &success, const QString &failure)
{
    return [self = QPointer<AgentBuildsPage>(this), success, failure](const ShownError &problem) {
        if (!self)
            return;
        if (!problem.isEmpty())
            self->banner().showProblem(problem, failure);
        else
            self->banner().showMessage(Tone::Success, Icon::Success, success, {});
        self->banner().setAction({});
    };
}

}
