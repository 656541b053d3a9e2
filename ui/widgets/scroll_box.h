#pragma once
// A part that scrolls up and down when it is too high: details, settings, sheets. Then it takes the focus, so that arrows, page keys, Home and
// End move what holds no control of its own. Ui thread.

#include <QScrollArea>

namespace fb {

class ScrollBox : public QScrollArea
{
    Q_OBJECT
public:
    // `name` is for screen readers: "Details".
    explicit ScrollBox(const QString &name, QWidget *parent = nullptr);
    void setContent(QWidget *content); // shows the ground it stands on

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

}
