#pragma once
// Makes versions from contents and puts them into the store, by the numbering of spec/documents.md 2.3. Used by DocumentService. Lives on
// the engine thread.

#include "backend/documents/document_repository.h"
#include "backend/language/document.h"
#include "backend/security/principal.h"

namespace fb {

// A checked version that is about to be stored.
struct DocumentDraft {
    StoredVersion version;
    QByteArray content;
    Tree tree; // of it
};

class DocumentWriter
{
public:
    DocumentWriter(const Clock &clock, const DocumentRules &rules) : m_clock(clock), m_rules(rules) { }

    // What the content says of itself. `format` empty: JSON. Errors of parseDocument().
    Result<DocumentDraft> draft(const Principal &who, const QString &content, const QString &format,
                                DocumentType type) const;

    // The first version of a new document. DocumentAlreadyExists.
    Result<void> insertFirst(Transaction &tx, DocumentDraft &draft) const;
    // The next version of a document whose head is locked; the default stays.
    Result<void> insertNext(Transaction &tx, DocumentDraft &draft, DocumentRepository::Head head) const;
    // One version that is not the default.
    Result<void> deleteVersion(Transaction &tx, DocumentRepository::Head head, qint64 version) const;

private:
    const Clock &m_clock;
    DocumentRules m_rules;
    DocumentRepository m_rows;
};

}
