#pragma once
// BackUp of the control socket: holds the store still for whoever writes the backup. Copies the rows at one point in time, keeps every
// artifact's bytes until the client is done, and tells it by the event {"StoreFile", "AuditHead": base64} where the copy is. The client, which
// may read the data folder as it may use the socket, then sends {"Done": true} and is answered. The copy goes with the stream. Engine thread.

#include "backend/control/control_server.h"
#include "backend/store/artifact_store.h"
#include "backend/store/job_thread.h"

namespace fb {

class Access;
class AuditLog;

class BackupStream : public ControlStream
{
    Q_OBJECT

public:
    // `file`: where the client writes it, for the audit log. `jobs` outlives the streams.
    BackupStream(Database &database, ArtifactStore &artifacts, const Access &access, AuditLog &audit,
                 JobThread &jobs, Principal who, QString file);
    ~BackupStream() override;
    void receive(const QJsonObject &input) override; // the first call is the start

private:
    Result<void> begin();
    void copy();
    void copied(const Result<void> &outcome);

    Database &m_database;
    ArtifactStore &m_artifacts;
    const Access &m_access;
    AuditLog &m_audit;
    JobThread &m_jobs;
    Principal m_who;
    QString m_file;
    QByteArray m_auditHead;
    bool m_started = false;
    bool m_keeps = false;
    bool m_isCopied = false;
};

}
