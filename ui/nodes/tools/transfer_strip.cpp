#include "ui/nodes/tools/transfer_strip.h"

#include "models/nodes/tools/file_row.h"
#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QProgressBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

TransferStrip::TransferStrip(TransferSource &transfers, const QString &nodeId, QWidget *parent)
    : QWidget(parent),
      m_transfers(transfers),
      m_nodeId(nodeId),
      m_lines(new QVBoxLayout(this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"transferStrip"_s);
    m_lines->setContentsMargins(m.pageMargin(), m.step(1), m.pageMargin(), m.step(1));
    m_lines->setSpacing(m.step(1));
    connect(&m_transfers, &TransferSource::changed, this, [this](const TransferState &transfer) {
        if (transfer.nodeId != m_nodeId)
            return;
        update();
        if (transfer.isUpload && transfer.phase == TransferState::Phase::Done)
            emit arrived();
    });
    update();
}

QString TransferStrip::words(const TransferState &transfer)
{
    using Phase = TransferState::Phase;
    const QString name = visibleText(transfer.name, 60);
    const QString done = FileColumns::sizeText(transfer.done);
    const QString total = FileColumns::sizeText(transfer.total);
    switch (transfer.phase) {
    case Phase::Reading:
        return tr("%1: reading").arg(name);
    case Phase::Running:
        return transfer.isUpload ? tr("%1: %2 of %3 sent").arg(name, done, total)
                                 : tr("%1: %2 of %3 fetched").arg(name, done, total);
    case Phase::Waiting:
        return tr("%1: waiting for the node, %2 of %3").arg(name, done, total);
    case Phase::Done:
        return transfer.isUpload ? tr("%1: sent").arg(name) : tr("%1: fetched").arg(name);
    case Phase::Failed:
        return tr("%1: failed. %2").arg(name, transfer.problem.words(160));
    case Phase::Cancelled:
        return tr("%1: cancelled").arg(name);
    }
    return {};
}

TransferStrip::Line TransferStrip::makeLine(quint64 id)
{
    const Metrics &m = themeOf(this).metrics();
    Line line {.box = new QWidget,
               .text = new TextLabel(TextRole::Body, Token::Text2),
               .bar = new QProgressBar,
               .end = makeIconButton(u"transfer-%1"_s.arg(id), Icon::Close, tr("Cancel"))};
    line.text->setElided(Qt::ElideMiddle);
    line.bar->setRange(0, 1000);
    line.bar->setTextVisible(false);
    line.bar->setFixedSize(m.lines(10), m.step(2));
    auto *row = new QHBoxLayout(line.box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m.toolGap());
    row->addWidget(line.text, 1);
    row->addWidget(line.bar);
    row->addWidget(line.end);
    connect(line.end, &QToolButton::clicked, this, [this, id] {
        const QList<TransferState> all = m_transfers.transfers(m_nodeId);
        for (const TransferState &each : all) {
            if (each.id == id && !each.isEnded())
                return m_transfers.cancel(id);
        }
        m_dismissed.insert(id);
        update();
    });
    return line;
}

void TransferStrip::fill(const Line &line, const TransferState &transfer) const
{
    line.text->setText(words(transfer));
    line.text->setTone(transfer.phase == TransferState::Phase::Failed ? Tone::Failed : Tone::Neutral);
    line.bar->setVisible(!transfer.isEnded());
    line.bar->setAccessibleName(visibleText(transfer.name, 60));
    line.bar->setValue(transfer.total > 0 ? static_cast<int>(transfer.done * 1000 / transfer.total) : 0);
    const QString name = transfer.isEnded() ? tr("Hide") : tr("Cancel");
    line.end->setToolTip(name);
    line.end->setAccessibleName(name);
}

void TransferStrip::update()
{
    QSet<quint64> here;
    const QList<TransferState> all = m_transfers.transfers(m_nodeId);
    for (const TransferState &transfer : all) {
        if (m_dismissed.contains(transfer.id) || here.size() == kShown)
            continue;
        here.insert(transfer.id);
        if (!m_shown.contains(transfer.id)) {
            m_shown.insert(transfer.id, makeLine(transfer.id));
            m_lines->addWidget(m_shown.value(transfer.id).box);
        }
        fill(m_shown.value(transfer.id), transfer);
    }
    const QList<quint64> shown = m_shown.keys();
    for (const quint64 id : shown) {
        if (!here.contains(id))
            m_shown.take(id).box->deleteLater();
    }
    setVisible(!here.isEmpty());
}

}
