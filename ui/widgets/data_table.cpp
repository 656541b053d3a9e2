#include "ui/widgets/data_table.h"

#include "models/table/cell_roles.h"
#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSet>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kBox = 15;

    // Text that a spreadsheet would take for a formula gets a leading apostrophe (security U06).
    QString neutral(QString cell)
    {
        cell.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
        if (!cell.isEmpty() && QStringLiteral("=+-@").contains(cell[0]))
            cell.prepend(u'\'');
        return cell;
    }
}

TableHeader::TableHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setSortIndicatorShown(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(40);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), themeOf(this).metrics().row()};
}

bool TableHeader::onCheck(const QPoint &at) const
{
    if (!m_checks || count() == 0)
        return false;
    const int section = logicalIndex(0);
    const int left = sectionViewportPosition(section);
    return at.x() >= left
        && at.x() < left + CellDelegate::checkWidth(themeOf(this)) + themeOf(this).metrics().step(1);
}

void TableHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && onCheck(event->position().toPoint())) {
        emit checkClicked();
        return;
    }
    QHeaderView::mousePressEvent(event);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    painter->save();
    painter->fillRect(rect, theme.color(Token::Sunken));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Border));
    QRect inner = rect.adjusted(m.cellPadding(), 0, -m.cellPadding(), -1);
    if (m_checks && visualIndex(section) == 0) {
        const auto *view = qobject_cast<const QTableView *>(parentWidget());
        const qsizetype selected
            = view && view->selectionModel() ? view->selectionModel()->selectedRows().size() : 0;
        QStyleOption box;
        box.rect = QRect(inner.left() + m.step(0.5), rect.center().y() - kBox / 2, kBox, kBox);
        box.state = QStyle::State_Enabled
            | (selected == 0                         ? QStyle::State_Off
                   : selected == model()->rowCount() ? QStyle::State_On
                                                     : QStyle::State_NoChange);
        style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, this);
        inner.setLeft(inner.left() + CellDelegate::checkWidth(theme));
    }
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    painter->setFont(theme.font(TextRole::SmallMedium));
    painter->setPen(theme.color(Token::Text2));
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const int arrow = sorted ? Metrics::kSmallIcon + m.step(1) : 0;
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, inner.width() - arrow);
    const int textWidth = painter->fontMetrics().horizontalAdvance(shown);
    const int x = m_right.contains(section) ? inner.right() + 1 - textWidth - arrow : inner.left();
    painter->drawText(QRect(x, inner.top(), textWidth + 2, inner.height()), Qt::AlignVCenter, shown);
    if (sorted)
        painter->drawPixmap(
            x + textWidth + m.step(1), rect.top() + (rect.height() - Metrics::kSmallIcon) / 2,
            theme.pixmap(sortIndicatorOrder() == Qt::AscendingOrder ? Icon::SortUp : Icon::SortDown,
                         theme.color(Token::AccentText), Metrics::kSmallIcon, devicePixelRatioF(),
                         Stroke::Status));
    painter->restore();
}

DataTable::DataTable(const QString &objectName, QWidget *parent)
    : QTableView(parent),
      m_cells(new CellDelegate(this)),
      m_header(new TableHeader(this))
{
    setObjectName(objectName);
    setHorizontalHeader(m_header);
    setItemDelegate(m_cells);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { showColumnMenu(m_header->mapToGlobal(at)); });
    connect(m_header, &TableHeader::checkClicked, this, &DataTable::toggleAll);
    connect(m_header, &QHeaderView::sectionMoved, this, [this] {
        setProperty("fbFirstColumn", m_header->logicalIndex(0));
        emit columnsChanged();
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        if (!m_fitting)
            emit columnsChanged();
    });
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { emit opened(index.data(IdRole).toString()); });
    applyMetrics();
}

