#pragma once
// Who is at this console: initials, name and role (ux.md 1). Ui thread.

#include <QAbstractButton>

namespace fb {

class OperatorButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit OperatorButton(QWidget *parent = nullptr);
    void setOperator(const QString &name, const QString &role);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_role;
};

}
