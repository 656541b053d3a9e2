#include "models/nodes/fleet/node_row_texts.h"

namespace fb {

void NodeRowTexts::share(QString &text)
{
    const auto known = m_texts.constFind(text);
    if (known != m_texts.constEnd())
        text = *known;
    else
        m_texts.insert(text);
}

void NodeRowTexts::share(NodeRow &row)
{
    if (m_texts.size() >= kMost || m_tags.size() >= kMost) {
        m_texts.clear();
        m_tags.clear();
    }
    share(row.platform);
    share(row.agentVersion);
    share(row.machine);
    share(row.activationId);
    share(row.profile);
    if (row.tags.isEmpty())
        return;
    QString all; // a key may hold "=": where it ends counts too
    for (const NodeTag &tag : std::as_const(row.tagPairs))
        all += tag.key + QChar(u'\0') + tag.value + QChar(u'\0');
    const auto tags = m_tags.constFind(all);
    if (tags != m_tags.constEnd()) {
        row.tags = tags->texts;
        row.tagPairs = tags->pairs;
    } else {
        m_tags.insert(all, {row.tags, row.tagPairs});
    }
}

}
