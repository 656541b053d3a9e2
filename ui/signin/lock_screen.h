#pragma once
// Puts the sign-in window in the place of all windows of the program while it is locked, and brings them back as they were. Hidden, they take no
// keys, show nothing and tell screen readers nothing; what they show goes on. Ui thread.

#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace fb {

class LockScreen : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    bool isShut() const { return m_shut; }
    // `lock` is shown over `main`, which may be another one when it is opened.
    void shut(QWidget &lock, const QWidget *main);
    void open();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_shut = false;
    QPointer<QWidget> m_lock;
    QList<QPointer<QWidget>> m_hidden;
};

}
