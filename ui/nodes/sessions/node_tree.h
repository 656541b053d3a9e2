#pragma once
// The tree of nodes beside the sessions (look 04): grouped by a tag or by platform, filtered while one types; Enter or a double click connects,
// several chosen nodes open as a grid. Ui thread.

#include "models/nodes/sessions/node_groups_model.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QPushButton;
class QTreeView;

namespace fb {

class TextLabel;

class NodeTree : public QWidget
{
    Q_OBJECT
public:
    // `grouping`: as it was left; empty: the usual one.
    NodeTree(FleetViewModel &fleet, const QString &grouping, QWidget *parent = nullptr);

    QStringList selectedNodes() const; // that are online, in the order of the tree
    void setOpenNodes(const QSet<QString> &nodeIds) { m_model.setOpenNodes(nodeIds); }
    void focusFilter();

signals:
    void connectAsked(const QString &nodeId);
    void gridAsked(const QStringList &nodeIds);
    void menuAsked(const QStringList &nodeIds, const QPoint &globalPos);
    void groupingChanged(const QString &grouping);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHead();
    void fillGroupingMenu();
    void setGrouping(const QString &grouping);
    void restoreRows(); // unfolded and chosen, as before they were built anew
    void noteRows();
    void updateFoot();
    void activate(const QModelIndex &index);
    bool isOnline(const QModelIndex &index) const;

    NodeGroupsModel m_model;
    QPushButton *m_by;
    QMenu *m_byMenu;
    QLineEdit *m_filter;
    QTreeView *m_tree;
    TextLabel *m_none;
    QPushButton *m_grid;
    QString m_wanted; // grouping; empty: the usual one, once nodes are known
    QSet<QString> m_folded; // groups
    QStringList m_chosen;
    QString m_currentId;
};

}
