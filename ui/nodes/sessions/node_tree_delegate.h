#pragma once
// Rows of the tree of nodes: a group with its count, a node with its state and whether a session to it is open. Ui thread.

#include <QStyledItemDelegate>

namespace fb {

class NodeTreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

}
