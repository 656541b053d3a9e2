#pragma once
// Toasts in the corner of the window (ux.md 9, look.md 7): what ended while one was elsewhere, for eight seconds, longer under the mouse. At most
// three; they never take the focus, and all of them stay listed in the Notifications dock. Ui thread.

#include "models/activity/notice_list.h"

#include <QPointer>
#include <QWidget>

namespace fb {

class ToastStack : public QWidget
{
    Q_OBJECT
public:
    explicit ToastStack(QWidget *window);

    void tell(const Notice &notice);
    void setBottom(int margin); // free space under it, for the status strip

    static constexpr int kShownMs = 8000;
    static constexpr int kMost = 3;

signals:
    void opened(const QString &address);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void end(QWidget *toast);

    QList<QPointer<QWidget>> m_toasts; // newest last
    int m_bottom = 0;
};

}
