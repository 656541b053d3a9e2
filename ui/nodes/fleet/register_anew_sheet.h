#pragma once
// How a machine that has another node's identity becomes a node of its own: what to do there, with the command to copy. Ui thread.

#include "ui/widgets/sheet.h"

namespace fb {

class RegisterAnewSheet : public Sheet
{
    Q_OBJECT
public:
    RegisterAnewSheet(const QString &nodeName, QWidget *window);

signals:
    void enrolRequested(); // an activation is to be made
};

}
