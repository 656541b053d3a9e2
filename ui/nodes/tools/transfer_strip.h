#pragma once
// The files on their way to and from one node, under its files: how far each has come, and Cancel. Ui thread.

#include "models/nodes/tools/transfer_source.h"

#include <QHash>
#include <QSet>
#include <QWidget>

class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace fb {

class TextLabel;

class TransferStrip : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kShown = 4;

    TransferStrip(TransferSource &transfers, const QString &nodeId, QWidget *parent = nullptr);
    static QString words(const TransferState &transfer);

signals:
    void arrived(); // something new stands on the node

private:
    struct Line {
        QWidget *box = nullptr;
        TextLabel *text = nullptr;
        QProgressBar *bar = nullptr;
        QToolButton *end = nullptr;
    };
    void update();
    Line makeLine(quint64 id);
    void fill(const Line &line, const TransferState &transfer) const;

    TransferSource &m_transfers;
    QString m_nodeId;
    QVBoxLayout *m_lines;
    QHash<quint64, Line> m_shown;
    QSet<quint64> m_dismissed;
};

}
