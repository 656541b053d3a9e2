#pragma once
// The Notifications dock (ux.md 9): everything that was told, newest first, each with one thing to do. Ui thread.

#include "models/activity/notice_list.h"
#include "ui/activity/list_panel.h"

namespace fb {

class NoticesPanel : public ListPanel
{
    Q_OBJECT
public:
    explicit NoticesPanel(NoticeList &notices, QWidget *parent = nullptr);

signals:
    void opened(const QString &address);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    QWidget *card(const Notice &notice);

    NoticeList &m_notices;
};

}
