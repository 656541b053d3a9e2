#pragma once
// Set-up without a desktop, as commands to copy: an engine, a first node, the store in PostgreSQL (ux.md 13). Ui thread.

#include "ui/widgets/sheet.h"

namespace fb {

class HeadlessSheet : public Sheet
{
    Q_OBJECT
public:
    explicit HeadlessSheet(QWidget *window);

private:
    void addStep(const QString &name, const QString &title, const QString &sentence, const QString &commands);
};

}
