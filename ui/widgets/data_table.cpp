#include "ui/widgets/data_table.h"

#include "models/table/cell_roles.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/changed_cells.h"
#include "ui/widgets/frozen_column.h"
#include "ui/widgets/row_selection.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSet>

namespace fb {

using namespace Qt::StringLiterals;

DataTable::DataTable(const QString &objectName, QWidget *parent)
    : QTableView(parent),
      m_cells(new CellDelegate(this)),
      m_header(new TableHeader(this))
{
    setObjectName(objectName);
    setHorizontalHeader(m_header);
    m_frozen = new FrozenColumn(*this, *m_header);
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
    connect(m_header, &QHeaderView::sectionResized, this, [this](int column, int before, int after) {
        if (m_fitting)
            return;
        if (before > 0 && after > 0)
            m_wideByHand.insert(column);
        emit columnsChanged();
    });
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { emit opened(index.data(IdRole).toString()); });
    setWhatsThis(tr("Arrow keys move, Space selects, Enter opens, F2 renames, Delete asks first, letters "
                    "jump to a name.\nShift+F10 opens the row's menu; Columns in it sorts, moves and "
                    "resizes. Ctrl+C copies the selected rows."));
    applyMetrics();
}

void DataTable::setUp(LiveTableModel *model, const QList<ColumnSpec> &columns, bool checks)
{
    model->followLanguage();
    m_columns = columns;
    m_checks = checks;
    m_cells->setChecks(checks);
    m_header->setChecks(checks);
    setModel(model);
    const QScopedPointer<QItemSelectionModel> itsOwn(selectionModel());
    m_selection = new RowSelection(*model, this);
    setSelectionModel(m_selection);
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
    connect(m_header, &TableHeader::shiftClicked, this, &DataTable::addToSort);
    m_changed = new ChangedCells(*model, this);
    m_cells->setTinted([this](const QModelIndex &index) { return isTinted(index); });
    connect(m_changed, &ChangedCells::faded, viewport(), qOverload<>(&QWidget::update));
    const auto updateFrozen = [this] { m_frozen->update(); };
    connect(m_changed, &ChangedCells::faded, this, updateFrozen);
    connect(model, &QAbstractItemModel::dataChanged, this, updateFrozen);
    connect(model, &QAbstractItemModel::layoutChanged, this, updateFrozen);
    connect(model, &QAbstractItemModel::rowsInserted, this, updateFrozen);
    connect(model, &QAbstractItemModel::rowsRemoved, this, updateFrozen);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &DataTable::rememberTop);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &DataTable::rememberTop);
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &DataTable::rememberTop);
    connect(model, &QAbstractItemModel::rowsInserted, this, &DataTable::restoreTop);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &DataTable::restoreTop);
    connect(model, &QAbstractItemModel::layoutChanged, this, &DataTable::restoreTop);
    connect(m_selection, &RowSelection::marksChanged, this, [this] {
        viewport()->update();
        m_frozen->update();
        m_header->viewport()->update();
        emit selectedIdsChanged();
    });

    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                viewport()->update(); // the mark of the current row
                m_frozen->update();
                emit currentIdChanged(current.data(IdRole).toString());
            });
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
    foldColumns();
    int used = 0;
    int stretching = -1;
    int least = 0;
    int first = 0; // the first column's own width
    for (const ColumnSpec &spec : m_columns) {
        const int width = qMax(m.lines(spec.width), m_header->neededWidth(spec.column));
        if (!m_fitted && !spec.stretches && !m_wideByHand.contains(spec.column))
            setColumnWidth(spec.column, width); // of a hidden one for when it is shown
        if (isColumnHidden(spec.column))
            continue;
        if (spec.column == m_header->logicalIndex(0))
            first = width;
        if (spec.stretches) {
            stretching = spec.column;
            least = width;
            continue;
        }
        used += columnWidth(spec.column);
    }
    const int name = m_header->logicalIndex(0);
    if (stretching < 0 && !m_folded.isEmpty()
        && !m_wideByHand.contains(name)) { // its place goes to the first
        stretching = name;
        used -= columnWidth(name);
        least = first;
    }
    if (stretching >= 0)
        setColumnWidth(stretching, qMax(least, viewport()->width() - used));
    m_fitted = true;
    // A bar for a pixel or two helps nobody.
    setHorizontalScrollBarPolicy(used + least > viewport()->width() ? Qt::ScrollBarAsNeeded
                                                                    : Qt::ScrollBarAlwaysOff);
}

