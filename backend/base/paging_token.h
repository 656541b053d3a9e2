#pragma once
// NextToken: where a list goes on, opaque to clients. Authenticated, bound to its request and 24 h old at most, so that it cannot be
// made up, altered or carried to another list (spec/security P13). Any thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <QByteArray>
#include <QString>

namespace fb {

class PagingTokens
{
public:
    PagingTokens(SecretBytes key, const Clock &clock); // the key: 32 random bytes, kept with the store

    // `scope` names operation and filters ("ListCommands|Status=Failed"); `position` is the last row's sort key, as the repository gave
    // it. An empty position is the end: an empty token.
    QString issue(const QString &scope, const QByteArray &position) const;
    // The position; empty for an empty token (the first page). InvalidNextToken when forged, expired, or of another scope.
    Result<QByteArray> open(const QString &scope, const QString &token) const;

private:
    std::string seal(const QString &scope, const std::string &body) const;

    SecretBytes m_key;
    const Clock &m_clock;
};

}
