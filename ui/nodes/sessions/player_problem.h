#pragma once
// In the place of a recording that is not shown: why, and what to do. One that was altered is known by its own words. Ui thread.

#include "models/nodes/sessions/playback.h"

#include <QWidget>

class QPushButton;

namespace fb {

class TextLabel;

class PlayerProblem : public QWidget
{
    Q_OBJECT
public:
    explicit PlayerProblem(QWidget *parent = nullptr);
    void showProblem(const Playback &playback);

signals:
    void retryClicked();
    void provenPartClicked();
    void listClicked();

private:
    TextLabel *m_title;
    TextLabel *m_text;
    QPushButton *m_retry;
    QPushButton *m_provenPart;
};

}
