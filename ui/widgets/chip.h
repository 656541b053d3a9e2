#pragma once
// A filled chip: soft fill, 14 px icon, word, both in the tone. For headers and cards only, never in rows (look.md 1). Ui thread.

#include "models/table/state_kind.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace fb {

class Chip : public QWidget
{
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);

    void setState(StateKind kind, const QString &word);
    QString word() const { return m_word; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int textLeft() const;

    StateKind m_kind = StateKind::None;
    QString m_word;
};

}
