#pragma once
// A wheel that rolls over a field without the focus scrolls the page and leaves the value alone. Ui thread.

#include <QObject>

class QWidget;

namespace fb {

class WheelGuard : public QObject
{
    Q_OBJECT
public:
    static void giveTo(QWidget *field); // once

protected:
    bool eventFilter(QObject *field, QEvent *event) override;

private:
    explicit WheelGuard(QWidget *field);
};

}
