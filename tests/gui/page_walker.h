#pragma once
// What must hold of every page in every state: each control that takes the focus has a name for screen readers, and no words are cut off.

#include <QStringList>

class QWidget;

namespace fb::test {

// Parts of Qt's own spin boxes, combo boxes, dialogs and scroll areas.
bool isQtsOwn(const QWidget *widget);
QStringList withoutName(const QWidget &window); // "QToolButton fleetColumns"
QStringList iconsWithoutToolTip(const QWidget &window); // icon buttons that do not say what they do
// Two things that the same Alt+letter means: "Alt+N: Name, Next". What cannot be seen means nothing.
QStringList sameMnemonics(const QWidget &window);
QStringList
cutOff(const QWidget &window); // buttons, check boxes and labels whose words are wider than they are

}
