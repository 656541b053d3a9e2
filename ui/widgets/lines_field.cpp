#include "ui/widgets/lines_field.h"

namespace fb {

LinesField::LinesField(QWidget *parent) : QPlainTextEdit(parent)
{
    constexpr int kClear = 3;
    setProperty("fbField", true);
    setFrameShape(QFrame::StyledPanel);
    setViewportMargins(kClear, kClear, kClear, kClear);
    setTabChangesFocus(true);
}

}
