#pragma once
// One of several ways to go on: a card that is a button, with an icon, a title and a sentence. Ui thread.

#include "ui/theme/icon.h"

#include <QAbstractButton>

namespace fb {

class ChoiceCard : public QAbstractButton
{
    Q_OBJECT
public:
    ChoiceCard(const QString &objectName, Icon icon, const QString &title, const QString &sentence,
               QWidget *parent = nullptr);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override; // Enter as well as Space

private:
    QRect sentenceRect(int width) const;

    Icon m_icon;
    QString m_sentence;
};

}
