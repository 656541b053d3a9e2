#include "ui/nodes/sessions/tunnels_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/tunnel_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QPushButton>

namespace fb {

using namespace Qt::StringLiterals;

RecordPageSetup TunnelsPage::setup(TunnelsViewModel &tunnels)
{
    using Column = TunnelTable::Column;
    return {.address = u"tunnels"_s,
            .title = tr("Tunnels"),
            .tableName = tr("Tunnels"),
            .placeholder = tr("Filter: type a word, or state=open"),
            .emptyText
            = tr("No tunnels yet. A tunnel connects a port of this machine through a node to a port that "
                 "only the node can reach, such as a database or a web page. The node opens no port for it."),
            .problemText = tr("The tunnels could not be read."),
            .subtitle = [](int total) { return tr("%n tunnel(s)", nullptr, total); },
            .columns = {{Column::Name, CellKind::Name, 10},
                        {Column::State, CellKind::State, 7.5},
                        {Column::Local, CellKind::Text, 8.5},
                        {Column::Node, CellKind::Text, 8},
                        {Column::Target, CellKind::Text, 9, true},
                        {Column::Rate, CellKind::Number, 12},
                        {Column::Connections, CellKind::Number, 6},
                        {Column::Total, CellKind::Number, 5.5, false, false},
                        {Column::KeptOpen, CellKind::Text, 5.5, false, false},
                        {Column::Opened, CellKind::Number, 6.5, false, false}},
            .sortColumn = Column::Opened,
            .streams = false,
            .detail = [this, &tunnels](const QString &id) -> std::optional<RecordDetail> {
                const TunnelRow *row = tunnels.values().value(id);
                if (!row)
                    return std::nullopt;
                return RecordDetail {
                    .title = visibleText(row->shownName(), 80),
                    .id = row->address().isEmpty() ? row->wish.target() : row->address(),
                    .state = TunnelTable::stateKind(row->state),
                    .stateWord = TunnelTable::stateWord(row->state),
                    .facts = TunnelTable::facts(*row, tunnels.now()),
                    .tags = {},
                    .actions
                    = {{.name = u"tunnelCopy"_s,
                        .text = tr("Copy address"),
                        .icon = Icon::Copy,
                        .run = [this, id] { copyAddress(id); },
                        .forbidden = row->localPort == 0 ? tr("This tunnel is not listening.") : QString()},
                       {.name = u"tunnelClose"_s,
                        .text = tr("Close"),
                        .icon = Icon::Stop,
                        .run = [this, id] { askClose(id); },
                        .forbidden = {},
                        .changes = true}},
                    .raw = {}};
            }};
}

TunnelsPage::TunnelsPage(TunnelsViewModel &tunnels, FleetViewModel &fleet, QWidget *parent)
    : RecordPage(tunnels, setup(tunnels), parent),
      m_tunnels(tunnels),
      m_fleet(fleet)
{
    auto *open = makeButton(u"tunnelsOpen"_s, tr("Open a tunnel"), Icon::Add, ButtonKind::Primary);
    auto *first = makeButton(u"tunnelsOpenFirst"_s, tr("Open a tunnel"), Icon::Add);
    for (QPushButton *button : {open, first}) {
        markChange(button, "ssm:StartSession");
        connect(button, &QPushButton::clicked, this, [this] { openSheet(); });
    }
    addAction(open);
    addEmptyAction(first);
}

void TunnelsPage::openSheet(const QString &nodeId)
{
    auto *sheet = new TunnelSheet(m_fleet, m_tunnels.source(), window());
    if (!nodeId.isEmpty())
        sheet->setNode(nodeId);
    sheet->open();
}

void TunnelsPage::copyAddress(const QString &id)
{
    const TunnelRow *row = m_tunnels.values().value(id);
    if (!row || row->localPort == 0)
        return;
    QGuiApplication::clipboard()->setText(row->address());
    banner().showMessage(Tone::Success, Icon::Success, tr("%1 was copied.").arg(row->address()),
                         tr("Connections to it reach %1.").arg(visibleText(row->wish.target(), 80)));
}

void TunnelsPage::askClose(const QString &id)
{
    const TunnelRow *row = m_tunnels.values().value(id);
    if (!row)
        return;
    const auto close = [this, id] {
        m_tunnels.source().close(id, [self = QPointer<TunnelsPage>(this)](const ShownError &problem) {
            if (self && !problem.isEmpty())
                self->banner().showProblem(problem, tr("The tunnel was not closed."));
        });
    };
    if (row->connections.isEmpty() && !row->wish.keepOpen)
        return close(); // nothing is lost
    auto *sheet
        = new ConfirmSheet({.name = u"tunnel"_s,
                            .question = tr("Close the tunnel %1?").arg(visibleText(row->shownName(), 80)),
                            .consequence = row->connections.isEmpty()
                                ? tr("It is not reopened automatically.")
                                : tr("%n connection(s) are cut off. It is not reopened automatically.",
                                     nullptr, static_cast<int>(row->connections.size())),
                            .targets = {},
                            .verb = tr("Close the tunnel")},
                           window());
    connect(sheet, &ConfirmSheet::confirmed, this, close);
    sheet->ask();
}

}
