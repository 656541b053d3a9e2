#pragma once
// While the engine does not answer, what would change something waits (ux.md 9); what the operator may not do stays visible and says which role
// or permission is missing (ux.md 1). Buttons that are marked so look disabled, take no press, and say why. They keep their own enabled state
// meanwhile. One gate a window. Ui thread.

#include <QObject>
#include <QString>

#include <functional>

class QAbstractButton;
class QAction;
class QMenu;
class QWidget;

namespace fb {

// Pressing it changes something in the engine. `action`: by the name that permissions know, "ssm:SendCommand".
void markChange(QAbstractButton *button, const char *action = nullptr);
// Leads to what takes this permission, and changes nothing yet.
void markAction(QAbstractButton *button, const char *action);
void markAction(QAction *entry, const char *action); // of a menu

class EditGate : public QObject
{
    Q_OBJECT
public:
    explicit EditGate(QWidget &window);

    void setOpen(bool open);
    using WhyNot = std::function<QString(const QString &action)>; // empty: allowed
    void setWhyNot(WhyNot whyNot); // and again when its answers have changed
    // For menus: why the operator of this window may not; empty: may.
    static QString whyNot(const QWidget &inWindow, const QString &action);
    // For keys that do what a marked button does.
    static bool waits(const QAbstractButton &button);
    static bool isShut(const QWidget &inWindow); // for menus

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString reasonOf(const QAbstractButton &button) const; // to wait; empty: none
    void apply();
    void apply(QAbstractButton &button);
    void apply(QMenu &menu) const;
    void refuse(QWidget &button, const QString &reason) const;

    QWidget &m_window;
    WhyNot m_whyNot;
    bool m_open = true;
};

}
