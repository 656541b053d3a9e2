#pragma once
// The files that go to the nodes with a document (spec/documents.md 3.7): attach some from this machine, by button or drag and drop, let the engine
// fetch some from an S3 server, or take some away; each makes a new version with the same text. Ui thread.

#include "models/shared/documents/documents_source.h"

#include <QWidget>

class QPushButton;

namespace fb {

class DataTable;
class TextLabel;

class AttachmentsTab : public QWidget
{
    Q_OBJECT
public:
    explicit AttachmentsTab(DocumentsViewModel &documents, QWidget *parent = nullptr);

    void setText(const DocumentText &text); // whose files are shown
    void attach(const QStringList &paths);

signals:
    void changed(const fb::ShownError &problem, const fb::DocumentSaved &saved);
    void refused(const QString &why); // before anything was read

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void chooseFiles();
    void askForRemote();
    void removeChosen();
    void change(const QStringList &added, const QStringList &removed);
    void updateActions();

    DocumentsViewModel &m_documents;
    DocumentText m_text;
    ValueTableModel<DocumentFileRow> m_files;
    DataTable *m_table;
    QPushButton *m_attach;
    QPushButton *m_attachRemote;
    QPushButton *m_remove;
    TextLabel *m_note;
    TextLabel *m_empty;
    bool m_isBusy = false;
};

}
