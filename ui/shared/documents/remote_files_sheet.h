#pragma once
// What the engine is to fetch from an S3 server and attach: one file, or all of a folder (spec/documents.md 3.7). The sheet stays until the engine has
// taken the order; the files come later. Ui thread.

#include "models/shared/documents/documents_source.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FormField;

class RemoteFilesSheet : public Sheet
{
    Q_OBJECT
public:
    RemoteFilesSheet(DocumentsSource &documents, const DocumentText &document, QWidget *window);

signals:
    void made(const fb::DocumentSaved &saved); // the version that waits for them

protected:
    QWidget *firstField() override;

private:
    bool isFolder() const;
    void kindChanged();
    void addressChanged(const QString &address);
    void submit();
    void answered(const ShownError &problem, const DocumentSaved &saved);

    DocumentsSource &m_documents;
    DocumentText m_document;
    Banner *m_banner;
    QComboBox *m_kind;
    QLineEdit *m_address;
    FormField *m_addressField;
    QLineEdit *m_name;
    FormField *m_nameField;
    QPushButton *m_attach;
    bool m_isNameTyped = false; // else it follows the address
};

}
