#pragma once
// Writes a document: a new one or the next version (spec/documents.md 2.3). Faults are marked on their lines while one types; what is not
// saved survives a crash as a draft (security R18); files come in by the button or by drag and drop (security U08). Ui thread.

#include "models/drafts/draft_store.h"
#include "models/shared/documents/documents_source.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace fb {

class Banner;
class CodeEditor;
class DryRunPanel;
class FormField;
class PageHead;
class TextLabel;

class DocumentEditor : public Page
{
    Q_OBJECT
public:
    // `name` empty: a new document.
    DocumentEditor(DocumentsViewModel &documents, DraftStore &drafts, const QString &name,
                   QWidget *parent = nullptr);
    ~DocumentEditor() override; // keeps the draft

    void takeFile(const QString &path);
    void onShown() override; // with nothing written: as it is now in the store
    ViewState view() const override; // from: the document that a new one is copied from
    void setView(const ViewState &view) override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeForm();
    QWidget *makeFoot();
    void begin(); // the draft, if there is one; else what is in the store, or a template
    void beginFresh();
    void convert(const QString &formatBefore);
    void askForStep();
    void addStep(const NewStep &step);
    void readInto(const QString &name, bool asCopy);
    void setEdit(const DocumentEdit &edit);
    DocumentEdit edit() const;
    bool isDirty() const;
    void setReady(bool ready); // what is to be edited is here
    void changed();
    void check();
    void keepDraft();
    bool takeDraft(); // false: there is none
    void throwDraftAway();
    void save();
    void saved(const ShownError &problem, const DocumentSaved &saved);
    void showRefusal(const ShownError &problem);
    bool isNew() const { return m_name.isEmpty(); }
    QString draftKey() const;

    DocumentsViewModel &m_documents;
    DraftStore &m_drafts;
    QString m_name;
    QString m_from;
    QString m_basedOn; // the version that what is written began with
    DocumentEdit m_before; // as it was begun: what differs is worth a draft
    PageHead *m_head;
    Banner *m_banner;
    QPushButton *m_save;
    FormField *m_nameField;
    QLineEdit *m_nameEdit;
    QComboBox *m_type;
    QComboBox *m_format;
    struct Converted {
        QString format; // of `from`
        QString from;
        QString to;
    } m_converted; // the last time
    QLineEdit *m_versionName;
    FormField *m_versionField;
    QCheckBox *m_makeDefault;
    CodeEditor *m_text;
    QListWidget *m_problems;
    TextLabel *m_verdict;
    QPushButton *m_dryRunButton;
    DryRunPanel *m_dryRun; // hidden until it is wanted
    QTimer m_checkSoon;
    QTimer m_draftSoon;
    bool m_isSaving = false;
    bool m_hasDraft = false; // shown now
    bool m_draftProblemTold = false;
};

}
