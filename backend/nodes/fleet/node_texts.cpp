#include "backend/nodes/fleet/node_texts.h"

namespace fb {

void NodeTexts::share(CompactText &text)
{
    if (text.isEmpty())
        return;
    const auto known = m_texts.constFind(text);
    if (known != m_texts.constEnd()) {
        text = *known;
        return;
    }
    if (m_texts.size() >= kMost)
        m_texts.clear();
    m_texts.insert(text);
}

void NodeTexts::share(Node &node)
{
    for (CompactText *text :
         {&node.pingReason, &node.platformType, &node.platformName, &node.platformVersion, &node.agentVersion,
          &node.kernel, &node.architecture, &node.cpuModel, &node.timeZone, &node.virtualization,
          &node.runAsUser, &node.iamRole, &node.resourceType, &node.sourceType})
        share(*text);
    if (node.tags.isEmpty())
        return;
    QString all;
    for (auto tag = node.tags.constBegin(); tag != node.tags.constEnd(); ++tag)
        all += tag.key() + QChar(u'\0') + tag.value() + QChar(u'\0');
    const auto known = m_tags.constFind(all);
    if (known != m_tags.constEnd()) {
        node.tags = *known;
        return;
    }
    if (m_tags.size() >= kMost)
        m_tags.clear();
    m_tags.insert(all, node.tags);
}

}
