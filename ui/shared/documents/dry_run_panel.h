#pragma once
// Beside the editor: the steps as they would be for chosen parameters, on a platform (spec/documents.md 5). Nothing is sent anywhere. Ui thread.

#include "models/shared/documents/documents_source.h"

#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace fb {

class FormField;
class TextLabel;
class TextViewer;

class DryRunPanel : public QWidget
{
    Q_OBJECT
public:
    explicit DryRunPanel(DocumentsViewModel &documents, QWidget *parent = nullptr);

    void setEdit(const DocumentEdit &edit); // what is written now
    QString text() const; // as shown

private:
    void run();
    void showParameters(const QList<DryRunParameter> &parameters);
    QMap<QString, QStringList> values() const;
    QWidget *makeField(const DryRunParameter &parameter);

    DocumentsViewModel &m_documents;
    DocumentEdit m_edit;
    QList<DryRunParameter> m_parameters; // that have a field
    QMap<QString, QWidget *> m_fields;
    QComboBox *m_platform;
    QWidget *m_form;
    QVBoxLayout *m_rows;
    TextLabel *m_note;
    TextViewer *m_steps;
};

}
