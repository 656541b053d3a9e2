#include "backend/documents/document_journal.h"

#include "backend/base/field_table.h"
#include "backend/documents/document_names.h"
#include "backend/events/event_bus.h"
#include "backend/security/audit_log.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct ChangeNames {
        QString operation; // in the event
        Action action; // in the audit log
    };

    ChangeNames namesOf(DocumentChange change)
    {
        switch (change) {
        case DocumentChange::Create:
            return {u"Create"_s, actions::kCreateDocument};
        case DocumentChange::Update:
            return {u"Update"_s, actions::kUpdateDocument};
        case DocumentChange::Delete:
            return {u"Delete"_s, actions::kDeleteDocument};
        case DocumentChange::Share:
            return {u"Share"_s, actions::kModifyDocumentPermission};
        case DocumentChange::SetDefault:
            break;
        }
        return {u"SetDefault"_s, actions::kUpdateDocumentDefaultVersion};
    }
}

DocumentJournal::DocumentJournal(AuditLog &audit, EventBus &events, const FleetIdentity &fleet)
    : m_audit(audit),
      m_events(events),
      m_fleet(fleet)
{
}

Result<void> DocumentJournal::record(Transaction &tx, const Principal &who, DocumentChange change,
                                     const StoredVersion &version, const QJsonObject &diff)
{
    const ChangeNames names = namesOf(change);
    const QString arn = storedDocumentArn(m_fleet, version.name, version.isBuiltIn());
    Event event;
    event.detailType = u"Document State Change"_s;
    event.resources = QStringList {arn};
    event.detail = {{u"name"_s, version.name},
                    {u"version"_s, QString::number(version.version)},
                    {u"status"_s, change == DocumentChange::Delete ? u"Deleting"_s : version.status},
                    {u"operation"_s, names.operation}};
    if (auto published = m_events.publish(tx, event); !published)
        return published;
    m_audit.append(tx, {.who = who, .action = toQString(names.action.name()), .target = arn, .diff = diff});
    return {};
}

void DocumentJournal::recordTags(Transaction &tx, const Principal &who, Action action, const QString &name,
                                 const QList<DocumentTag> &before, const QList<DocumentTag> &after)
{
    DocumentIdentifier from;
    DocumentIdentifier to;
    from.tags = before;
    to.tags = after;
    m_audit.append(tx,
                   {.who = who,
                    .action = toQString(action.name()),
                    .target = storedDocumentArn(m_fleet, name, false),
                    .diff = auditDiff(from, to)});
}

Result<void> DocumentJournal::recordRefusal(const Principal &who, Action action, const QString &name,
                                            const Error &error)
{
    return m_audit.record({.who = who,
                           .action = toQString(action.name()),
                           .target = storedDocumentArn(m_fleet, name, false),
                           .result = toQString(error.code.name()),
                           .diff = {}});
}

}
