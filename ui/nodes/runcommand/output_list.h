#pragma once
// The left side of a run's Output tab (picture 03): groups of equal output, largest first; nodes that are printing right now; how many
// have sent nothing yet, and how many wait. Ui thread.

#include "models/nodes/runcommand/run_view_model.h"

#include <QListView>

namespace fb {

class OutputListModel;

class OutputList : public QListView
{
    Q_OBJECT
public:
    OutputList(RunViewModel &run, QWidget *parent = nullptr);

    // What is chosen: a group by its key, or one running node.
    QString currentGroup() const;
    QString currentNode() const;
    int groupCount() const;

signals:
    void currentChosen();
    void rebuilt();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void rebuild();

    RunViewModel &m_run;
    OutputListModel *m_model;
    bool m_rebuilding = false;
};

}
