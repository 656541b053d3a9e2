#include "ui/nodes/fleet/fleet_actions.h"

#include "models/table/visible_text.h"
#include "ui/nodes/fleet/reenrol_sheet.h"
#include "ui/nodes/fleet/tag_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kActionNameChars = 60;
    constexpr qsizetype kFailuresTold = 3;
}

FleetActions::FleetActions(FleetViewModel &fleet, Banner &banner, QWidget *page)
    : QObject(page),
      m_fleet(fleet),
      m_banner(banner),
      m_page(page)
{
    connect(&m_fleet, &FleetViewModel::outcomeArrived, this, &FleetActions::showOutcome);
    connect(&m_fleet, &FleetViewModel::undoChanged, this, [this] {
        if (m_offersUndo && !m_fleet.canUndo()) {
            m_offersUndo = false;
            m_banner.hide();
        }
    });
    connect(&m_banner, &Banner::actionClicked, this, [this] {
        if (m_offersUndo)
            undo();
    });
}

QString FleetActions::nameOf(const QString &nodeId) const
{
    const NodeRow *node = m_fleet.nodes().node(nodeId);
    return node ? visibleText(node->name, kActionNameChars) : nodeId;
}

bool FleetActions::undo()
{
    if (!m_fleet.canUndo() || EditGate::isShut(*m_page))
        return false;
    m_fleet.undo();
    return true;
}

void FleetActions::copyIds(const QStringList &nodeIds)
{
    QGuiApplication::clipboard()->setText(nodeIds.join(u'\n'));
}

void FleetActions::askDeregister(const QStringList &nodeIds)
{
    if (nodeIds.isEmpty())
        return;
    QStringList names;
    for (const QString &id : nodeIds)
        names << nameOf(id);
    const int count = static_cast<int>(nodeIds.size());
    Confirmation what {.name = u"deregister"_s,
                       .question = count == 1 ? tr("Deregister %1?").arg(names[0])
                                              : tr("Deregister %n node(s)?", nullptr, count),
                       .consequence = {},
                       .targets = names,
                       .verb = count == 1 ? tr("Deregister") : tr("Deregister %n node(s)", nullptr, count)};
    what.consequence = count == 1
        ? tr("Its certificate is revoked at once and its connection closed. Commands that wait for it become "
             "undeliverable. To come back it must be enrolled again, under another ID.")
        : tr("Their certificates are revoked at once and their connections closed. Commands that wait for "
             "them "
             "become undeliverable. To come back they must be enrolled again, under other IDs.");
    auto *sheet = new ConfirmSheet(what, m_page->window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, nodeIds] { m_fleet.deregister(nodeIds); });
    sheet->ask();
}

void FleetActions::askQuarantine(const QStringList &nodeIds)
{
    if (nodeIds.isEmpty())
        return;
    QStringList names;
    for (const QString &id : nodeIds)
        names << nameOf(id);
    const int count = static_cast<int>(nodeIds.size());
    auto *sheet = new ConfirmSheet(
        {.name = u"quarantine"_s,
         .question
         = count == 1 ? tr("Quarantine %1?").arg(names[0]) : tr("Quarantine %n node(s)?", nullptr, count),
         .consequence = tr("No command, session or tool reaches it until it is released. It stays registered "
                           "and connected; what is already running there keeps running."),
         .targets = names,
         .verb = count == 1 ? tr("Quarantine") : tr("Quarantine %n node(s)", nullptr, count),
         .icon = Icon::Quarantined},
        m_page->window());
    connect(sheet, &ConfirmSheet::confirmed, this,
            [this, nodeIds] { m_fleet.setQuarantined(nodeIds, true); });
    sheet->ask();
}

void FleetActions::openReenrol(const QString &nodeId)
{
    (new ReenrolSheet(m_fleet, nodeId, nameOf(nodeId), m_page->window()))
        ->open(); // deletes itself when closed
}

void FleetActions::openTags(const QStringList &nodeIds)
{
    if (nodeIds.isEmpty())
        return;
    auto *sheet = new TagSheet(m_fleet, nodeIds, m_page->window());
    sheet->open();
}

void FleetActions::openProfile(const QStringList &nodeIds)
{
    if (nodeIds.isEmpty())
        return;
    const int count = static_cast<int>(nodeIds.size());
    auto *sheet = new Sheet(count == 1 ? tr("Profile of %1").arg(nameOf(nodeIds.first()))
                                       : tr("Profile of %n node(s)", nullptr, count),
                            m_page->window());
    sheet->setObjectName(u"nodeProfileSheet"_s);
    auto *choice = new QComboBox;
    choice->setObjectName(u"nodeProfileChoice"_s);
    choice->addItems(m_fleet.profiles());
    const NodeRow *first = m_fleet.nodes().node(nodeIds.first());
    choice->setCurrentText(first ? first->profile : QString());
    sheet->body()->addWidget(new FormField(tr("Node profile"), choice,
                                           tr("What a node may do and how its agent works. Online nodes "
                                              "apply it within a minute, the others when they connect.")));
    sheet->body()->addStretch(1);
    auto *cancel = makeButton(u"nodeProfileCancel"_s, tr("Cancel"));
    auto *apply = makeButton(u"nodeProfileApply"_s,
                             count == 1 ? tr("Change the profile") : tr("Change %n node(s)", nullptr, count),
                             Icon::None, ButtonKind::Primary);
    markChange(apply);
    sheet->foot()->addStretch(1);
    sheet->foot()->addWidget(cancel);
    sheet->foot()->addWidget(apply);
    connect(cancel, &QPushButton::clicked, sheet, &Sheet::close);
    connect(apply, &QPushButton::clicked, sheet, [this, sheet, choice, apply, nodeIds] {
        if (EditGate::waits(*apply))
            return;
        m_fleet.setProfile(nodeIds, choice->currentText());
        sheet->close();
    });
    sheet->open();
}

