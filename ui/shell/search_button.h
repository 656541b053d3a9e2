#pragma once
// Looks like a field, opens the palette. Ui thread.

#include <QAbstractButton>

namespace fb {

class SearchButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SearchButton(const QString &hint, QWidget *parent = nullptr);
    void setKeys(const QString &keys); // shown as a key cap; empty: none
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

}
