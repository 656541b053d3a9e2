#pragma once
// Nodes > Sessions: what is open and what was, with reason, cause of the end and recording (spec/session-manager.md 5). Ui thread.

#include "models/nodes/sessions/sessions_source.h"
#include "ui/records/record_page.h"

namespace fb {

class SessionsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit SessionsPage(SessionsViewModel &sessions, QWidget *parent = nullptr);

    void saveRecording(const QString &id, const QString &path); // written whole or not at all

private:
    RecordPageSetup setup(SessionsViewModel &sessions);
    void askTerminate(const QString &id);
    void askWhereToSave(const QString &id);

    SessionsViewModel &m_sessions;
};

}
