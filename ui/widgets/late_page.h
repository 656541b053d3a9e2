#pragma once
// In the place of a page whose thing is not here yet: its list is still being read, or it is older than what is listed. Gives way to the
// real page, or says that there is none. Ui thread.

#include "ui/widgets/page.h"

class QStackedLayout;

namespace fb {

class TextLabel;

class LatePage : public Page
{
    Q_OBJECT
public:
    // `crumb`: the thing's id.
    LatePage(const QString &address, const QString &crumb, QWidget *parent = nullptr);

    void setHere() { emit outdated(); }
    void setMissing(const QString &sentence);

    ViewState view() const override { return m_view; } // kept for the real page
    void setView(const ViewState &view) override { m_view = view; }

private:
    ViewState m_view;
    QStackedLayout *m_stack;
    TextLabel *m_missing;
};

}
