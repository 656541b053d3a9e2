#pragma once
// Nodes of a fleet say the same of themselves: platform, kernel, time zone, tags. One copy of each such text serves all of them, which
// more than halves what a large fleet takes in memory. Engine thread.

#include "backend/nodes/fleet/node.h"

#include <QHash>
#include <QSet>

namespace fb {

class NodeTexts
{
public:
    void share(Node &node); // its texts become the ones known here

private:
    void share(CompactText &text);

    static constexpr qsizetype kMost = 20'000; // different ones; more, and they are begun anew
    QSet<CompactText> m_texts;
    QHash<QString, TagMap> m_tags; // by all keys and values
};

}
