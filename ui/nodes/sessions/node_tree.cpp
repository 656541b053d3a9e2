#include "ui/nodes/sessions/node_tree.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/node_tree_delegate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTreeView>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

using Role = NodeGroupsModel::Role;

NodeTree::NodeTree(FleetViewModel &fleet, const QString &grouping, QWidget *parent)
    : QWidget(parent),
      m_model(fleet),
      m_by(makeButton(u"nodeTreeBy"_s, {}, Icon::None, ButtonKind::Plain)),
      m_byMenu(new QMenu(this)),
      m_filter(new QLineEdit),
      m_tree(new QTreeView),
      m_none(new TextLabel(TextRole::Small, Token::Text2)),
      m_grid(makeButton(u"nodeTreeGrid"_s, {}, Icon::Grid)),
      m_wanted(grouping)
{
    const Metrics &m = themeOf(this).metrics();
    m_filter->setObjectName(u"nodeTreeFilter"_s);
    m_filter->setPlaceholderText(tr("Filter nodes"));
    m_filter->setAccessibleName(tr("Filter nodes"));
    m_filter->addAction(Theme::icon(Icon::Search, Token::Text3), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);

    m_tree->setObjectName(u"nodeTree"_s);
    m_tree->setAccessibleName(tr("Nodes"));
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new NodeTreeDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setMouseTracking(true);
    m_tree->viewport()->setAutoFillBackground(false);
    m_tree->installEventFilter(this);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(m.step(3), m.step(2), m.step(3), 0);

    auto *line = new QHBoxLayout;
    line->setContentsMargins(m.step(2), m.step(2), m.step(2), m.step(2));
    line->addWidget(m_filter);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(m.step(2), m.step(2), m.step(2), m.step(2));
    foot->addWidget(m_grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addLayout(line);
    column->addWidget(m_none);
    column->addWidget(m_tree, 1);
    column->addLayout(foot);
    setMinimumWidth(m.lines(9));

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        noteRows();
        m_model.setFilter(words);
        if (!words.isEmpty())
            m_tree->expandAll(); // what was found is in view
        updateFoot();
    });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (index.data(Role::IsGroupRole).toBool())
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
    });
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (!index.data(Role::IsGroupRole).toBool())
            activate(index);
    });
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex &index) { m_folded.remove(index.data(Role::IdRole).toString()); });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex &index) { m_folded.insert(index.data(Role::IdRole).toString()); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &NodeTree::updateFoot);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        const QStringList nodes = selectedNodes();
        if (!nodes.isEmpty())
            emit menuAsked(nodes, m_tree->viewport()->mapToGlobal(at));
    });
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &NodeTree::noteRows);
    connect(&m_model, &NodeGroupsModel::rebuilt, this, [this] {
        if (m_wanted.isEmpty() && m_model.usualGrouping() != m_model.grouping())
            return setGrouping({}); // tags are known now
        restoreRows();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &NodeTree::updateFoot);
    connect(m_grid, &QPushButton::clicked, this, [this] { emit gridAsked(selectedNodes()); });
    setGrouping(m_wanted);
}

QWidget *NodeTree::makeHead()
{
    const Metrics &m = themeOf(this).metrics();
    auto *head = new QWidget;
    head->setFixedHeight(m.tabStrip());
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(m.step(3), 0, m.step(1), 0);
    line->addWidget(new TextLabel(tr("Nodes"), TextRole::SectionHeading), 1);
    m_by->setAccessibleName(tr("Group nodes by"));
    m_by->setToolTip(tr("Group nodes by a tag or by platform"));
    connect(m_by, &QPushButton::clicked, this, [this] {
        fillGroupingMenu();
        m_byMenu->popup(m_by->mapToGlobal(QPoint(0, m_by->height() + 2)));
    });
    line->addWidget(m_by);
    return head;
}

void NodeTree::fillGroupingMenu()
{
    m_byMenu->clear();
    const auto add = [this](const QString &text, const QString &grouping) {
        QAction *action = m_byMenu->addAction(text, this, [this, grouping] { setGrouping(grouping); });
        action->setCheckable(true);
        action->setChecked(m_model.grouping() == grouping);
        action->setObjectName(u"groupBy-"_s + grouping);
    };
    const QStringList keys = m_model.tagKeys();
    for (const QString &key : keys)
        add(tr("By tag %1").arg(visibleText(key, 60)), key);
    m_byMenu->addSeparator();
    add(tr("By platform"), QString::fromLatin1(NodeGroupsModel::kByPlatform));
    add(tr("All in one list"), QString::fromLatin1(NodeGroupsModel::kAll));
}

