#pragma once
// The trace that every change of a document leaves: its event and its audit entry, in the change's own transaction (spec/documents.md 3.10,
// events-and-metrics.md 3.2). Used by DocumentService. Lives on the engine thread.

#include "backend/documents/stored_document.h"
#include "backend/security/access.h"
#include "backend/store/database.h"

#include <QJsonObject>

namespace fb {

class AuditLog;
class EventBus;

enum class DocumentChange { Create, Update, Delete, SetDefault, Share };

class DocumentJournal
{
public:
    DocumentJournal(AuditLog &audit, EventBus &events, const FleetIdentity &fleet);

    // "Document State Change" and the audit entry.
    Result<void> record(Transaction &tx, const Principal &who, DocumentChange change,
                        const StoredVersion &version, const QJsonObject &diff);
    // Tags are no state of the document: an audit entry alone.
    void recordTags(Transaction &tx, const Principal &who, Action action, const QString &name,
                    const QList<DocumentTag> &before, const QList<DocumentTag> &after);
    // A change that Access refused.
    Result<void> recordRefusal(const Principal &who, Action action, const QString &name, const Error &error);

private:
    AuditLog &m_audit;
    EventBus &m_events;
    FleetIdentity m_fleet;
};

}
