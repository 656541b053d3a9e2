#pragma once
// F1: what the widget that has the focus is for (ux.md 2): its own explanation, else what its field, its description and its tooltip say. Plain
// text. Ui thread.

#include <QString>

class QWidget;

namespace fb {

QString fieldHelp(const QWidget *widget); // empty: nothing is known of it
void showFieldHelp(QWidget *widget);

}
