#pragma once
// The one drawing of the console: a suspension bridge with the flag, for the first run. Lines in the theme's text colours. Ui thread.

#include <QWidget>

namespace fb {

class BridgeDrawing : public QWidget
{
    Q_OBJECT
public:
    explicit BridgeDrawing(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

}
