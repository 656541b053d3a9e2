#include "ui/nodes/profiles/profiles_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/profiles/profile_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct Deeds { // of a row
        std::function<void(const QString &)> change;
        std::function<void(const QString &, bool)> setForNewNodes;
        std::function<void(const QString &)> remove;
    };

    QString whyNotDeleted(const ProfileRow &row)
    {
        if (row.isBuiltIn)
            return ProfilesPage::tr("The profile Default is built in.");
        if (row.nodes > 0)
            return ProfilesPage::tr("%n node(s) use it. Assign another profile to them first.", nullptr,
                                    row.nodes);
        return row.isForNewNodes ? ProfilesPage::tr("New nodes get it.") : QString();
    }

    QList<RecordAction> actionsOf(const ProfileRow &row, const Deeds &deeds)
    {
        const QString name = row.name;
        QList<RecordAction> actions {{.name = u"profileChange"_s,
                                      .text = ProfilesPage::tr("Change..."),
                                      .icon = Icon::Edit,
                                      .run = [deeds, name] { deeds.change(name); },
                                      .forbidden = {},
                                      .changes = true,
                                      .action = "flagbridge:PutNodeProfile"}};
        if (!row.isBuiltIn)
            actions.append({.name = u"profileNewNodes"_s,
                            .text = row.isForNewNodes ? ProfilesPage::tr("Stop using for new nodes")
                                                      : ProfilesPage::tr("Use for new nodes"),
                            .icon = row.isForNewNodes ? Icon::SwitchOff : Icon::Preferred,
                            .run = [deeds, name, on = !row.isForNewNodes] { deeds.setForNewNodes(name, on); },
                            .forbidden = {},
                            .changes = true,
                            .action = "ssm:UpdateServiceSetting"});
        actions.append({.name = u"profileDelete"_s,
                        .text = ProfilesPage::tr("Delete..."),
                        .icon = Icon::Delete,
                        .run = [deeds, name] { deeds.remove(name); },
                        .forbidden = whyNotDeleted(row),
                        .changes = true,
                        .action = "flagbridge:DeleteNodeProfile"});
        return actions;
    }

    RecordPageSetup setup(ProfilesViewModel &profiles, const Deeds &deeds)
    {
        using Column = ProfileTable::Column;
        return {.address = u"profiles"_s,
                .title = ProfilesPage::tr("Profiles"),
                .tableName = ProfilesPage::tr("Node profiles"),
                .placeholder = ProfilesPage::tr("Filter: type a word, or newnodes=yes"),
                .emptyText = ProfilesPage::tr("There are no node profiles."),
                .problemText = ProfilesPage::tr("The node profiles could not be read."),
                .subtitle = [](int total) { return ProfilesPage::tr("%n profile(s)", nullptr, total); },
                .columns = {{Column::Name, CellKind::Name, 9},
                            {Column::NewNodes, CellKind::State, 7},
                            {Column::Nodes, CellKind::Number, 5},
                            {Column::Denies, CellKind::Text, 14},
                            {Column::Description, CellKind::Text, 12, true},
                            {Column::Changed, CellKind::Number, 6.5}},
                .sortColumn = Column::Name,
                .detail = [&profiles, deeds](const QString &id) -> std::optional<RecordDetail> {
                    const ProfileRow *row = profiles.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {
                        .title = visibleText(row->name),
                        .id = {},
                        .state = StateKind::Preferred,
                        .stateWord = row->isForNewNodes ? ProfilesPage::tr("New nodes get it") : QString(),
                        .facts = ProfileTable::facts(*row, profiles.now()),
                        .tags = {},
                        .actions = actionsOf(*row, deeds),
                        .raw = {}};
                }};
    }
}

ProfilesPage::ProfilesPage(ProfilesViewModel &profiles, QWidget *parent)
    : RecordPage(profiles,
                 setup(profiles,
                       {.change = [this](const QString &name) { openSheet(name); },
                        .setForNewNodes = [this](const QString &name, bool on) { setForNewNodes(name, on); },
                        .remove = [this](const QString &name) { askDelete(name); }}),
                 parent),
      m_profiles(profiles)
{
    auto *make = makeButton(u"profilesNew"_s, tr("New profile"), Icon::Add, ButtonKind::Primary);
    markChange(make, "flagbridge:PutNodeProfile");
    connect(make, &QPushButton::clicked, this, [this] { openSheet({}); });
    addAction(make);
}

void ProfilesPage::openSheet(const QString &name)
{
    const ProfileRow *row = name.isEmpty() ? nullptr : m_profiles.values().value(name);
    auto *sheet = new ProfileSheet(m_profiles, row ? *row : ProfileRow(), window());
    connect(sheet, &ProfileSheet::saved, this, [this, isNew = row == nullptr](const QString &saved) {
        banner().showMessage(Tone::Success, Icon::Success,
                             isNew ? tr("The profile %1 was created.").arg(saved)
                                   : tr("The profile %1 was changed.").arg(saved),
                             isNew ? QString() : tr("Its online nodes use it now."));
        banner().setAction({});
    });
    sheet->open();
}

void ProfilesPage::askDelete(const QString &name)
{
    auto *sheet = new ConfirmSheet(
        {.name = u"profileDelete"_s,
         .question = tr("Delete the profile %1?").arg(visibleText(name)),
         .consequence = tr("No node, activation or setting uses it. This cannot be undone."),
         .targets = {visibleText(name)},
         .verb = tr("Delete")},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, name] {
        m_profiles.source().remove(name,
                                   told(tr("The profile %1 was deleted.").arg(visibleText(name)),
                                        tr("The profile %1 was not deleted.").arg(visibleText(name))));
    });
    sheet->ask();
}

void ProfilesPage::setForNewNodes(const QString &name, bool on)
{
    m_profiles.source().setForNewNodes(on ? name : QString(),
                                       told(on ? tr("New nodes get the profile %1.").arg(visibleText(name))
                                               : tr("New nodes get the profile of their activation."),
                                            tr("The profile of new nodes was not changed.")));
}

ProfilesSource::Done ProfilesPage::told(const QString &success, const QString &failure)
{
    return [self = QPointer<ProfilesPage>(this), success, failure](const ShownError &problem) {
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
