#pragma once
// The Activity dock (ux.md 7): each thing in the background with its progress, Cancel that says what it does, and a way to its page. Ui thread.

#include "models/activity/activity_list.h"
#include "ui/activity/list_panel.h"

#include <QTimer>

namespace fb {

class ActivityPanel : public ListPanel
{
    Q_OBJECT
public:
    explicit ActivityPanel(ActivityList &activities, QWidget *parent = nullptr);

signals:
    void opened(const QString &address);
    void cancelAsked(const fb::Activity &activity); // of a run; whoever shows this asks first

private:
    void fill();
    QWidget *card(const Activity &activity);

    ActivityList &m_activities;
    QTimer m_soon;
};

}
