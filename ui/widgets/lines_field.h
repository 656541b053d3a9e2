#pragma once
// A field of several lines, outlined as the others are, its text clear of the round corners. Tab leaves it. Ui thread.

#include <QPlainTextEdit>

namespace fb {

class LinesField : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit LinesField(QWidget *parent = nullptr);
};

}
