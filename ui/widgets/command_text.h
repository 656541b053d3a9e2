#pragma once
// Commands to paste elsewhere, in fixed width on a sunken ground, with a button that copies them. Ui thread.

#include "ui/widgets/surface.h"

namespace fb {

class TextLabel;

class CommandText : public Surface
{
    Q_OBJECT
public:
    // `title`: what is copied, for the button.
    CommandText(const QString &objectName, const QString &title, const QString &commands,
                QWidget *parent = nullptr);
    void setCommands(const QString &commands);
    QString commands() const;
    void setElided(Qt::TextElideMode mode); // in one line, where it does not fit; copied whole

private:
    TextLabel *m_text;
};

}
