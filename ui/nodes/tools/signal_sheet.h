#pragma once
// Which signal a process gets, and whether all below it get it too. Ui thread.

#include "ui/widgets/sheet.h"

class QCheckBox;
class QComboBox;

namespace fb {

class SignalSheet : public Sheet
{
    Q_OBJECT
public:
    SignalSheet(const QString &process, QWidget *window);

signals:
    void chosen(int number, bool tree);

private:
    QComboBox *m_signal;
    QCheckBox *m_tree;
};

}
