#pragma once
// A document service on a fresh store, with what it needs around it. For the tests of this folder.

#include "backend/base/paging_token.h"
#include "backend/documents/document_service.h"
#include "backend/events/event_bus.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/store/artifact_store.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"

#include <QTest>

namespace fb::test {

// One document in a store of an earlier schema, which is then brought to this one.
inline void bringFromEarlier(TestDatabase &db)
{
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(QStringLiteral(
            "INSERT INTO document (name, owner, document_type, default_version, latest_version, "
            "highest_version, changed_at) VALUES ('Old', '000000000000', 'Command', 1, 1, 1, 1)"));
    }));
    QVERIFY(db->flush());
    db.reopen();
    QCOMPARE(*db->reader().number(QStringLiteral("SELECT count(*) FROM document")), 1);
}

struct DocumentStore {
    explicit DocumentStore(const QString &kind, const DocumentLimits &limits = {})
        : db(kind),
          tokens(SecretBytes("0123456789abcdef0123456789abcdef"), db.clock),
          audit(*db, db.clock, SecretBytes("fedcba9876543210fedcba9876543210")),
          events(*db, db.clock, db.random),
          artifacts(ArtifactStore::make(*db, db.clock, db.random)),
          service(collaborators(), limits)
    {
    }

    DocumentService::Collaborators collaborators() // for another engine on the same store, too
    {
        return {.database = *db,
                .access = access,
                .audit = audit,
                .events = events,
                .tokens = tokens,
                .clock = db.clock,
                .artifacts = artifacts.get()};
    }

    ~DocumentStore()
    {
        db.close();
    } // commits the open batch while audit log and bus, which end it, still live
    DocumentStore(const DocumentStore &) = delete;
    DocumentStore &operator=(const DocumentStore &) = delete;

    // A 2.2 document of one shell step that runs `command`.
    static QString shellYaml(const QString &command)
    {
        return QStringLiteral("schemaVersion: '2.2'\ndescription: Says %1\nmainSteps:\n- action: "
                              "aws:runShellScript\n  name: say\n  inputs:\n"
                              "    runCommand: ['echo %1']\n")
            .arg(command);
    }

    Result<DocumentDescription> create(const QString &name, const QString &content)
    {
        return service.createDocument(
            who, {.content = content, .name = name, .documentFormat = QStringLiteral("YAML")});
    }
    Result<DocumentDescription> update(const QString &name, const QString &content,
                                       const QString &version = {})
    {
        return service.updateDocument(who,
                                      {.content = content,
                                       .name = name,
                                       .documentVersion = version,
                                       .documentFormat = QStringLiteral("YAML")});
    }
    Result<DocumentDescription> describe(const QString &name, const QString &version = {})
    {
        return service.describeDocument(who, {.name = name, .documentVersion = version});
    }
    // "Create Web-Restart 1 Active" of every event so far.
    QStringList eventTexts()
    {
        QStringList texts;
        (void)db->flush();
        const auto stored = events.eventsSince(db->reader(), 0, 1000);
        for (const Event &event : stored.value_or(QList<Event>()))
            texts.append(QStringList {event.detail.value(QStringLiteral("operation")).toString(),
                                      event.detail.value(QStringLiteral("name")).toString(),
                                      event.detail.value(QStringLiteral("version")).toString(),
                                      event.detail.value(QStringLiteral("status")).toString()}
                             .join(u' '));
        return texts;
    }
    // "alice ssm:CreateDocument Success", newest first.
    QStringList auditTexts()
    {
        QStringList texts;
        (void)db->flush();
        const auto stored = audit.entries(db->reader(), 0, 1000);
        for (const AuditEntry &entry : stored.value_or(QList<AuditEntry>()))
            texts.append(QStringList {entry.who.name, entry.action, entry.result}.join(u' '));
        return texts;
    }

    TestDatabase db;
    ScriptedAccess access;
    PagingTokens tokens;
    AuditLog audit;
    EventBus events;
    std::unique_ptr<ArtifactStore> artifacts;
    DocumentService service;
    Principal who {
        .name = QStringLiteral("alice"), .role = Role::Administrator, .source = QStringLiteral("console")};
};

template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? QStringLiteral("Success") : toQString(result.error().code.name());
}

template <typename T>
QString messageOf(const Result<T> &result)
{
    return result ? QString() : toQString(result.error().message);
}

}
