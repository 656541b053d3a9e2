#pragma once
// Nodes > Sessions: what is open and what was, with reason, cause of the end and recording (spec/session-manager.md 5). Ui thread.

#include "models/nodes/sessions/sessions_source.h"
#include "ui/records/record_page.h"

class QPushButton;

namespace fb {

class SessionsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit SessionsPage(SessionsViewModel &sessions, QWidget *parent = nullptr);

    static QString recordingsAddress(); // the list of those that were recorded
    void saveRecording(const QString &id, const QString &path); // written whole or not at all

signals:
    void resumeAsked(const fb::SessionRow &row);

private:
    RecordPageSetup setup(SessionsViewModel &sessions);
    void showRecordings(bool only);
    void updateRecordings();
    void askTerminate(const QString &id);
    void askMark(const QString &id);
    void askWhereToSave(const QString &id);

    SessionsViewModel &m_sessions;
    QPushButton *m_recordings; // only those, or all again
};

}
