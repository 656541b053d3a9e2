#pragma once
// A plain area in one of the theme's surfaces, with an outline or single edges where wanted; follows theme switches. Ui thread.

#include "ui/theme/tone.h"

#include <QWidget>

namespace fb {

class Surface : public QWidget
{
    Q_OBJECT
public:
    explicit Surface(Token fill, QWidget *parent = nullptr);

    static Surface *card(QWidget *parent = nullptr); // raised, outlined, radius 8

    void setOutline(Token line, int radius);
    void setEdges(Qt::Edges edges); // one-pixel lines in `border`

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Token m_fill;
    Token m_line = Token::Border;
    int m_radius = -1; // -1: no outline
    Qt::Edges m_edges;
};

// A one-pixel line across or down.
class Divider : public QWidget
{
    Q_OBJECT
public:
    explicit Divider(Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

}
