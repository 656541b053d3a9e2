#pragma once
// The slim strip above the panes (look 04): whether it is recorded, the reason, whom it runs as, when the node would end it. Of the pane that has
// the focus. Ui thread.

#include "models/nodes/sessions/session_link.h"
#include "ui/theme/icon.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;

namespace fb {

class RecordingDot;
class TextLabel;

class SessionStrip : public QWidget
{
    Q_OBJECT
public:
    explicit SessionStrip(QWidget *parent = nullptr);
    void setLink(SessionLink *link); // nullptr: none

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Fact {
        QWidget *box;
        TextLabel *words;
    };
    Fact addFact(QHBoxLayout *line, Icon icon, const QString &name);
    void update();

    QPointer<SessionLink> m_link;
    QTimer m_second;
    RecordingDot *m_mark;
    TextLabel *m_recording;
    TextLabel *m_reason;
    Fact m_watched; // by whom
    Fact m_runAs;
    Fact m_idle;
    Fact m_ends;
};

}