// What the row's name needs least goes first, and comes back when there is room again.
void DataTable::foldColumns()
{
    const Metrics &m = themeOf(this).metrics();
    const auto needed = [&](const ColumnSpec &spec) {
        if (m_wideByHand.contains(spec.column))
            return m_folded.value(spec.column, columnWidth(spec.column));
        return qMax(m.lines(spec.width), m_header->neededWidth(spec.column));
    };
    QList<ColumnSpec> folding;
    int all = 0;
    const QList<SortKey> keys = sortKeys();
    for (const ColumnSpec &spec : std::as_const(m_columns)) {
        if (!isChosen(spec.column))
            continue;
        all += needed(spec);
        const bool isSorted = !keys.isEmpty() && keys.first().column == spec.column;
        if (spec.folds > 0 && !isSorted && !m_unfolded.contains(spec.column))
            folding.append(spec);
    }
    std::sort(folding.begin(), folding.end(),
              [](const ColumnSpec &a, const ColumnSpec &b) { return a.folds < b.folds; });
    QHash<int, int> folded;
    for (const ColumnSpec &spec : std::as_const(folding)) {
        if (all <= viewport()->width())
            break;
        folded.insert(spec.column, needed(spec));
        all -= needed(spec);
    }
    const QHash<int, int> before = std::exchange(m_folded, folded);
    for (const ColumnSpec &spec : std::as_const(m_columns)) {
        if (before.contains(spec.column) && !folded.contains(spec.column)) {
            setColumnHidden(spec.column, false);
            if (!spec.stretches)
                setColumnWidth(spec.column, before.value(spec.column));
        } else if (folded.contains(spec.column)) {
            setColumnHidden(spec.column, true);
        }
    }
    if (!before.isEmpty() && folded.isEmpty())
        m_fitted = false; // the first has its own width again
}

bool DataTable::isChosen(int column) const { return !isColumnHidden(column) || m_folded.contains(column); }

const LiveTableModel *DataTable::rows() const { return qobject_cast<const LiveTableModel *>(model()); }

QStringList DataTable::selectedIds() const { return rows() ? rows()->markedIds() : QStringList(); }

int DataTable::selectedCount() const { return rows() ? rows()->markedRows() : 0; }

int DataTable::hiddenSelectedCount() const { return selectedCount() - m_header->selectedRows(); }

void DataTable::deselectHidden()
{
    if (auto *live = qobject_cast<LiveTableModel *>(model()))
        live->unmarkHidden();
    emit selectedIdsChanged();
}

QString DataTable::currentId() const
{
    return currentIndex().isValid() ? currentIndex().data(IdRole).toString() : QString();
}

void DataTable::select(const QString &id)
{
    const LiveTableModel *live = rows();
    const QModelIndex index = live ? live->indexOf(id) : QModelIndex();
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void DataTable::toggleAll()
{
    if (model()->rowCount() == 0)
        return;
    // Those that the filter hides stay as they are.
    const QItemSelection all(model()->index(0, 0),
                             model()->index(model()->rowCount() - 1, model()->columnCount() - 1));
    selectionModel()->select(all,
                             m_header->selectedRows() == model()->rowCount() ? QItemSelectionModel::Deselect
                                                                             : QItemSelectionModel::Select);
}

QByteArray DataTable::saveColumns() const
{
    const double line = themeOf(this).metrics().line();
    QStringList columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const int pixels = m_folded.value(column, columnWidth(column));
        const QString width = !isChosen(column) ? QString()
            : stretches(column)                 ? u"*"_s
            : m_wideByHand.contains(column)     ? QString::number(pixels / line, 'f', 2)
                                                : u"-"_s;
        columns << u"%1:%2"_s.arg(column).arg(width);
    }
    QStringList sort;
    const QList<SortKey> keys = sortKeys();
    for (const SortKey &key : keys)
        sort << u"%1%2"_s.arg(key.order == Qt::AscendingOrder ? u"+" : u"-").arg(key.column);
    return u"%1;%2"_s.arg(columns.join(u','), sort.join(u',')).toLatin1();
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
        const bool known
            = width.isEmpty() || width == u"*" || width == u"-" || (lines > 0 && lines <= kWidest);
        if (!whole || !known || index < 0 || index >= m_header->count() || seen.contains(index))
            return;
        seen.insert(index);
        wanted.append({index, width});
    }
    if (wanted.size() != m_header->count())
        return; // of a version with other columns
    const QScopedValueRollback fitting(m_fitting, true);
    const int firstColumn = m_header->logicalIndex(0);
    m_folded.clear();
    m_unfolded.clear();
    for (int visual = 0; visual < wanted.size(); ++visual) {
        const auto &[column, width] = wanted[visual];
        if ((column == firstColumn) == (visual == 0)) // the first one stays first
            m_header->moveSection(m_header->visualIndex(column), visual);
        setColumnHidden(column, width.isEmpty());
        if (const double lines = width.toDouble(); lines > 0) {
            setColumnWidth(column,
                           qMax(m_header->minimumSectionSize(), themeOf(this).metrics().lines(lines)));
            m_wideByHand.insert(column);
        } else if (m_wideByHand.remove(column)) {
            m_fitted = false; // back to its own width
        }
    }
    QList<SortKey> keys;
    const QStringList sort = text.section(u';', 1, 1).split(u',');
    for (const QString &each : sort) {
        bool whole = false;
        const int column = each.mid(1).toInt(&whole);
        if (whole && column >= 0 && column < m_header->count())
            keys.append({column, each.startsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder});
    }
    if (auto *live = qobject_cast<LiveTableModel *>(model()); live && !keys.isEmpty()) {
        m_header->setSortIndicator(keys.first().column, keys.first().order);
        live->sortBy(keys);
    }
    fitColumns();
}

