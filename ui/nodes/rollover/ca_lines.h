#pragma once
// Above the list of nodes that are behind: the fleet's CA by its hash and until when it is valid, the next one while there is one, and how far
// the roll-over is. Ui thread.

#include "models/nodes/rollover/ca_roll_over_view_model.h"
#include "ui/widgets/surface.h"

class QGridLayout;
class QToolButton;

namespace fb {

class TextLabel;

class CaLines : public Surface
{
    Q_OBJECT
public:
    explicit CaLines(CaRollOverViewModel &rollOver, QWidget *parent = nullptr);

private:
    struct Line {
        TextLabel *words;
        TextLabel *hash;
        QToolButton *copy;
        TextLabel *validity;
    };
    Line addLine(QGridLayout *grid, int row, const QString &name, const QString &words, const QString &copy);
    void show(const Line &line, const QString &sha256, Instant notAfter, bool endsSoon);
    void update();

    CaRollOverViewModel &m_rollOver;
    Line m_present;
    Line m_next;
    TextLabel *m_progress;
};

}
