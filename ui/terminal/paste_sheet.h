#pragma once
// Shows what is about to be pasted into a terminal when it has several lines or control characters, and asks (security U05). Ui thread.

#include "ui/widgets/sheet.h"

namespace fb {

class PasteSheet : public Sheet
{
    Q_OBJECT
public:
    static bool needsAsking(const QString &text);

    PasteSheet(const QString &text, bool isBracketed, QWidget *window);

signals:
    void accepted();

protected:
    QWidget *firstField() override { return m_paste; }

private:
    QWidget *m_paste;
};

}
