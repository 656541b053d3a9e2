#pragma once
// What a sweep of artifacts has removed so far, as JSON beside it: whoever is killed in the middle tells of it at the next start. Thread: the caller's
// transaction or reader.

#include "backend/store/transaction.h"

#include <QJsonObject>

#include <optional>

namespace fb {

class ArtifactSweepRepository
{
public:
    Result<void> put(Transaction &tx, const QJsonObject &sweep);
    Result<void> remove(Transaction &tx);
    Result<std::optional<QJsonObject>> find(Reader &reader) const;
};

}
