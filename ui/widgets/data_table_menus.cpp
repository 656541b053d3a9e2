// DataTable: the menus of its rows and columns. What the header does for a mouse they do for keys.
#include "ui/widgets/data_table.h"

#include "models/table/cell_roles.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QScopedValueRollback>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr double kWidthStep = 2; // lines
}

void DataTable::showColumnMenu(const QPoint &globalAt)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const int column = m_header->logicalIndexAt(m_header->mapFromGlobal(globalAt));
        column >= 0 && m_header->rect().contains(m_header->mapFromGlobal(globalAt))) {
        addSorting(menu, column);
        menu->addSeparator();
    }
    fillColumnMenu(menu);
    menu->popup(globalAt);
}

void DataTable::fillColumnMenu(QMenu *menu)
{
    const auto titleOf = [this](int column) {
        return model()->headerData(column, Qt::Horizontal).toString().replace(u'&', u"&&"_s);
    };
    QMenu *sort = menu->addMenu(tr("Sort by"));
    QMenu *arrange = menu->addMenu(tr("Move and resize"));
    const QList<int> shown = shownColumns();
    for (const int column : shown) {
        addSorting(sort->addMenu(titleOf(column)), column);
        addArranging(arrange->addMenu(titleOf(column)), column);
    }
    menu->addSeparator();
    for (const ColumnSpec &spec : std::as_const(m_columns)) {
        QAction *action = menu->addAction(titleOf(spec.column));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(spec.column));
        action->setEnabled(spec.kind != CellKind::Name); // a row without its name tells nothing
        connect(action, &QAction::toggled, this, [this, spec](bool wanted) {
            showColumn(spec, wanted);
            fitColumns();
            emit columnsChanged();
        });
    }
}

void DataTable::addSorting(QMenu *menu, int column)
{
    connect(menu->addAction(Theme::icon(Icon::SortUp), tr("Sort ascending")), &QAction::triggered, this,
            [this, column] { m_header->setSortIndicator(column, Qt::AscendingOrder); });
    connect(menu->addAction(Theme::icon(Icon::SortDown), tr("Sort descending")), &QAction::triggered, this,
            [this, column] { m_header->setSortIndicator(column, Qt::DescendingOrder); });
    connect(menu->addAction(tr("Add to the sort, or reverse it")), &QAction::triggered, this,
            [this, column] { addToSort(column); });
}

void DataTable::addArranging(QMenu *menu, int column)
{
    const QList<int> shown = shownColumns();
    const qsizetype at = shown.indexOf(column);
    const auto move = [&](const QString &text, qsizetype to) {
        QAction *action = menu->addAction(text);
        action->setEnabled(at > 0 && to > 0 && to < shown.size()); // the first stays first
        if (action->isEnabled())
            connect(action, &QAction::triggered, this, [this, column, beside = shown[to]] {
                m_header->moveSection(m_header->visualIndex(column), m_header->visualIndex(beside));
            });
    };
    move(tr("Move left", "a column"), at - 1);
    move(tr("Move right", "a column"), at + 1);
    menu->addSeparator();
    const auto resize = [&](const QString &text, double lines) {
        QAction *action = menu->addAction(text);
        action->setEnabled(!stretches(column)); // it takes what the others leave
        connect(action, &QAction::triggered, this, [this, column, lines] {
            const int width = columnWidth(column) + themeOf(this).metrics().lines(lines);
            setColumnWidth(column, qMax(m_header->minimumSectionSize(), width));
            fitColumns();
        });
    };
    resize(tr("Wider", "a column"), kWidthStep);
    resize(tr("Narrower", "a column"), -kWidthStep);
}

void DataTable::showColumn(const ColumnSpec &spec, bool shown)
{
    m_folded.remove(spec.column);
    if (shown)
        m_unfolded.insert(spec.column);
    else
        m_unfolded.remove(spec.column);
    setColumnHidden(spec.column, !shown);
    const QScopedValueRollback fitting(m_fitting, true); // not a width of the operator's
    if (shown && !spec.stretches)
        setColumnWidth(spec.column,
                       qMax(themeOf(this).metrics().lines(spec.width), m_header->neededWidth(spec.column)));
}

void DataTable::popUpMenu(const QPoint &globalAt)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (currentIndex().isValid())
        connect(menu->addAction(Theme::icon(Icon::FullPage), tr("Open")), &QAction::triggered, this,
                [this] { emit opened(currentId()); });
    menu->addSeparator();
    emit menuWanted(menu);
    menu->addSeparator();
    QMenu *copies = menu->addMenu(Theme::icon(Icon::Copy), tr("Copy rows"));
    copies->setEnabled(m_header->selectedRows() > 0);
    const auto add = [this, copies](const QString &text, TextForm form, bool withHeader) {
        connect(copies->addAction(text), &QAction::triggered, this,
                [this, form, withHeader] { copy(form, withHeader); });
    };
    add(tr("Text"), TextForm::TabSeparated, false);
    add(tr("Text with header"), TextForm::TabSeparated, true);
    add(tr("CSV", "form of a copy"), TextForm::Csv, true);
    add(tr("JSON", "form of a copy"), TextForm::Json, true);
    add(tr("Markdown", "form of a copy"), TextForm::Markdown, true);
    fillColumnMenu(menu->addMenu(Theme::icon(Icon::Columns), tr("Columns")));
    menu->popup(globalAt);
}

}
