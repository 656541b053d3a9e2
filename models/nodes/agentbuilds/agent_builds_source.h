#pragma once
// Where the page of agent builds gets its values from and its wishes go. AgentBuildsFeed answers with the engine in this process; tests answer
// with values. Ui thread.

#include "models/nodes/agentbuilds/agent_build_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

struct BuildWish { // what is published
    QString file; // the program, on this machine
    QString signatureFile;
    QString version;
    QString platform;
    QString architecture;
    bool operator==(const BuildWish &) const = default;
};

struct PublishProgress {
    enum class Phase { Reading, Sending }; // its digest is made; it goes to the engine
    Phase phase = Phase::Reading;
    qint64 done = 0; // bytes
    qint64 total = 0;
};

class AgentBuildsSource
{
public:
    using Done = std::function<void(const ShownError &problem)>; // an empty problem: it is done
    struct News { // called on the ui thread, never from within start()
        std::function<void(const QList<AgentBuildRow> &all, const ReleaseKeyRow &releaseKey)> arrived;
        std::function<void(const ShownError &problem)> failed;
    };
    virtual ~AgentBuildsSource() = default;

    virtual void start(News news) = 0;
    virtual Instant now() const = 0;
    // Problems name a field: File, Signature, Version, Platform, Architecture. One at a time.
    virtual void publish(const BuildWish &wish, std::function<void(const PublishProgress &)> progress,
                         Done done)
        = 0;
    virtual void breakOff() = 0; // the publishing; too late, it is done all the same
    virtual void remove(const AgentBuildRow &build, Done done) = 0;
    virtual void setReleaseKey(const QString &file, Done done) = 0; // a public key; problems name ReleaseKey
};

}
