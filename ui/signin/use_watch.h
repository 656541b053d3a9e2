#pragma once
// Whether somebody is at the console: keys, clicks and touches in any of its windows. A pointer that drifts is nobody. Ui thread.

#include <QObject>

namespace fb {

class UseWatch : public QObject
{
    Q_OBJECT
public:
    explicit UseWatch(QObject *parent = nullptr); // watches the whole program

signals:
    void used();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

}
