#pragma once
// What to type where builds are made: the release key once, the signature of each build (docs/headless.md, agent-build). Ui thread.

#include "models/nodes/agentbuilds/agent_builds_source.h"

namespace fb {

class BuildCommands
{
public:
    static QString makeKey(); // both halves
    static QString sign(const BuildWish &wish); // what is missing in `wish` stands as an example
    static QString signatureFileOf(const QString &file); // beside it
};

}
