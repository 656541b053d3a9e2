#include "ui/widgets/icon_button.h"

namespace fb {

QPushButton *makeButton(const QString &objectName, const QString &text, Icon icon, ButtonKind kind,
                        QWidget *parent)
{
    auto *button = new QPushButton(parent);
    setUpButton(button, objectName, text, icon, kind);
    return button;
}

void setUpButton(QPushButton *button, const QString &objectName, const QString &text, Icon icon,
                 ButtonKind kind)
{
    button->setText(text);
    button->setObjectName(objectName);
    button->setFont(themeOf(button).font(TextRole::BodyMedium));
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    if (icon != Icon::None)
        button->setIcon(Theme::icon(icon));
    button->setAutoDefault(true); // Enter presses it as well as Space
    setButtonKind(button, kind);
}

QToolButton *makeIconButton(const QString &objectName, Icon icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    setUpIconButton(button, objectName, icon, name);
    return button;
}

void setUpIconButton(QToolButton *button, const QString &objectName, Icon icon, const QString &name)
{
    button->setObjectName(objectName);
    button->setIcon(Theme::icon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
}

}
