#pragma once
// A line for a password: hidden, with a button that shows it while it is held in view, and a word when Caps Lock may be on. Wiped when it is
// taken. Ui thread.

#include <QLineEdit>

namespace fb {

class SecretField : public QLineEdit
{
    Q_OBJECT
public:
    SecretField(const QString &objectName, int most, QWidget *parent = nullptr);
    QString take(); // and clears it
    void setRevealed(bool revealed);

private:
    QAction *m_reveal;
};

}
