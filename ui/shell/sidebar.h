#pragma once
// Groups of pages at the left (look.md 6): the current row has `navSel` and a 3 px accent bar; groups fold. Ui thread.

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

signals:
    void chosen(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QHash<QString, QAbstractButton *> m_rows;
};

}
