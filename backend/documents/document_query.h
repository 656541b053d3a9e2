#pragma once
// What ListDocuments looks for, checked and in one form (spec/documents.md 6). A plain value; any thread.

#include "backend/core/result.h"
#include "backend/documents/document_requests.h"
#include "backend/store/fleet_identity.h"

#include <QMap>

namespace fb {

// Keys AND, the values of one OR; empty lists do not narrow.
struct DocumentQuery {
    QStringList namePrefixes;
    bool narrowsOwner = false;
    QStringList owners; // account ids and Amazon; with narrowsOwner and none of these: nothing is found
    QStringList platforms;
    QStringList documentTypes;
    QStringList targetTypes;
    QStringList keywords; // folded; in name, display name or description
    QMap<QString, QStringList> tags; // key -> values
    QString afterName; // keyset: names after this one
    int limit = 50;
};

// InvalidFilterKey for an unknown key, or when both forms are given; ValidationException for an unknown owner, type or platform.
Result<DocumentQuery> documentQuery(const ListDocumentsRequest &request, const FleetIdentity &fleet);

// What binds a NextToken to its request.
QString queryScope(const ListDocumentsRequest &request);

}