bool DataTable::stretches(int column) const
{
    return std::any_of(m_columns.begin(), m_columns.end(),
                       [column](const ColumnSpec &spec) { return spec.column == column && spec.stretches; });
}

QList<int> DataTable::shownColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        if (const int column = m_header->logicalIndex(visual); isChosen(column))
            columns << column;
    }
    return columns;
}

QString DataTable::selectionAsText(TextForm form, bool withHeader) const
{
    QList<int> rows;
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    return TableText::of(form, *model(), shownColumns(), rows, CopyRole, withHeader);
}

void DataTable::copy(TextForm form, bool withHeader) const
{
    QGuiApplication::clipboard()->setText(selectionAsText(form, withHeader));
}

QList<SortKey> DataTable::sortKeys() const { return rows() ? rows()->sortKeys() : QList<SortKey>(); }

// Up, then down, then out of the sort again.
void DataTable::addToSort(int column)
{
    auto *live = qobject_cast<LiveTableModel *>(model());
    if (!live)
        return;
    QList<SortKey> keys = live->sortKeys();
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [column](const SortKey &each) { return each.column == column; });
    if (key == keys.end())
        keys.append({column, Qt::AscendingOrder});
    else if (key->order == Qt::AscendingOrder)
        key->order = Qt::DescendingOrder;
    else if (keys.size() > 1)
        keys.erase(key);
    live->sortBy(keys);
    m_header->viewport()->update();
    emit columnsChanged();
}

bool DataTable::isTinted(const QModelIndex &index) const
{
    return m_changed && style()->styleHint(QStyle::SH_Widget_Animate) && m_changed->isTinted(index);
}

void DataTable::rememberTop()
{
    m_topId.clear();
    if (verticalScrollBar()->value() == 0)
        return; // at the top what is new is to be seen
    const int row = rowAt(0);
    if (row < 0)
        return;
    m_topId = model()->index(row, 0).data(IdRole).toString();
    m_topOffset = rowViewportPosition(row);
}

void DataTable::restoreTop()
{
    const QString id = std::exchange(m_topId, {});
    const LiveTableModel *live = rows();
    const QModelIndex index = live && !id.isEmpty() ? live->indexOf(id) : QModelIndex();
    if (!index.isValid())
        return;
    updateGeometries();
    const int moved = rowViewportPosition(index.row()) - m_topOffset;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
}

void DataTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    if (m_changed && first >= 0)
        m_changed->see(first, last < 0 ? model()->rowCount() - 1 : last);
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        at = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    popUpMenu(at);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_C && (event->modifiers() & Qt::ControlModifier))
        return copy(TextForm::TabSeparated, event->modifiers() & Qt::ShiftModifier);
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && currentIndex().isValid())
        return selectionModel()->select(currentIndex(),
                                        QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    if (event->key() == Qt::Key_F2 && currentIndex().isValid())
        return emit renameRequested(currentId());
    if (event->key() == Qt::Key_Delete && selectedCount() > 0)
        return emit deleteRequested(selectedIds());
    if (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier)
        return popUpMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    if (!event->text().isEmpty() && event->text()[0].isPrint() && currentIndex().isValid()) {
        // Type-ahead looks at the first column, wherever the current cell is.
        const int first = m_header->logicalIndex(0);
        if (currentIndex().column() != first)
            selectionModel()->setCurrentIndex(currentIndex().siblingAtColumn(first),
                                              QItemSelectionModel::NoUpdate);
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
    m_frozen->update();
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
    m_frozen->follow();
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
    m_frozen->update();
}

void DataTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
    m_frozen->update();
}

}
