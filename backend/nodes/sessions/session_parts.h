#pragma once
// What SessionService is built from, and how it is set. Engine thread.

#include "backend/base/paging_token.h"
#include "backend/dispatch/node_directory.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/sessions/session_sources.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/security/vault.h"
#include "backend/store/artifact_store.h"

#include <functional>

namespace fb {

struct SessionParts { // borrowed for life
    Database &database;
    ArtifactStore &artifacts;
    const Vault &vault;
    SessionChannel &channel;
    NodeDirectory &nodes;
    SessionDocuments &documents;
    EventBus &events;
    AuditLog &audit;
    const Access &access;
    const PagingTokens &tokens;
    const Clock &clock;
    Random &random;
};

struct SessionSettings {
    int perNode = 20;
    int perOperator = 200;
    int perEngine = 2000;
    bool reasonRequired = false;
    std::chrono::seconds clientWithin {60}; // of the start
    std::chrono::seconds nodeWithin {30};
    std::chrono::seconds surviveLink {15 * 60};
    std::chrono::seconds confirmWithin {30}; // of terminating
    qint64 minFreeBytes = qint64(1) << 30; // below it no new recorded session
    std::chrono::days historyKept {
        3 * 365}; // rows of ended sessions; recordings go by their document's retention
    std::function<qint64()> freeBytes; // of the artifacts' disk; none: not asked
    QStringList
        deniedForwards {}; // addresses and networks that no tunnel reaches, beyond those agents refuse by themselves
    std::function<QString(const Principal &who)>
        runAsOf {}; // the operator's SSMSessionRunAs; empty: has none
};

// The networks of "10.0.0.0/8, fd00::/8"; "$None" has none. ValidationException naming the one that is no network; at most 100.
Result<QStringList> deniedForwardsOf(const QString &text);

}
