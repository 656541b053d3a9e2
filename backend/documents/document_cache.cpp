#include "backend/documents/document_cache.h"

#include "backend/base/qt_text.h"

namespace fb {

QString DocumentCache::keyOf(const QString &hash, DocumentType type, DocumentFormat format)
{
    return hash + QLatin1Char('|') + QString::number(static_cast<int>(type)) + QLatin1Char('|')
        + QString::number(static_cast<int>(format));
}

SharedDocument DocumentCache::cached(const QString &hash, DocumentType type, DocumentFormat format)
{
    const SharedDocument *found = m_documents.object(keyOf(hash, type, format));
    return found ? *found : nullptr;
}

Result<SharedDocument> DocumentCache::document(const QString &hash, DocumentType type, DocumentFormat format,
                                               const QByteArray &content, const DocumentRules &rules)
{
    if (SharedDocument found = cached(hash, type, format))
        return found;
    auto parsed = parseDocument(viewOf(content), format, type, rules);
    if (!parsed)
        return parsed.error();
    auto shared = std::make_shared<const Document>(std::move(*parsed));
    m_documents.insert(keyOf(hash, type, format), new SharedDocument(shared)); // the cache owns it
    return SharedDocument(shared);
}

}
