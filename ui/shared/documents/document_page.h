#pragma once
// One document: its content, what it takes, its versions; make a version the default, look at an older one, edit, copy, run, delete. Ui
// thread.

#include "models/shared/documents/documents_source.h"
#include "ui/widgets/page.h"

class QComboBox;
class QPushButton;

namespace fb {

class AttachmentsTab;
class Banner;
class DataTable;
class FactList;
class PageHead;
class TabStack;
class TextLabel;
class TextViewer;
class VersionCompare;

class DocumentPage : public Page
{
    Q_OBJECT
public:
    DocumentPage(DocumentsViewModel &documents, const QString &name, QWidget *parent = nullptr);

    void onShown() override; // reads again: another may have changed it
    void focusFilter() override;
    ViewState view() const override; // tab, version
    void setView(const ViewState &view) override;

signals:
    void runRequested(const QString &documentName);

private:
    QWidget *makeContent();
    QWidget *makeSummary();
    void exportTo(const QString &file);
    void showContent();
    void compareChosen();
    void removeVersion();
    void filesChanged(const ShownError &problem, const DocumentSaved &saved);
    QWidget *makeVersions();
    void readText();
    void readVersions();
    void showText(const DocumentText &text);
    void updateVersionActions();
    void setDefault();
    void remove();

    DocumentsViewModel &m_documents;
    QString m_name;
    QString m_version; // that is shown; empty: the default one
    QString m_shownVersion;
    QString m_defaultVersion;
    PageHead *m_head;
    Banner *m_banner;
    TextLabel *m_facts;
    QPushButton *m_run;
    QPushButton *m_edit;
    QPushButton *m_remove;
    TabStack *m_tabs;
    TextViewer *m_content;
    FactList *m_summary;
    TextLabel *m_description;
    DataTable *m_parameterTable;
    DataTable *m_versionTable;
    QPushButton *m_makeDefault;
    QPushButton *m_showVersion;
    QPushButton *m_compareButton;
    QPushButton *m_removeVersion;
    QComboBox *m_format; // that the content is shown in
    VersionCompare *m_compare;
    AttachmentsTab *m_files;
    bool m_wasFetching = false; // when it was looked at last
    DocumentText m_text; // as it was read last
    ValueTableModel<DocumentVersionRow> m_versions;
    ValueTableModel<DocumentParameterRow> m_parameters;
};

}
