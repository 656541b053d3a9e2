#pragma once
// Rings are for those who use keys: from the first key on, also one that opened what now has the focus, and until the next click. Qt shows them
// after Tab alone, and then for ever. Of the application; ui thread.

#include <QObject>

class QWidget;

namespace fb {

class FocusVisibility : public QObject
{
    Q_OBJECT
public:
    static void install(); // once

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit FocusVisibility(QObject *application);
    static void set(QWidget *window, bool visible);
};

}
