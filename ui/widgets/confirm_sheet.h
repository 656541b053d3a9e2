#pragma once
// Asks before something dangerous or wide (ux.md 8): verb, count and targets by name, what will happen; Cancel has the focus, the button
// repeats the verb. Many targets ask for their number to be typed. Ui thread.

#include "ui/theme/icon.h"
#include "ui/widgets/sheet.h"

#include <QStringList>

class QLineEdit;
class QPushButton;

namespace fb {

struct Confirmation {
    QString name; // prefix of object names: "deregister"
    QString question; // "Deregister 12 nodes?"
    QString consequence; // what happens, in whole sentences
    QStringList targets; // names; the first are shown, the rest on demand
    QString verb; // on the button: "Deregister 12 nodes"
    Icon icon = Icon::Delete;
    qsizetype typedAbove = 20; // targets; more ask for their number to be typed
    qsizetype count = -1; // of targets, where not all are named; -1: as many as named
    const char *action = nullptr; // the permission it takes
};

class ConfirmSheet : public Sheet
{
    Q_OBJECT
public:
    static constexpr qsizetype kShown = 5; // names

    ConfirmSheet(const Confirmation &what, QWidget *window);
    void ask(); // opens; Cancel has the focus

signals:
    void confirmed();

private:
    void addNames(const QStringList &targets);
    void accept();

    QLineEdit *m_typed = nullptr;
    QPushButton *m_cancel;
    QPushButton *m_confirm;
};

}
