#pragma once
// Buttons as pages make them: a verb with an icon, or an icon alone with a name for screen readers and a tooltip. Ui thread.

#include "ui/theme/flagbridge_style.h"

#include <QPushButton>
#include <QToolButton>

namespace fb {

QPushButton *makeButton(const QString &objectName, const QString &text, Icon icon = Icon::None,
                        ButtonKind kind = ButtonKind::Normal, QWidget *parent = nullptr);
// `name` is the accessible name and the tooltip.
QToolButton *makeIconButton(const QString &objectName, Icon icon, const QString &name,
                            QWidget *parent = nullptr);
// The same for a button of a class of its own.
void setUpButton(QPushButton *button, const QString &objectName, const QString &text, Icon icon,
                 ButtonKind kind); // one of a class of its own
void setUpIconButton(QToolButton *button, const QString &objectName, Icon icon, const QString &name);

}
