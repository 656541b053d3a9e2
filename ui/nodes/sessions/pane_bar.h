#pragma once
// The bar under a pane's head while its session is not connected: why, and what can be done (ux.md 5). Ui thread.

#include "models/nodes/sessions/session_link.h"
#include "ui/theme/tone.h"

#include <QWidget>

class QPushButton;

namespace fb {

class TextLabel;

class PaneBar : public QWidget
{
    Q_OBJECT
public:
    PaneBar(SessionLink &link, QWidget *parent = nullptr);

signals:
    void resumeClicked();
    void reopenClicked();
    void closeClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();

    SessionLink &m_link;
    Tone m_tone;
    TextLabel *m_words;
    QPushButton *m_resume;
    QPushButton *m_reopen;
    QPushButton *m_close;
};

}
