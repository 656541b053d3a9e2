#pragma once
// A dock's column of cards under each other, with a word where there is none and a button that clears (ux.md 4, 7). Cards are made anew when
// their list changes; the focus stays with the one of the same name. Ui thread.

#include <QList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace fb {

class TextLabel;

class ListPanel : public QWidget
{
    Q_OBJECT
public:
    // `name`: prefix of object names.
    ListPanel(const QString &name, const QString &emptyText, const QString &clearText,
              QWidget *parent = nullptr);

    void setCards(const QList<QWidget *> &cards); // takes them
    void setClearable(bool clearable);

signals:
    void clearClicked();

private:
    TextLabel *m_empty;
    QPushButton *m_clear;
    QVBoxLayout *m_cards;
};

}
