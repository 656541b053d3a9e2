#pragma once
// Groups of pages at the left (look.md 6): the current row has `navSel` and a 3 px accent bar; groups fold; a number stands where something
// asks for action (ux.md 1). Ui thread.

#include "ui/widgets/page.h"

#include <QHash>
#include <QWidget>

class QAbstractButton;
class QVBoxLayout;

namespace fb {

class Sidebar : public QWidget
{
    Q_OBJECT
public:
    explicit Sidebar(const QList<PageEntry> &entries, QWidget *parent = nullptr);
    void setCurrent(const QString &name);
    // What asks for action on a page: a number beside its title; 0: none. `what` says it in words.
    void setCount(const QString &name, int count, const QString &what);
    void setFolded(const QStringList &groups);
    QStringList folded() const; // groups by their place, from "1": titles differ between languages

signals:
    void chosen(const QString &name);
    void foldedChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QHash<QString, QAbstractButton *> m_rows;
    QList<QAbstractButton *> m_groups;
};

}