void DataTable::setUp(LiveTableModel *model, const QList<ColumnSpec> &columns, bool checks)
{
    m_columns = columns;
    m_checks = checks;
    m_cells->setChecks(checks);
    m_header->setChecks(checks);
    setModel(model);
    m_header->setSortIndicatorShown(true);
    for (const ColumnSpec &spec : columns) {
        m_cells->setKind(spec.column, spec.kind);
        if (spec.kind == CellKind::Number || spec.kind == CellKind::Progress)
            m_header->setRightAligned(spec.column);
        setColumnHidden(spec.column, !spec.shown);
    }
    setProperty("fbFirstColumn", m_header->logicalIndex(0));
    connect(m_header, &QHeaderView::sortIndicatorChanged, model,
            [this, model](int column, Qt::SortOrder order) {
                model->sort(column, order);
                emit columnsChanged();
            });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_header->viewport()->update();
        emit selectedIdsChanged();
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { emit currentIdChanged(current.data(IdRole).toString()); });
    fitColumns();
}

void DataTable::applyMetrics()
{
    const Metrics &m = themeOf(this).metrics();
    verticalHeader()->setMinimumSectionSize(m.row());
    verticalHeader()->setDefaultSectionSize(m.row());
}

void DataTable::fitColumns()
{
    const Metrics &m = themeOf(this).metrics();
    const QScopedValueRollback fitting(m_fitting, true);
    int used = 0;
    int stretching = -1;
    int least = 0;
    for (const ColumnSpec &spec : m_columns) {
        if (isColumnHidden(spec.column))
            continue;
        const int width = m.lines(spec.width);
        if (spec.stretches) {
            stretching = spec.column;
            least = width;
            continue;
        }
        if (!m_fitted)
            setColumnWidth(spec.column, width);
        used += columnWidth(spec.column);
    }
    if (stretching >= 0)
        setColumnWidth(stretching, qMax(least, viewport()->width() - used));
    m_fitted = true;
    // A bar for a pixel or two helps nobody.
    setHorizontalScrollBarPolicy(used + least > viewport()->width() ? Qt::ScrollBarAsNeeded
                                                                    : Qt::ScrollBarAlwaysOff);
}

QStringList DataTable::selectedIds() const
{
    QStringList ids;
    if (!selectionModel())
        return ids;
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    for (const QModelIndex &row : rows)
        ids << row.data(IdRole).toString();
    return ids;
}

QString DataTable::currentId() const
{
    return currentIndex().isValid() ? currentIndex().data(IdRole).toString() : QString();
}

void DataTable::select(const QString &id)
{
    const auto *live = qobject_cast<const LiveTableModel *>(model());
    const QModelIndex index = live ? live->indexOf(id) : QModelIndex();
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void DataTable::toggleAll()
{
    if (selectionModel()->selectedRows().size() == model()->rowCount())
        clearSelection();
    else
        selectAll();
}

void DataTable::showColumnMenu(const QPoint &globalAt)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ColumnSpec &spec : m_columns) {
        QAction *action = menu->addAction(model()->headerData(spec.column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(spec.column));
        action->setEnabled(spec.kind != CellKind::Name); // a row without its name tells nothing
        connect(action, &QAction::toggled, this, [this, spec](bool shown) {
            showColumn(spec, shown);
            fitColumns();
            emit columnsChanged();
        });
    }
    menu->popup(globalAt);
}

void DataTable::showColumn(const ColumnSpec &spec, bool shown)
{
    setColumnHidden(spec.column, !shown);
    if (shown && !spec.stretches)
        setColumnWidth(spec.column, themeOf(this).metrics().lines(spec.width));
}

QByteArray DataTable::saveColumns() const
{
    const double line = themeOf(this).metrics().line();
    QStringList columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const QString width = isColumnHidden(column) ? QString()
            : stretches(column)                      ? u"*"_s
                                                     : QString::number(columnWidth(column) / line, 'f', 2);
        columns << u"%1:%2"_s.arg(column).arg(width);
    }
    return u"%1;%2%3"_s
        .arg(columns.join(u','), m_header->sortIndicatorOrder() == Qt::AscendingOrder ? u"+" : u"-")
        .arg(m_header->sortIndicatorSection())
        .toLatin1();
}

