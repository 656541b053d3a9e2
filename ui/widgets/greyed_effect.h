#pragma once
// What is known but old, greyed: a list of a node that is away. Qt's own effect takes a list that fills its place for opaque and leaves black
// below it; here its ground is painted first. Ui thread.

#include <QGraphicsOpacityEffect>

class QWidget;

namespace fb {

class GreyedEffect : public QGraphicsOpacityEffect
{
    Q_OBJECT
public:
    explicit GreyedEffect(QWidget *parent); // off at first

protected:
    void draw(QPainter *painter) override;

private:
    const QWidget &m_widget; // whose theme it is
};

}
