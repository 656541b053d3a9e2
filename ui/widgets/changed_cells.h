#pragma once
// Which cells of a table have just changed under the eyes of who reads it (ux.md 3, look.md 7): tinted for 1.2 s, none with reduced motion.
// Texts that only grow older do not count. Looks at rows in view alone. Ui thread.

#include "models/table/live_table_model.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace fb {

class ChangedCells : public QObject
{
    Q_OBJECT
public:
    ChangedCells(const LiveTableModel &model, QObject *parent);

    void see(int firstRow, int lastRow); // these rows are in view, as they are now
    bool isTinted(const QModelIndex &index) const;
    static constexpr int kTintMs = 1200;

signals:
    void faded(); // some are as they were

private:
    using Cell = QPair<QString, int>; // row id, column
    void takeChange(const QModelIndex &topLeft, const QModelIndex &bottomRight);
    void fade();

    const LiveTableModel &m_model;
    QElapsedTimer m_clock;
    QTimer m_fade;
    int m_first = 0;
    int m_last = -1;
    QHash<QString, QStringList> m_seen; // texts by row id
    QHash<Cell, qint64> m_until;
};

}
