#pragma once
// Rows of a fleet that say the same share the text: platforms, versions, activations, lists of tags. Any one thread.

#include "models/nodes/fleet/node_row.h"

#include <QHash>
#include <QSet>

namespace fb {

class NodeRowTexts
{
public:
    void share(NodeRow &row);

private:
    struct Tags {
        QStringList texts;
        QList<NodeTag> pairs;
    };
    static constexpr qsizetype kMost = 20'000; // different ones; more, and they are begun anew
    void share(QString &text);

    QSet<QString> m_texts;
    QHash<QString, Tags> m_tags; // by all of them
};

}
