#include "ui/widgets/frozen_column.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/data_table.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

namespace fb {

FrozenColumn::FrozenColumn(DataTable &table, TableHeader &header)
    : QWidget(&table),
      m_table(table),
      m_header(header)
{
    setObjectName(table.objectName() + QStringLiteral("Frozen"));
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    hide();
    connect(table.horizontalScrollBar(), &QScrollBar::valueChanged, this, &FrozenColumn::follow);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    connect(&header, &QHeaderView::geometriesChanged, this, &FrozenColumn::follow);
    connect(&header, &QHeaderView::sectionResized, this, &FrozenColumn::follow);
}

int FrozenColumn::headHeight() const { return m_header.height(); }

void FrozenColumn::follow()
{
    const QRect view = m_table.viewport()->geometry();
    const int width = m_header.sectionSize(m_header.logicalIndex(0));
    setVisible(m_table.horizontalScrollBar()->value() > 0 && width < view.width() / 2);
    setGeometry(view.left(), view.top() - headHeight(), width + 1, headHeight() + view.height());
    raise();
    update();
}

void FrozenColumn::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Base));
    const int column = m_header.logicalIndex(0);
    const int inside = width() - 1;
    m_header.paintSection(&painter, QRect(0, 0, inside, headHeight()), column);
    painter.setClipRect(0, headHeight(), width(), height() - headHeight());
    QStyleOptionViewItem option;
    option.initFrom(&m_table);
    option.widget = &m_table;
    const int first = m_table.rowAt(0);
    for (int row = qMax(0, first); first >= 0 && row < m_table.model()->rowCount(); ++row) {
        const int top = m_table.rowViewportPosition(row);
        if (top >= m_table.viewport()->height())
            break;
        const QModelIndex index = m_table.model()->index(row, column);
        option.rect = QRect(0, headHeight() + top, inside, m_table.rowHeight(row));
        option.state.setFlag(QStyle::State_Selected, m_table.selectionModel()->isSelected(index));
        m_table.cells().paint(&painter, option, index);
    }
    painter.setClipping(false);
    painter.fillRect(QRect(inside, 0, 1, height()), theme.color(Token::BorderStrong));
}

// To where the column would be if it were not scrolled away.
bool FrozenColumn::passOn(QEvent *event)
{
    const auto shifted = [this](const QPointF &at) {
        return QPointF(at.x() + m_table.columnViewportPosition(m_header.logicalIndex(0)),
                       at.y() - headHeight());
    };
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        QWidget *const to = mouse->position().y() < headHeight() ? m_header.viewport() : m_table.viewport();
        QPointF at = shifted(mouse->position());
        if (to == m_header.viewport())
            at.ry() += headHeight();
        QMouseEvent passed(mouse->type(), at, to->mapToGlobal(at), mouse->button(), mouse->buttons(),
                           mouse->modifiers());
        return QCoreApplication::sendEvent(to, &passed);
    }
    case QEvent::Wheel: {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        QWheelEvent passed(shifted(wheel->position()), wheel->globalPosition(), wheel->pixelDelta(),
                           wheel->angleDelta(), wheel->buttons(), wheel->modifiers(), wheel->phase(),
                           wheel->inverted());
        return QCoreApplication::sendEvent(m_table.viewport(), &passed);
    }
    case QEvent::ContextMenu: {
        const auto *menu = static_cast<QContextMenuEvent *>(event);
        QContextMenuEvent passed(menu->reason(), shifted(menu->pos()).toPoint(), menu->globalPos(),
                                 menu->modifiers());
        return QCoreApplication::sendEvent(m_table.viewport(), &passed);
    }
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        QHelpEvent passed(QEvent::ToolTip, shifted(help->pos()).toPoint(), help->globalPos());
        return QCoreApplication::sendEvent(m_table.viewport(), &passed);
    }
    default:
        return false;
    }
}

bool FrozenColumn::event(QEvent *event) { return passOn(event) || QWidget::event(event); }

}
