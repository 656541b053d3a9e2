#pragma once
// What the tabs of a node's tools have in common: a banner; and in the content's place a note while it is read for the first time, or why there is
// none. What is known but old is greyed. A tool is read only while its tab is shown. Ui thread.

#include <QWidget>

class QStackedLayout;

namespace fb {

class Banner;
class GreyedEffect;
class TextLabel;

class ToolTab : public QWidget
{
    Q_OBJECT
protected:
    // `name`: "services", of which the parts' names are made. `reading`: the note of the first time.
    ToolTab(const QString &name, const QString &reading, QWidget *parent);

    Banner &banner() { return *m_banner; }
    TextLabel &status() { return *m_status; } // the owner has it in its foot line
    // `aging`: the part of it that is greyed.
    void setContent(QWidget *content, QWidget *aging);
    // `hasContent`: it was read at some time. `why`: nothing is or new is to be had; empty: it is on its way.
    void showState(bool hasContent, bool isLive, const QString &why);

    virtual void setLooking(bool looking) = 0; // shown, hidden
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Banner *m_banner;
    TextLabel *m_status;
    TextLabel *m_nothing;
    GreyedEffect *m_greyed;
    QStackedLayout *m_stack;
};

}
