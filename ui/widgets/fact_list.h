#pragma once
// Labels and values in two columns, each value selectable and copyable (look.md 4: label column 5 h). Ui thread.

#include <QList>
#include <QPair>
#include <QWidget>

class QGridLayout;

namespace fb {

class FactList : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);
    void setFacts(const QList<QPair<QString, QString>> &facts);

private:
    QGridLayout *m_grid;
    QList<QPair<QString, QString>> m_facts;
};

}
