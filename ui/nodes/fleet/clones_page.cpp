#include "ui/nodes/fleet/clones_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/fleet/fleet_actions.h"
#include "ui/nodes/fleet/register_anew_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kNameChars = 60;

    struct Deeds { // of a row
        std::function<void(const QString &)> accept;
        std::function<void(const QString &)> quarantine;
        std::function<void(const QString &)> registerAnew;
        std::function<void(const QString &)> dismiss;
    };

    Comparison comparisonOf(const HardwareRow &row)
    {
        Comparison comparison {//: column title: the hardware that was registered or accepted
                               .leftTitle = ClonesPage::tr("Registered"),
                               //: column title: the hardware that was seen now
                               .rightTitle = ClonesPage::tr("Seen"),
                               .values = {}};
        for (const HardwareValue &value : HardwareTable::values(row))
            comparison.values.append({value.label, value.accepted, value.other});
        return comparison;
    }

    QList<RecordAction> actionsOf(const HardwareRow &row, const Deeds &deeds)
    {
        const QString id = row.id;
        QList<RecordAction> actions {{.name = u"cloneAccept"_s,
                                      .text = ClonesPage::tr("Accept..."),
                                      .icon = Icon::Check,
                                      .run = [deeds, id] { deeds.accept(id); },
                                      .forbidden = {},
                                      .changes = true,
                                      .action = "flagbridge:AcceptHardware"}};
        if (row.isClone()) {
            actions.append({.name = u"cloneQuarantine"_s,
                            .text = ClonesPage::tr("Quarantine..."),
                            .icon = Icon::Quarantined,
                            .run = [deeds, id] { deeds.quarantine(id); },
                            .forbidden = {},
                            .changes = true,
                            .action = "flagbridge:QuarantineNode"});
            actions.append({.name = u"cloneRegister"_s,
                            .text = ClonesPage::tr("Register as a new node..."),
                            .icon = Icon::Activations,
                            .run = [deeds, id] { deeds.registerAnew(id); },
                            .forbidden = {},
                            .changes = false});
        }
        actions.append({.name = u"cloneDismiss"_s,
                        //: take an entry off the list
                        .text = ClonesPage::tr("Dismiss"),
                        .icon = Icon::Close,
                        .run = [deeds, id] { deeds.dismiss(id); },
                        .forbidden = {},
                        .changes = true,
                        .action = "flagbridge:DismissHardware"});
        return actions;
    }

    RecordPageSetup setup(HardwareViewModel &hardware, const Deeds &deeds)
    {
        using Column = HardwareTable::Column;
        return {.address = u"clones"_s,
                .title = ClonesPage::tr("Possible clones"),
                .tableName = ClonesPage::tr("Possible clones"),
                .placeholder = ClonesPage::tr("Filter: type a word, or cause=duplicatenode"),
                .emptyText
                = ClonesPage::tr("No possible clones. A machine that connects with another node's identity, "
                                 "and a node whose hardware has mostly changed, are listed here."),
                .problemText = ClonesPage::tr("The possible clones could not be read."),
                .subtitle = [](int total) { return ClonesPage::tr("%n node(s) to check", nullptr, total); },
                .columns = {{Column::Name, CellKind::Name, 10},
                            {Column::Cause, CellKind::State, 10},
                            {Column::Address, CellKind::Text, 8},
                            {Column::Seen, CellKind::Number, 6.5},
                            {Column::Differing, CellKind::Number, 6},
                            {Column::Id, CellKind::Id, 11}},
                .sortColumn = Column::Seen,
                .detail = [&hardware, deeds](const QString &id) -> std::optional<RecordDetail> {
                    const HardwareRow *row = hardware.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = visibleText(row->name, kNameChars),
                                         .id = row->id,
                                         .state = HardwareTable::causeKind(*row),
                                         .stateWord = HardwareTable::causeWord(*row),
                                         .facts = HardwareTable::facts(*row, hardware.now()),
                                         .tags = {},
                                         .comparison = comparisonOf(*row),
                                         .actions = actionsOf(*row, deeds),
                                         .raw = row->raw};
                }};
    }
}

ClonesPage::ClonesPage(HardwareViewModel &hardware, FleetViewModel &fleet, QWidget *parent)
    : RecordPage(hardware,
                 setup(hardware,
                       {.accept = [this](const QString &id) { askAccept(id); },
                        .quarantine = [this](const QString &id) { m_actions->askQuarantine({id}); },
                        .registerAnew = [this](const QString &id) { openRegisterAnew(id); },
                        .dismiss = [this](const QString &id) { decide(id, HardwareWord::Dismiss); }}),
                 parent),
      m_hardware(hardware),
      m_actions(new FleetActions(fleet, banner(), this))
{
}

void ClonesPage::askAccept(const QString &id)
{
    const HardwareRow *row = m_hardware.values().value(id);
    if (!row)
        return;
    if (!row->isClone())
        return decide(id, HardwareWord::Accept);
    const QString name = visibleText(row->name, kNameChars);
    auto *sheet = new ConfirmSheet(
        {.name = u"clone"_s,
         .question = tr("Accept the new hardware of %1?").arg(name),
         .consequence
         = tr("The other machine becomes this node: its next connection attempt, within an hour, is "
              "accepted. The machine that was registered is refused if it still exists."),
         .targets = {name},
         .verb = tr("Accept"),
         .icon = Icon::Check},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id] { decide(id, HardwareWord::Accept); });
    sheet->ask();
}

void ClonesPage::openRegisterAnew(const QString &id)
{
    const HardwareRow *row = m_hardware.values().value(id);
    if (!row)
        return;
    auto *sheet = new RegisterAnewSheet(visibleText(row->name, kNameChars), window());
    connect(sheet, &RegisterAnewSheet::enrolRequested, this, &ClonesPage::enrolRequested);
    sheet->open();
}

void ClonesPage::decide(const QString &id, HardwareWord word)
{
    const HardwareRow *row = m_hardware.values().value(id);
    if (!row)
        return;
    const QString name = visibleText(row->name, kNameChars);
    const bool isClone = row->isClone();
    m_hardware.source().decide(
        id, word, [self = QPointer<ClonesPage>(this), name, word, isClone](const ShownError &problem) {
            if (!self)
                return;
            const bool isAccept = word == HardwareWord::Accept;
            if (!problem.isEmpty())
                self->banner().showProblem(problem,
                                           isAccept ? tr("The hardware of %1 was not accepted.").arg(name)
                                                    : tr("%1 was not dismissed.").arg(name));
            else
                self->banner().showMessage(
                    Tone::Success, Icon::Success,
                    isAccept ? tr("The hardware of %1 was accepted.").arg(name)
                             : tr("%1 was dismissed.").arg(name),
                    isAccept && isClone ? tr("It is accepted the next time it connects.")
                        : isAccept      ? QString()
                                        : tr("It is listed again if the machine connects again."));
            self->banner().setAction({});
        });
}

}
