#pragma once
// Parsed documents by content hash, the 512 used last, so that sending one document a hundred times parses it once. Engine thread.

#include "backend/language/document.h"

#include <QCache>
#include <QString>

#include <memory>

namespace fb {

using SharedDocument = std::shared_ptr<const Document>;

class DocumentCache
{
public:
    static constexpr int kMostDocuments = 512;

    // Parses on a miss. Faults of the content are not kept.
    Result<SharedDocument> document(const QString &hash, DocumentType type, DocumentFormat format,
                                    const QByteArray &content, const DocumentRules &rules);
    SharedDocument cached(const QString &hash, DocumentType type, DocumentFormat format); // null on a miss

private:
    static QString keyOf(const QString &hash, DocumentType type, DocumentFormat format);

    QCache<QString, SharedDocument> m_documents {kMostDocuments};
};

}
