#include "ui/nodes/rollover/fleet_ca_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/rollover/ca_lines.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // The sheet lists two names and more by itself.
    QString withOnlyName(const QString &words, const QStringList &names)
    {
        return names.size() == 1 ? words + u'\n' + visibleText(names.constFirst()) : words;
    }

    RecordPageSetup setup(CaRollOverViewModel &rollOver, const std::function<void(const QString &)> &go)
    {
        using Column = CaNodeTable::Column;
        return {.address = u"fleet-ca"_s,
                .title = FleetCaPage::tr("Fleet CA"),
                .tableName = FleetCaPage::tr("Nodes behind"),
                .placeholder = FleetCaPage::tr("Filter: type a word, or link=connected"),
                .emptyText = FleetCaPage::tr(
                    "No node is behind. The CA signs the certificates by which nodes and engines know each "
                    "other. While a new one takes its place, the nodes that are not ready for the next step "
                    "are listed here."),
                .problemText = FleetCaPage::tr("The fleet's CA could not be read."),
                .subtitle
                = [&rollOver](
                      int) { return FleetCaPage::tr("%n node(s) behind", nullptr, rollOver.state().behind); },
                .columns = {{Column::Name, CellKind::Name, 12},
                            {Column::Link, CellKind::State, 8},
                            {Column::Trust, CellKind::State, 8},
                            {Column::Certificate, CellKind::Text, 9},
                            {Column::Refusal, CellKind::Text, 12, true},
                            {Column::Id, CellKind::Id, 11}},
                .sortColumn = Column::Name,
                .detail = [&rollOver, go](const QString &id) -> std::optional<RecordDetail> {
                    const CaNodeRow *row = rollOver.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = CaNodeTable::title(*row),
                                         .id = row->id,
                                         .state = CaNodeTable::stateKind(*row),
                                         .stateWord = CaNodeTable::stateWord(*row),
                                         .facts = CaNodeTable::facts(*row),
                                         .tags = {},
                                         .actions = {{.name = u"caNode"_s,
                                                      .text = FleetCaPage::tr("Show the node"),
                                                      .icon = Icon::Fleet,
                                                      .run = [go, node = row->id] { go(u"fleet/"_s + node); },
                                                      .forbidden = {}}},
                                         .raw = {}};
                }};
    }
}

FleetCaPage::FleetCaPage(CaRollOverViewModel &rollOver, QWidget *parent)
    : RecordPage(rollOver, setup(rollOver, [this](const QString &address) { emit navigate(address); }),
                 parent),
      m_rollOver(rollOver),
      m_begin(makeButton(u"caBegin"_s, tr("Begin a roll-over..."), Icon::Again, ButtonKind::Primary)),
      m_issue(makeButton(u"caIssue"_s, tr("Issue from the next CA..."), Icon::Again, ButtonKind::Primary)),
      m_retire(makeButton(u"caRetire"_s, tr("Retire the present CA..."), Icon::Again, ButtonKind::Primary))
{
    for (QPushButton *button : {m_begin, m_issue, m_retire}) {
        markChange(button,
                   button == m_begin       ? "flagbridge:BeginCaRollOver"
                       : button == m_issue ? "flagbridge:IssueFromNextCa"
                                           : "flagbridge:RetireCa");
        addAction(button);
    }
    connect(m_begin, &QPushButton::clicked, this, &FleetCaPage::askBegin);
    connect(m_issue, &QPushButton::clicked, this, &FleetCaPage::askIssue);
    connect(m_retire, &QPushButton::clicked, this, &FleetCaPage::askRetire);
    addUnderHead(new CaLines(m_rollOver, this)); // without a parent it would be a window
    connect(&m_rollOver, &CaRollOverViewModel::caChanged, this, &FleetCaPage::updateHead);
    connect(&m_rollOver, &ListViewModel::stateChanged, this, &FleetCaPage::updateHead);
    updateHead();
}