void NodeTree::setGrouping(const QString &grouping)
{
    m_wanted = grouping;
    const QString real = grouping.isEmpty() ? m_model.usualGrouping() : grouping;
    noteRows();
    m_folded.clear();
    m_model.setGrouping(real);
    restoreRows();
    const QString word = real == QLatin1String(NodeGroupsModel::kByPlatform) ? tr("by platform")
        : real == QLatin1String(NodeGroupsModel::kAll)                       ? tr("one list")
                                                       : tr("by %1").arg(visibleText(real, 24));
    //: beside a chevron: how the nodes are grouped, "by role"
    m_by->setText(word + u" \u25be"_s);
    m_by->updateGeometry();
    if (!grouping.isEmpty())
        emit groupingChanged(grouping);
}

void NodeTree::noteRows()
{
    m_chosen.clear();
    const QModelIndexList chosen = m_tree->selectionModel()->selectedRows();
    for (const QModelIndex &index : chosen) {
        if (!index.data(Role::IsGroupRole).toBool())
            m_chosen << index.data(Role::IdRole).toString();
    }
    m_currentId = m_tree->currentIndex().data(Role::IdRole).toString();
}

void NodeTree::restoreRows()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex group = m_model.index(row, 0);
        m_tree->setExpanded(
            group, !m_filter->text().isEmpty() || !m_folded.contains(group.data(Role::IdRole).toString()));
    }
    if (const QModelIndex current = m_model.indexOf(m_currentId); current.isValid())
        m_tree->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    QItemSelection selection;
    for (const QString &id : std::as_const(m_chosen)) {
        if (const QModelIndex index = m_model.indexOf(id); index.isValid())
            selection.select(index, index);
    }
    m_tree->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    updateFoot();
}

bool NodeTree::isOnline(const QModelIndex &index) const
{
    return index.isValid() && !index.data(Role::IsGroupRole).toBool()
        && index.data(Role::PingRole).toInt() == static_cast<int>(PingState::Online);
}

QStringList NodeTree::selectedNodes() const
{
    QModelIndexList chosen = m_tree->selectionModel()->selectedRows();
    std::sort(chosen.begin(), chosen.end(), [](const QModelIndex &a, const QModelIndex &b) {
        return a.parent().row() != b.parent().row() ? a.parent().row() < b.parent().row() : a.row() < b.row();
    });
    QStringList ids;
    for (const QModelIndex &index : std::as_const(chosen)) {
        if (isOnline(index))
            ids << index.data(Role::IdRole).toString();
    }
    return ids;
}

void NodeTree::updateFoot()
{
    const auto count = static_cast<int>(selectedNodes().size());
    m_grid->setVisible(count > 1);
    m_grid->setText(tr("Open %n as a grid", nullptr, count));
    const int shown = m_model.nodeCount();
    m_none->setVisible(shown == 0);
    m_none->setText(m_filter->text().isEmpty() ? tr("No nodes yet. Enrol one on the Fleet page.")
                                               : tr("No node matches. Press Esc to clear the filter."));
}

void NodeTree::activate(const QModelIndex &index)
{
    if (isOnline(index))
        emit connectAsked(index.data(Role::IdRole).toString());
}

void NodeTree::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool NodeTree::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_filter && key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    if (watched == m_filter && key == Qt::Key_Down) { // to what was found
        m_tree->setFocus(Qt::TabFocusReason);
        if (!m_tree->currentIndex().isValid() || m_tree->currentIndex().data(Role::IsGroupRole).toBool())
            m_tree->setCurrentIndex(m_model.index(0, 0, m_model.index(0, 0)));
        return true;
    }
    if (watched == m_tree && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        const QModelIndex current = m_tree->currentIndex();
        const QStringList nodes = selectedNodes();
        if (current.data(Role::IsGroupRole).toBool())
            m_tree->setExpanded(current, !m_tree->isExpanded(current));
        else if (nodes.size() > 1)
            emit gridAsked(nodes);
        else
            activate(current);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void NodeTree::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Page));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.color(Token::Border));
    painter.fillRect(QRect(0, theme.metrics().tabStrip() - 1, width(), 1), theme.color(Token::Border));
}

}
