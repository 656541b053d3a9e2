#pragma once
// The head of every page: title, chip or subtitle, right-aligned actions; under it a line of facts (look.md 6). Ui thread.

#include "models/table/state_kind.h"

#include <QWidget>

class QHBoxLayout;
class QMenu;
class QVBoxLayout;

namespace fb {

class Chip;
class TextLabel;

class PageHead : public QWidget
{
    Q_OBJECT
public:
    explicit PageHead(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle);
    void setChip(StateKind kind, const QString &word);
    void addAction(QWidget *button); // in order, the filled one first
    void setActionsEnabled(bool enabled); // all of them, whatever each of them may do by itself
    void addFact(QWidget *fact); // second line
    void addActionsTo(QMenu *menu) const; // the same actions in the same words, for the menu of a row

private:
    TextLabel *m_title;
    Chip *m_chip;
    TextLabel *m_subtitle;
    QWidget *m_actionBox;
    QHBoxLayout *m_actions;
    QHBoxLayout *m_facts;
    QWidget *m_factLine;
};

}
