#pragma once
// Where the tables of a node's users and groups get them and send what is to be done. AccountFeed speaks with the engine in this process;
// tests answer by themselves. Answers come later, on the ui thread, and not at all after the one who asked is gone.

#include "models/nodes/tools/account_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class AccountSource
{
public:
    virtual ~AccountSource() = default;
    using Listed = std::function<void(const ShownError &problem, const AccountSnapshot &snapshot)>;
    using Done = std::function<void(const ShownError &problem)>;

    virtual void list(const QString &nodeId, QObject *asker, Listed listed) = 0;
    virtual void perform(const QString &nodeId, const AccountDeed &deed, QObject *asker, Done done) = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

}
