#include "models/nodes/fleet/node_row_texts.h"

namespace fb {

void NodeRowTexts::share(NodeRow &row)
{
    if (m_platforms.size() >= kMost || m_tags.size() >= kMost) {
        m_platforms.clear();
        m_tags.clear();
    }
    const auto platform = m_platforms.constFind(row.platform);
    if (platform != m_platforms.constEnd())
        row.platform = *platform;
    else
        m_platforms.insert(row.platform, row.platform);
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
