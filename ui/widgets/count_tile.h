#pragma once
// A count that filters: icon, big number, word; checked while its filter is on (look.md 1: grey until it needs somebody). Ui thread.

#include "models/table/state_kind.h"

#include <QAbstractButton>

namespace fb {

class CountTile : public QAbstractButton
{
    Q_OBJECT
public:
    CountTile(const QString &objectName, StateKind kind, const QString &word, QWidget *parent = nullptr);
    void setCount(int count);
    int count() const { return m_count; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateKind m_kind;
    int m_count = 0;
};

}
