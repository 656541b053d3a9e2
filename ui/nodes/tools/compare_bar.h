#pragma once
// Above charts that show several nodes: each node with its line's colour, what is amiss with it, and a button that takes it away again. Hidden
// while there is only the page's own node. The button that opens the choice stands apart, in the page's tools. Ui thread.

#include "models/nodes/fleet/compared_nodes.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace fb {

class TextLabel;

class CompareBar : public QWidget
{
    Q_OBJECT
public:
    CompareBar(ComparedNodes &nodes, QWidget *parent = nullptr);

    QPushButton *makeChoice(const QString &objectName); // "Compare..."; the caller's
    void setNotes(const QHash<QString, QString> &notes); // by node: "not connected"

private:
    void rebuild();

    ComparedNodes &m_nodes;
    QStringList m_shown; // ids and names
    QHash<QString, QString> m_notes;
    QHash<QString, TextLabel *> m_noteLabels;
};

}
