#include "ui/nodes/activations/activations_page.h"

#include "models/table/visible_text.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    RecordPageSetup setup(ActivationsViewModel &activations, std::function<void(const QString &)> remove)
    {
        using Column = ActivationTable::Column;
        return {.address = u"activations"_s,
                .title = ActivationsPage::tr("Activations"),
                .tableName = ActivationsPage::tr("Activations"),
                .placeholder = ActivationsPage::tr("Filter: type a word, or state=active"),
                .emptyText
                = ActivationsPage::tr("No activations yet. An activation is an invitation: a code that a set "
                                      "number of nodes can use to join the fleet until it expires."),
                .problemText = ActivationsPage::tr("The activations could not be read."),
                .subtitle = [](int total) { return ActivationsPage::tr("%n activation(s)", nullptr, total); },
                .columns = {{Column::Name, CellKind::Name, 10},
                            {Column::State, CellKind::State, 7},
                            {Column::Used, CellKind::Number, 6},
                            {Column::Expires, CellKind::Number, 6.5},
                            {Column::Tags, CellKind::Tags, 8, true},
                            {Column::CreatedBy, CellKind::Text, 7},
                            {Column::Created, CellKind::Number, 6.5},
                            {Column::Id, CellKind::Id, 12, false, false}},
                .sortColumn = Column::Created,
                .detail = [&activations, remove](const QString &id) -> std::optional<RecordDetail> {
                    const ActivationRow *row = activations.values().value(id);
                    if (!row)
                        return std::nullopt;
                    const Instant now = activations.now();
                    return RecordDetail {.title = row->defaultName.isEmpty()
                                             ? ActivationsPage::tr("Activation")
                                             : visibleText(row->defaultName, 80),
                                         .id = row->id,
                                         .state = ActivationTable::stateKind(*row, now),
                                         .stateWord = ActivationTable::stateWord(*row, now),
                                         .facts = ActivationTable::facts(*row, now),
                                         .tags = row->tags,
                                         .actions = {{.name = u"activationDelete"_s,
                                                      .text = ActivationsPage::tr("Delete"),
                                                      .icon = Icon::Delete,
                                                      .run = [remove, id] { remove(id); },
                                                      .forbidden = {},
                                                      .changes = true,
                                                      .action = "ssm:DeleteActivation"}},
                                         .raw = row->raw};
                }};
    }
}

ActivationsPage::ActivationsPage(ActivationsViewModel &activations, QWidget *parent)
    : RecordPage(activations, setup(activations, [this](const QString &id) { askDelete(id); }), parent),
      m_activations(activations)
{
    auto *enrol = makeButton(u"activationsEnrol"_s, tr("Enrol nodes"), Icon::Add, ButtonKind::Primary);
    auto *first = makeButton(u"activationsEnrolFirst"_s, tr("Enrol nodes"), Icon::Add);
    markAction(enrol, "ssm:CreateActivation");
    addAction(enrol);
    addEmptyAction(first);
    connect(enrol, &QPushButton::clicked, this, &ActivationsPage::enrolRequested);
    connect(first, &QPushButton::clicked, this, &ActivationsPage::enrolRequested);
}

void ActivationsPage::askDelete(const QString &id)
{
    const ActivationRow *row = m_activations.values().value(id);
    if (!row)
        return;
    const QString name = row->defaultName.isEmpty() ? id.left(8) : visibleText(row->defaultName, 60);
    auto *sheet
        = new ConfirmSheet({.name = u"activation"_s,
                            .question = tr("Delete the activation %1?").arg(name),
                            .consequence = tr("Its code stops working at once. Nodes that joined with "
                                              "it stay in the fleet."),
                            .targets = {name},
                            .verb = tr("Delete")},
                           window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id] {
        m_activations.source().remove(
            id, [self = QPointer<ActivationsPage>(this)](const ShownError &problem) {
                if (!self || problem.isEmpty())
                    return;
                self->banner().showProblem(problem, tr("The activation was not deleted."));
                self->banner().setAction({});
            });
    });
    sheet->ask();
}

}
