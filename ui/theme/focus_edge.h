#pragma once
// The focus ring of tables, lists and texts that fill their place without a frame: a ring on their inner edge while keys have brought the focus
// there (look.md 2). FlagbridgeStyle gives it to each; one that paints its own sets the property "fbDrawsFocus". Ui thread.

#include <QWidget>

class QAbstractScrollArea;

namespace fb {

class FocusEdge : public QWidget
{
    Q_OBJECT
public:
    static void giveTo(QAbstractScrollArea *area); // once
    static void showKeyboardFocus(QWidget *widget); // the focus came by a key that Qt does not know as such

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit FocusEdge(QAbstractScrollArea *area);
    void follow(bool shown);
};

}