void DataTable::restoreColumns(const QByteArray &state)
{
    constexpr double kWidest = 200; // lines
    const QString text = QString::fromLatin1(state);
    const QStringList columns = text.section(u';', 0, 0).split(u',');
    QList<QPair<int, QString>> wanted; // column, width
    QSet<int> seen;
    for (const QString &column : columns) {
        bool whole = false;
        const int index = column.section(u':', 0, 0).toInt(&whole);
        const QString width = column.section(u':', 1);
        const double lines = width.toDouble();
        const bool known = width.isEmpty() || width == u"*" || (lines > 0 && lines <= kWidest);
        if (!whole || !known || index < 0 || index >= m_header->count() || seen.contains(index))
            return;
        seen.insert(index);
        wanted.append({index, width});
    }
    if (wanted.size() != m_header->count())
        return; // of a version with other columns
    const QScopedValueRollback fitting(m_fitting, true);
    for (int visual = 0; visual < wanted.size(); ++visual) {
        const auto &[column, width] = wanted[visual];
        m_header->moveSection(m_header->visualIndex(column), visual);
        setColumnHidden(column, width.isEmpty());
        if (const double lines = width.toDouble(); lines > 0)
            setColumnWidth(column,
                           qMax(m_header->minimumSectionSize(), themeOf(this).metrics().lines(lines)));
    }
    const QString sort = text.section(u';', 1, 1);
    bool whole = false;
    const int column = sort.mid(1).toInt(&whole);
    if (whole && column >= 0 && column < m_header->count())
        m_header->setSortIndicator(column, sort.startsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder);
    fitColumns();
}

bool DataTable::stretches(int column) const
{
    return std::any_of(m_columns.begin(), m_columns.end(),
                       [column](const ColumnSpec &spec) { return spec.column == column && spec.stretches; });
}

QString DataTable::selectionAsText(bool withHeader) const
{
    QStringList lines;
    const auto row = [&](const std::function<QString(int)> &cell) {
        QStringList cells;
        for (int visual = 0; visual < m_header->count(); ++visual) {
            const int column = m_header->logicalIndex(visual);
            if (!isColumnHidden(column))
                cells << neutral(cell(column));
        }
        lines << cells.join(u'\t');
    };
    if (withHeader)
        row([&](int column) { return model()->headerData(column, Qt::Horizontal).toString(); });
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    for (const QModelIndex &index : std::as_const(rows)) {
        row([&](int column) {
            const QModelIndex cell = index.siblingAtColumn(column);
            const QVariant copy = cell.data(CopyRole);
            return copy.isValid() ? copy.toString() : cell.data().toString();
        });
    }
    return lines.join(u'\n');
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_C && (event->modifiers() & Qt::ControlModifier)) {
        QGuiApplication::clipboard()->setText(selectionAsText(event->modifiers() & Qt::ShiftModifier));
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit opened(currentId());
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const int first = m_header->logicalIndex(0);
    if (m_checks && event->button() == Qt::LeftButton && index.isValid() && index.column() == first
        && event->position().x() < columnViewportPosition(first) + CellDelegate::checkWidth(themeOf(this))
                + themeOf(this).metrics().step(1)) {
        setFocus(Qt::MouseFocusReason);
        selectionModel()->select(index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        return;
    }
    QTableView::mousePressEvent(event);
}

void DataTable::setHoverRow(int row)
{
    if (property("fbHoverRow").toInt() == row + 1)
        return;
    setProperty("fbHoverRow", row + 1);
    viewport()->update();
}

void DataTable::mouseMoveEvent(QMouseEvent *event)
{
    setHoverRow(indexAt(event->position().toPoint()).row());
    QTableView::mouseMoveEvent(event);
}

void DataTable::leaveEvent(QEvent *event)
{
    setHoverRow(-1);
    QTableView::leaveEvent(event);
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void DataTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyMetrics();
}

void DataTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void DataTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

}