void FleetCaPage::updateHead()
{
    using Phase = ShownFleetCa::Phase;
    const Phase phase = m_rollOver.state().phase;
    m_begin->setVisible(phase == Phase::Stable);
    m_begin->setEnabled(m_rollOver.isLoaded());
    m_issue->setVisible(phase == Phase::Published);
    m_retire->setVisible(phase == Phase::Issuing);
}

void FleetCaPage::askBegin()
{
    auto *sheet = new ConfirmSheet(
        {.name = u"caBegin"_s,
         .question = tr("Begin a roll-over of the fleet's CA?"),
         .consequence = tr("The engine makes the next CA and tells every node of it. Certificates come from "
                           "the present CA until you take the next step."),
         .targets = {},
         //: verb, on the button
         .verb = tr("Begin the roll-over"),
         .icon = Icon::Again},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this] {
        m_rollOver.source().begin(told(tr("The roll-over was begun."),
                                       tr("Nodes confirm the next CA now, or when they connect again."),
                                       tr("The roll-over was not begun.")));
    });
    sheet->ask();
}

void FleetCaPage::askIssue()
{
    const int accepted = m_rollOver.state().waitedFor;
    const QStringList behind = m_rollOver.waitedFor();
    const QString what = accepted == 0
        ? tr("Every node is asked to renew its certificate, spread over time.")
        : tr("Every node is asked to renew its certificate, spread over time. %n connected node(s) have not "
             "confirmed the next CA; they keep working until the present CA is retired.",
             nullptr, accepted);
    auto *sheet = new ConfirmSheet({.name = u"caIssue"_s,
                                    .question = tr("Issue certificates from the next CA?"),
                                    .consequence = withOnlyName(what, behind),
                                    .targets = behind,
                                    //: verb, on the button
                                    .verb = tr("Issue from the next CA"),
                                    .icon = Icon::Again,
                                    .count = accepted},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, accepted] {
        m_rollOver.source().issue(accepted,
                                  told(tr("Certificates come from the next CA."),
                                       tr("Nodes renew theirs now, or when they connect again."),
                                       tr("Certificates do not come from the next CA yet.")));
    });
    sheet->ask();
}

void FleetCaPage::askRetire()
{
    const int accepted = m_rollOver.state().waitedFor;
    const QStringList behind = m_rollOver.waitedFor();
    const QString what = accepted == 0
        ? tr("Every node has a certificate of the next CA. The key of the present CA is destroyed, and "
             "install "
             "commands made before the roll-over no longer work.")
        : tr(
            "%n node(s) have no certificate of the next CA: they are cut off and have to be registered anew. "
            "The key of the present CA is destroyed, and install commands made before the roll-over no "
            "longer "
            "work.",
            nullptr, accepted);
    auto *sheet = new ConfirmSheet({.name = u"caRetire"_s,
                                    .question = tr("Retire the present CA?"),
                                    .consequence = withOnlyName(what, behind),
                                    .targets = behind,
                                    .verb = accepted == 0
                                        //: verb, on the button
                                        ? tr("Retire the CA")
                                        : tr("Retire the CA and cut off %n node(s)", nullptr, accepted),
                                    .typedAbove = 0,
                                    .count = accepted},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, accepted] {
        m_rollOver.source().retire(accepted,
                                   told(tr("The earlier CA was retired."),
                                        tr("Make new install commands for machines that are to join."),
                                        tr("The present CA was not retired.")));
    });
    sheet->ask();
}

CaRollOverSource::Done FleetCaPage::told(const QString &success, const QString &more, const QString &failure)
{
    return [self = QPointer<FleetCaPage>(this), success, more, failure](const ShownError &problem) {
        if (!self)
            return;
        if (!problem.isEmpty())
            self->banner().showProblem(problem, failure);
        else
            self->banner().showMessage(Tone::Success, Icon::Success, success, more);
        self->banner().setAction({});
    };
}

}