void FleetActions::openRename(const QString &nodeId)
{
    auto *sheet = new Sheet(tr("Rename %1").arg(nameOf(nodeId)), m_page->window());
    sheet->setObjectName(u"renameSheet"_s);
    const NodeRow *node = m_fleet.nodes().node(nodeId);
    auto *edit = new QLineEdit(node ? node->name : QString());
    edit->setObjectName(u"renameEdit"_s);
    edit->setMaxLength(255);
    edit->selectAll();
    auto *field = new FormField(
        tr("Name"), edit,
        tr("Only shown here; the machine keeps its host name. Empty shows the host name again."), true);
    sheet->body()->addWidget(field);
    sheet->body()->addStretch(1);
    auto *cancel = makeButton(u"renameCancel"_s, tr("Cancel"));
    auto *rename = makeButton(u"renameConfirm"_s, tr("Rename"), Icon::None, ButtonKind::Primary);
    markChange(rename, "flagbridge:RenameNode");
    sheet->foot()->addStretch(1);
    sheet->foot()->addWidget(cancel);
    sheet->foot()->addWidget(rename);
    const auto submit = [this, sheet, edit, field, rename, nodeId] {
        if (EditGate::waits(*rename))
            return;
        const QString name = edit->text().trimmed();
        if (name.contains(u'/') || name == u"..") {
            field->setError(tr("A name must not contain \"/\" and must not be \"..\"."));
            return edit->setFocus();
        }
        m_fleet.rename({.nodeId = nodeId, .name = name});
        sheet->close();
    };
    connect(cancel, &QPushButton::clicked, sheet, &Sheet::close);
    connect(rename, &QPushButton::clicked, sheet, submit);
    connect(edit, &QLineEdit::returnPressed, sheet, submit);
    connect(edit, &QLineEdit::textEdited, field, [field] { field->setError({}); });
    sheet->open();
}

QString FleetActions::failure(FleetDeed deed, int done, int all)
{
    switch (deed) {
    case FleetDeed::Deregister:
        return tr("Deregistered %1 of %n node(s).", nullptr, all).arg(done);
    case FleetDeed::Rename:
        return tr("The node was not renamed.");
    case FleetDeed::Quarantine:
        return tr("Quarantined %1 of %n node(s).", nullptr, all).arg(done);
    case FleetDeed::Release:
        return tr("Released %1 of %n node(s).", nullptr, all).arg(done);
    case FleetDeed::ChangeProfile:
        return tr("Changed the profile of %1 of %n node(s).", nullptr, all).arg(done);
    case FleetDeed::ChangeTags:
        break;
    }
    return tr("Changed the tags of %1 of %n node(s).", nullptr, all).arg(done);
}

QString FleetActions::success(FleetDeed deed, int done)
{
    switch (deed) {
    case FleetDeed::Deregister:
        return tr("%n node(s) deregistered.", nullptr, done);
    case FleetDeed::Rename:
        return tr("The node was renamed.");
    case FleetDeed::Quarantine:
        return tr("%n node(s) quarantined.", nullptr, done);
    case FleetDeed::Release:
        return tr("%n node(s) released.", nullptr, done);
    case FleetDeed::ChangeProfile:
        return tr("Changed the profile of %n node(s).", nullptr, done);
    case FleetDeed::ChangeTags:
        break;
    }
    return tr("Changed the tags of %n node(s).", nullptr, done);
}

void FleetActions::showOutcome(const FleetOutcome &outcome)
{
    if (!m_page->isVisible())
        return; // another page asked for it
    const int done = static_cast<int>(outcome.done.size());
    const int all = done + static_cast<int>(outcome.failed.size());
    if (!outcome.failed.isEmpty()) {
        QStringList told;
        for (const auto &[id, problem] : outcome.failed.first(std::min(kFailuresTold, outcome.failed.size())))
            told << u"%1: %2"_s.arg(nameOf(id), problem.words());
        if (outcome.failed.size() > kFailuresTold)
            told << tr("and %n more", nullptr, static_cast<int>(outcome.failed.size() - kFailuresTold));
        m_banner.showMessage(Tone::Failed, Icon::FieldError, failure(outcome.deed, done, all),
                             told.join(u' '));
    } else {
        m_banner.showMessage(Tone::Success, Icon::Success, success(outcome.deed, done), {});
    }
    m_offersUndo = m_fleet.canUndo();
    m_banner.setAction(m_offersUndo ? tr("Undo") : QString());
}

}
