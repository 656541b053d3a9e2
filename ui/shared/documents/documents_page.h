#pragma once
// Shared > Documents: built-in and own ones; what a document does, run it, delete it, write a new one (spec/documents.md). Ui thread.

#include "models/shared/documents/documents_source.h"
#include "ui/records/record_page.h"

namespace fb {

class DocumentsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit DocumentsPage(DocumentsViewModel &documents, QWidget *parent = nullptr);

signals:
    void runRequested(const QString &documentName);

private:
    RecordPageSetup setup(DocumentsViewModel &documents);
};

// Asks, then deletes; the problem is shown in `page`'s banner. `deleted` follows.
void askDeleteDocument(DocumentsViewModel &documents, const QString &name, QWidget *window,
                       const std::function<void(const ShownError &problem)> &done);

}
