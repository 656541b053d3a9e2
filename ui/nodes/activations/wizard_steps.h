#pragma once
// The titles of a wizard's steps in a row: number, title, the current one marked (ux.md 6: titles visible). Ui thread.

#include <QStringList>
#include <QWidget>

namespace fb {

class WizardSteps : public QWidget
{
    Q_OBJECT
public:
    explicit WizardSteps(const QStringList &titles, QWidget *parent = nullptr);
    void setCurrent(int step);
    int current() const { return m_current; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_titles;
    int m_current = 0;
};

}
